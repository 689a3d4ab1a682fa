// harmattan init: a commented map file that works as it is.

#include "app/commands.hpp"
#include "app/map_file.hpp"
#include "geo/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

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
            // As seen from the map file, so that the two can be moved together.
            job.events = std::filesystem::proximate(m_events, std::filesystem::absolute(m_output).parent_path());
        }
        write(commented_map_file(job));
        fmt::print(stderr, "wrote {}: edit it, then `harmattan tiles {} -o map.pmtiles`\n", m_output, m_output);
    }

private:
    void write(const std::string& text) const {
        const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (m_force ? O_TRUNC : O_EXCL);
        const int file = open(m_output.c_str(), flags, 0644);
        if (file < 0 && errno == EEXIST)
            throw geo::Error(geo::ErrorKind::cannot_create, fmt::format("'{}' exists; --force overwrites it", m_output));
        if (file < 0)
            throw geo::Error(geo::ErrorKind::cannot_create, fmt::format("cannot create '{}': {}", m_output, std::strerror(errno)));
        const ssize_t written = ::write(file, text.data(), text.size());
        if (close(file) != 0 || written != static_cast<ssize_t>(text.size()))
            throw geo::Error(geo::ErrorKind::io, fmt::format("cannot write '{}': {}", m_output, std::strerror(errno)));
    }

    std::string m_events, m_output;
    bool m_force = false;
};

} // namespace

std::unique_ptr<Command> make_init() { return std::make_unique<Init>(); }

} // namespace harmattan::app
