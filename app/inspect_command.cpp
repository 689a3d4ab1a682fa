// harmattan inspect: what an event table is, before anything is made of it.

#include "app/commands.hpp"
#include "app/job_arguments.hpp"
#include "app/output_file.hpp"
#include "app/provenance.hpp"
#include "app/study.hpp"
#include "geo/day.hpp"

#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace harmattan::app {

namespace {

void line(const char* name, const std::string& value) {
    if (!value.empty()) fmt::print("{:<12} {}\n", name, value);
}

/// Rows of each reason that are printed; --ledger has more.
constexpr int examples_shown = 3;

class Inspect : public Command {
public:
    std::string name() const override { return "inspect"; }
    std::string summary() const override {
        return "Say what an event table holds: schema, columns, extent, time, precision, ledger";
    }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"events"});
        arguments.group("Output");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.flag("--force", m_force, "Overwrite an existing ledger file");
    }

    void run() override {
        const Job job = m_job.job();
        if (m_ledger) require_distinct(inputs_of(job), {*m_ledger});
        const Study study = read_study(job);
        print(study);
        if (m_ledger) write_output_file(*m_ledger, ledger_file_json(study.incidents), m_force);
    }

private:
    static void print(const Study& study) {
        const geo::EventSource& source = study.incidents.source;
        const geo::Ledger& ledger = study.incidents.ledger;
        line("file", fmt::format("{} ({})", source.file, source.format));
        line("schema", fmt::format("{}: {}", source.schema, source.schema_title));
        if (source.illustrative) line("note", made_up_note(Language::en));
        if (!source.illustrative) line("citation", source.citation), line("licence", source.licence);
        line("columns", fmt::format("{}: {}", source.columns.size(), fmt::join(source.columns, ", ")));
        std::vector<std::string> roles;
        const auto role = [&](const char* what, const std::string& column) {
            if (!column.empty()) roles.push_back(fmt::format("{} = {}", what, column));
        };
        role("longitude", source.lon_column), role("latitude", source.lat_column), role("date", source.date_column);
        role("precision", source.precision_column), role("id", source.id_column),
            role("country", source.country_column);
        role("weight", source.weight_column);
        line("read as", fmt::format("{}", fmt::join(roles, ", ")));
        if (!source.extent.empty())
            line("extent", fmt::format("{:.4f}, {:.4f}, {:.4f}, {:.4f} (west, south, east, north)", source.extent.min_x,
                                       source.extent.min_y, source.extent.max_x, source.extent.max_y));
        if (source.first_day && source.last_day)
            line("days", fmt::format("{} to {}", geo::to_iso(*source.first_day), geo::to_iso(*source.last_day)));
        line("countries", fmt::format("{}", fmt::join(source.countries, "; ")));
        line("precision", precision_mix(source));
        line("ledger", describe_ledger(ledger, Language::en));
        std::map<std::string, int> shown;
        for (const geo::LedgerExample& example : ledger.examples)
            if (shown[example.reason]++ < examples_shown)
                line("", fmt::format("{}: {}:{}{}{}", example.reason, example.file, example.line,
                                     example.column.empty() ? "" : fmt::format(", column {}", example.column),
                                     example.value.empty() ? "" : fmt::format(": '{}'", example.value)));
        for (const std::string& note : source.notes) line("note", note);
    }

    static std::string precision_mix(const geo::EventSource& source) {
        std::vector<std::string> parts;
        for (std::size_t i = 0; i < source.precision_mix.size(); ++i)
            if (source.precision_mix[i] > 0)
                parts.push_back(fmt::format("{} {}", geo::precision_key(static_cast<geo::Precision>(i)),
                                            describe_count(source.precision_mix[i], Language::en)));
        return fmt::format("{}", fmt::join(parts, ", "));
    }

    JobArguments m_job;
    std::optional<std::string> m_ledger;
    bool m_force = false;
};

} // namespace

std::unique_ptr<Command> make_inspect() { return std::make_unique<Inspect>(); }

} // namespace harmattan::app
