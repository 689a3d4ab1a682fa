// harmattan page: a finished regional map on paper, or an atlas of them.

#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "app/paper/atlas.hpp"
#include "app/paper/paper_output.hpp"
#include "app/prelude.hpp"
#include "app/progress.hpp"
#include "geo/error.hpp"
#include "tiles/publish.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

class PageCommand : public Command {
public:
    std::string name() const override { return "page"; }
    std::string summary() const override {
        return "Draw a finished regional map on paper: PDF, SVG, PNG, WebP, GeoTIFF; or an atlas";
    }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"map", "events", "frame", "density", "layers", "style", "paper", "page", "run"});
        arguments.group("Output");
        arguments.required("-o,--output", m_output, "OUT",
                           "OUT.pdf (a GIS places it too), .svg, .png, .webp or .tif (GeoTIFF)");
        arguments.option("--atlas", m_atlas, "admin1|corridors",
                         "One page for every unit or corridor of the frame, with an index page (PDF)");
        arguments.flag("--force", m_force, "Replace existing output");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.flag("-q,--quiet", m_quiet, "Only errors");
    }

    void run() override {
        const Job job = m_job.job();
        const PaperFormat format = paper_format(m_output);
        static const std::vector<std::string> atlases{"admin1", "corridors"};
        if (m_atlas && std::find(atlases.begin(), atlases.end(), *m_atlas) == atlases.end())
            throw geo::Error(geo::ErrorKind::usage, fmt::format("--atlas {} should be admin1 or corridors", *m_atlas));
        if (m_atlas && format != PaperFormat::pdf)
            throw geo::Error(geo::ErrorKind::usage, "an atlas has many pages; name an output that ends in .pdf");

        // What can be known to be wrong is said before anything is read.
        require_distinct(inputs_of(job), {m_output, m_ledger.value_or("")});
        check_paper_job(job, "print");
        require_free(m_output, m_force);
        const tiles::OutputLock lock(m_output);

        const Messages messages{m_quiet};
        const Study study = open_study(job, m_ledger, m_force, messages);
        const auto parts = open_paper_parts(study, "print", messages);

        const double resolution = px_per_mm(study.job, format);
        Progress progress(m_quiet ? ProgressMode::none : ProgressMode::automatic);
        const auto show = [&](std::size_t done, std::size_t all) {
            stop_if_interrupted();
            progress.show("pages", done, all, 0, -1);
        };
        const PaperPages pages = m_atlas ? atlas_pages(study, parts, *m_atlas, resolution, show)
                                         : ready_pages({lone_page(study, parts, resolution)});
        const PageSubject subject = whole_subject(study);
        write_paper(pages, paper_info(study, *parts, subject), m_output, m_force);
        const render::PaperSize paper = paper_for(study, subject);
        const std::string what = pages.count == 1 ? fmt::format("{:g} × {:g} mm", paper.width_mm, paper.height_mm)
                                                  : fmt::format("{} pages", pages.count); // each upright or across
        messages.say(fmt::format("wrote {}: {}", m_output, what));
    }

private:
    PaperPage lone_page(const Study& study, const std::shared_ptr<const SceneParts>& parts, double resolution) const {
        const render::Page page = lay_out(study, parts, whole_subject(study), resolution);
        if (!m_quiet)
            say_on_stderr(
                fmt::format("scale {}, {}", describe_number(page.map.denominator, Language::en), page.map.crs));
        if (!m_quiet) warn_of_boxes(page.unknown_glyphs);
        return {page.sheet, "", page.map.georeference()};
    }

    JobArguments m_job;
    std::string m_output;
    std::optional<std::string> m_atlas, m_ledger;
    bool m_force = false, m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_page() { return std::make_unique<PageCommand>(); }

} // namespace harmattan::app
