// harmattan init: a commented map file that works as it is.

#include "app/commands.hpp"
#include "app/map_file.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "geo/error.hpp"

#include <filesystem>
#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

class Init : public Command {
public:
    std::string name() const override { return "init"; }
    std::string summary() const override { return "Write a commented map file to start from"; }

    void describe(Arguments& arguments) override {
        arguments.positional("INPUT", m_events, false, "The event table the map is of; without it: the demo table");
        arguments.required("-o,--output", m_output, "FILE", "The map file to write");
        arguments.flag("--force", m_force, "Overwrite an existing file");
    }

    void run() override {
        Job job;
        job.events = m_events;
        if (!m_events.empty()) {
            std::error_code failed;
            if (!std::filesystem::is_regular_file(m_events, failed))
                throw geo::Error(geo::ErrorKind::no_input, fmt::format("there is no event table '{}'", m_events));
            require_distinct({m_events}, {m_output});
            // A relative path is written as seen from the map file, so that the two can be moved together.
            if (job.events.is_relative())
                job.events = std::filesystem::proximate(m_events, std::filesystem::absolute(m_output).parent_path());
        }
        write_output_file(m_output, commented_map_file(job), m_force);
        say_on_stderr(fmt::format("wrote {}: edit it, then `harmattan tiles {} -o map.pmtiles`", m_output, m_output));
    }

private:
    std::string m_events, m_output;
    bool m_force = false;
};

} // namespace

std::unique_ptr<Command> make_init() { return std::make_unique<Init>(); }

} // namespace harmattan::app
