// harmattan report: one self-contained HTML page with figures, tables, method and provenance, for screens and for
// print.

#include "app/commands.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "app/prelude.hpp"
#include "app/report/report_content.hpp"
#include "geo/error.hpp"
#include "geo/mapped_file.hpp"
#include "tiles/publish.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

constexpr const char* page_name = "index.html";
constexpr const char* page_mark = R"(<meta name="generator" content="harmattan )";

/// A folder that --force may replace: nothing in it but a page of ours. (A name alone would not do: many folders of
/// others hold an index.html.)
bool holds_only_a_report(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename() != page_name || !entry.is_regular_file() || entry.is_symlink()) return false;
        if (geo::MappedFile(entry.path()).text().substr(0, 4096).find(page_mark) == std::string_view::npos)
            return false;
    }
    return true;
}

class ReportCommand : public Command {
public:
    std::string name() const override { return "report"; }
    std::string summary() const override {
        return "Write one self-contained HTML page: figures, tables, method, provenance";
    }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"map", "events", "frame", "density", "layers", "style", "paper", "run"});
        arguments.group("Output");
        arguments.required("-o,--output", m_output, "DIR",
                           "Folder that DIR/index.html is written into; nothing else is in it");
        arguments.flag("--force", m_force, "Replace an existing report");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.flag("-q,--quiet", m_quiet, "Only errors");
    }

    void run() override {
        const Job job = m_job.job();

        // What can be known to be wrong is said before anything is read.
        const std::filesystem::path page = std::filesystem::path(m_output) / page_name;
        require_distinct(inputs_of(job), {m_output, page, m_ledger.value_or("")});
        if (m_ledger && lies_in_output(*m_ledger))
            throw geo::Error(
                geo::ErrorKind::usage,
                fmt::format("--ledger {}: the report's folder holds its page and nothing else; name another place",
                            *m_ledger));
        check_paper_job(job, "print");
        const tiles::OutputLock lock(m_output);
        if (m_force && std::filesystem::is_directory(std::filesystem::symlink_status(m_output)) &&
            !holds_only_a_report(m_output))
            throw geo::Error(
                geo::ErrorKind::cannot_create,
                fmt::format("'{}' holds other files than a report; --force does not replace it", m_output));
        tiles::StagedDirectory staged(m_output, m_force, page_name);

        const Messages messages{m_quiet};
        const Study study = open_study(job, m_ledger, m_force, messages);
        const auto parts = open_paper_parts(study, "print", messages);
        const std::string html = report_html(report_content(study, parts));
        write_output_file(staged.path() / page_name, html, true);
        staged.commit();
        if (!m_quiet)
            say_on_stderr(fmt::format("wrote {}: {:.1f} MB", page.string(), static_cast<double>(html.size()) / 1e6));
    }

private:
    bool lies_in_output(const std::filesystem::path& file) const {
        std::error_code failed;
        const std::filesystem::path whole = std::filesystem::weakly_canonical(file, failed);
        std::filesystem::path folder = std::filesystem::weakly_canonical(m_output, failed);
        if (!folder.has_filename()) folder = folder.parent_path(); // "out/"
        const std::filesystem::path relative = whole.lexically_relative(folder);
        return !relative.empty() && *relative.begin() != "..";
    }

    JobArguments m_job;
    std::string m_output;
    std::optional<std::string> m_ledger;
    bool m_force = false, m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_report() { return std::make_unique<ReportCommand>(); }

} // namespace harmattan::app
