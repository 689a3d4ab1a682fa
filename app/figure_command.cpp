// harmattan figure: a map, several maps or a chart that drops into a report, with its words and its data beside it.

#include "app/commands.hpp"
#include "app/embed.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "app/paper/atlas.hpp"
#include "app/paper/figure_content.hpp"
#include "app/paper/page_subject.hpp"
#include "app/paper/paper_output.hpp"
#include "app/prelude.hpp"
#include "geo/error.hpp"
#include "tiles/publish.hpp"

#include <fmt/core.h>
#include <fmt/format.h>
#include <list>
#include <span>

namespace harmattan::app {

namespace {

class FigureCommand : public Command {
public:
    std::string name() const override { return "figure"; }
    std::string summary() const override {
        return "Draw a figure for a report: a map, small multiples, two periods, bars";
    }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"map", "events", "frame", "density", "layers", "style", "paper", "figure", "run"});
        arguments.group("Output");
        arguments.required(
            "-o,--output", m_output, "OUT",
            "OUT.png, .webp, .svg, .pdf or .tif; OUT.txt (alt text, summary) and OUT.csv (data) beside it");
        arguments.option("--embed", m_embed, "FILE.html",
                         "Write a snippet: the live map (--url) in a responsive frame, this figure as its fallback");
        arguments.flag("--force", m_force, "Replace existing output");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.flag("-q,--quiet", m_quiet, "Only errors");
    }

    void run() override {
        const Job job = m_job.job();
        const PaperFormat format = paper_format(m_output);
        const std::filesystem::path words = std::filesystem::path(m_output).replace_extension(".txt"),
                                    data = std::filesystem::path(m_output).replace_extension(".csv");
        require_distinct(inputs_of(job), {m_output, words, data, m_embed.value_or(""), m_ledger.value_or("")});
        if (m_embed && job.url.empty())
            throw geo::Error(geo::ErrorKind::usage, "--embed frames a live map; give its address with --url");
        if (job.figure_zoom && !job.crs.empty())
            throw geo::Error(geo::ErrorKind::usage, "--zoom draws the tiles' own Web Mercator frame; leave --crs out");
        if (job.figure_zoom && job.legend_place == "inside")
            throw geo::Error(geo::ErrorKind::usage,
                             "--zoom draws the tiles' own pixels; put the --legend beside, below or none");
        if (job.scale_denominator && (job.figure_kind != "map" || job.figure_zoom))
            throw geo::Error(geo::ErrorKind::usage,
                             "--scale-denominator goes with a lone map (--kind map, without --zoom)");
        if (format == PaperFormat::geotiff && (job.figure_kind != "map" || job.figure_zoom))
            throw geo::Error(geo::ErrorKind::usage,
                             "a GeoTIFF is of one map; take --kind map without --zoom, or another format");
        if (job.figure_zoom && job.figure_kind != "map")
            throw geo::Error(geo::ErrorKind::usage, "--zoom goes with --kind map");
        const std::string default_style = job.figure_zoom ? "light" : "print"; // the tiles' frame looks like the tiles
        check_paper_job(job, default_style);
        for (const std::filesystem::path& file :
             {std::filesystem::path(m_output), words, data, std::filesystem::path(m_embed.value_or(""))})
            if (!file.empty()) require_free(file, m_force);
        const tiles::OutputLock lock(m_output);

        const Messages messages{m_quiet};
        const Study study = open_study(job, m_ledger, m_force, messages);
        const auto parts = open_paper_parts(study, default_style, messages);
        const FigureParts figure = figure_parts(study, figure_request(job), parts);
        const FigureSize size = size_of(study, figure, format);
        const render::Figure made = render::lay_out_figure(figure.content, size.width_mm, size.px_per_mm);
        PaperInfo info = paper_info(study, *parts, whole_subject(study));
        info.description = figure.alt;
        std::optional<render::Georeference> georeference;
        if (made.map && figure.content.panels.size() == 1) georeference = made.map->georeference();
        if (!m_quiet) warn_of_boxes(made.unknown_glyphs);
        std::list<tiles::StagedFile> beside; // published when the picture is there: all of them or, stopped, none
        const auto stage = [&](const std::filesystem::path& file, const std::string& text) {
            beside.emplace_back(file, m_force).file().write_at(0, std::as_bytes(std::span(text)));
        };
        stage(words, fmt::format("{}\n\n{}\n", figure.alt, figure.summary));
        stage(data, figure.csv);
        if (m_embed)
            stage(*m_embed, embed_snippet({study.job.url, std::filesystem::path(m_output).filename().string(),
                                           figure.alt, made.sheet.width_px(), made.sheet.height_px()}));
        write_paper(ready_pages({{made.sheet, "", georeference}}), info, m_output, m_force);
        for (tiles::StagedFile& file : beside) file.commit();
        if (!m_quiet)
            say_on_stderr(fmt::format("wrote {}: {:.0f} × {:.0f} mm, {} × {} px; {} and {} beside it", m_output,
                                      made.sheet.width_mm, made.sheet.height_mm, made.sheet.width_px(),
                                      made.sheet.height_px(), words.filename().string(), data.filename().string()));
    }

private:
    static FigureSize size_of(const Study& study, const FigureParts& figure, PaperFormat format) {
        const Job& job = study.job;
        if (job.figure_zoom) { // the frame's pixels say the width: a style pixel is 1/96 inch
            const double px = job.scale * 96 / 25.4;
            const double bare = figure.content.panels.front().picture->width / px;
            return {figure.content.place == render::LegendPlace::none     ? bare
                    : figure.content.place == render::LegendPlace::beside ? bare + 66
                                                                          : bare + 4,
                    px};
        }
        return figure_size(job, format);
    }

    JobArguments m_job;
    std::string m_output;
    std::optional<std::string> m_embed, m_ledger;
    bool m_force = false, m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_figure() { return std::make_unique<FigureCommand>(); }

} // namespace harmattan::app
