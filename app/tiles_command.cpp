// harmattan tiles: a table of incidents becomes a web map: one archive, one a set, or a site.

#include "app/commands.hpp"
#include "app/data_folder.hpp"
#include "app/interrupt.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "app/prelude.hpp"
#include "app/progress.hpp"
#include "app/provenance.hpp"
#include "app/scene_of.hpp"
#include "app/site/site.hpp"
#include "app/site/tile_sets.hpp"
#include "app/texts.hpp"
#include "geo/error.hpp"
#include "styles/shipped.hpp"
#include "tiles/forecast.hpp"
#include "tiles/publish.hpp"
#include "tiles/render_tiles.hpp"
#include "tiles/scene_painter.hpp"

#include <deque>
#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>

namespace harmattan::app {

namespace {

/// Metatiles of each zoom that --dry-run draws to know the rest.
constexpr std::size_t sampled_metatiles = 4;

/// The program with its libraries, the region and a scene, before any event: what --dry-run adds.
constexpr double program_mebibytes = 110;

/// "map.pmtiles" and "heat" give "map-heat.pmtiles"; a folder "map" gives "map-heat".
std::filesystem::path path_of_set(const std::filesystem::path& output, const std::string& set) {
    if (set == "all") return output;
    return output.parent_path() / fmt::format("{}-{}{}", output.stem().string(), set, output.extension().string());
}

/// A name with another suffix would become a folder of that name: surely not what was meant.
void require_container(const std::filesystem::path& output) {
    const std::string suffix = output.extension().string();
    if (!suffix.empty() && suffix != ".pmtiles" && suffix != ".mbtiles")
        throw geo::Error(
            geo::ErrorKind::usage,
            fmt::format("-o {}: tiles go into a .pmtiles or .mbtiles file, or a folder named without a suffix",
                        output.string()));
}

class Tiles : public Command {
public:
    std::string name() const override { return "tiles"; }
    std::string summary() const override {
        return "Draw web map tiles: PMTiles, MBTiles, a directory, or a whole site";
    }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"map", "events", "frame", "density", "layers", "style", "tiles", "run"});
        arguments.group("Output");
        arguments.option("-o,--output", m_output, "OUT", "OUT.pmtiles, OUT.mbtiles, or a directory for z/x/y files");
        arguments.option("--site", m_site, "DIR",
                         "A folder any static host serves: viewer, archives, legend, derived layers");
        arguments.flag("--force", m_force, "Replace existing output");
        arguments.flag("--resume", m_resume, "Go on where a stopped run ended");
        arguments.flag("--dry-run", m_dry_run, "Say what would be made: tiles, bytes, memory, time");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.option("--progress", m_progress, "auto|json|none", "How progress is shown on standard error");
        arguments.flag("-q,--quiet", m_quiet, "Only errors");
    }

    void run() override {
        const Job job = m_job.job();
        static const std::vector<std::string> modes{"auto", "json", "none"};
        const auto mode = static_cast<ProgressMode>(m_quiet ? 2 : m_progress ? parse_choice(*m_progress, modes) : 0);
        if (!m_output && !m_site)
            throw geo::Error(geo::ErrorKind::usage, "nothing to write: give -o OUT.pmtiles, --site DIR or both");
        const std::vector<std::string> sets = asked_sets(job);
        if (m_output) require_container(*m_output);
        require_distinct(inputs_of(job), {m_output.value_or(""), m_site.value_or(""), m_ledger.value_or("")});

        // What can be known to be wrong is said before anything is read.
        styles::open_style(job.style.empty() ? "light" : job.style, styles_folder());
        std::optional<Outputs> outputs;
        if (!m_dry_run) outputs.emplace(*this, job, sets);

        const Messages messages{m_quiet};
        const Study study = open_study(job, m_ledger, m_force, messages);
        const tiles::Plan plan({job.min_zoom, job.max_zoom}, study.frame);
        const SceneParts parts = compose_scene(study, [&](const std::string& text) { messages.warn(text); });
        if (parts.density) messages.say(describe_method(parts.density->method, Language::en));
        if (m_dry_run) return print_forecast(study, parts, plan, sets);

        Run run{study, parts, plan};
        for (Outputs::Archive& archive : outputs->archives) run.add(archive.set, std::move(archive.writer));
        std::vector<SiteSet> site_sets;
        for (Outputs::Archive& archive : outputs->site_archives)
            site_sets.push_back({archive.set, run.add(archive.set, std::move(archive.writer))});

        Progress progress(mode);
        const tiles::RunResult result = draw(
            run.tilesets, {.threads = study.job.threads,
                           .log = tiles::hidden_sibling(outputs->target, "log"),
                           .resume = m_resume,
                           .keep_log = outputs->site.has_value(), // the site's other files are still to come
                           .progress =
                               [&](const tiles::Progress& p) {
                                   progress.show("tiles", p.tiles_done, p.tiles_total, p.tiles_per_s, p.seconds_left);
                               },
                           .interrupt = &interrupted()});
        progress.finish();
        if (outputs->site) {
            write_site_files(outputs->site->path(), study, parts, site_sets);
            outputs->site->commit();
            std::filesystem::remove(tiles::hidden_sibling(outputs->target, "log"));
        }
        if (!m_quiet) say_done(result, sets);
    }

private:
    /// Where everything goes, claimed before the work: locked, not taken, not yet visible.
    struct Outputs {
        struct Archive {
            std::string set;
            std::unique_ptr<tiles::ArchiveWriter> writer;
        };
        std::filesystem::path target; ///< names the lock and the log
        tiles::OutputLock lock;
        std::vector<Archive> archives, site_archives;
        std::optional<tiles::StagedDirectory> site;

        Outputs(const Tiles& asked, const Job& job, const std::vector<std::string>& sets)
            : target(asked.m_output ? *asked.m_output : *asked.m_site), lock(target) {
            const tiles::ArchiveOptions options{*render::find_image_format(job.format), asked.m_force};
            if (asked.m_output)
                for (const std::string& set : sets)
                    archives.push_back({set, tiles::create_archive(path_of_set(*asked.m_output, set), options)});
            if (!asked.m_site) return;
            site.emplace(*asked.m_site, asked.m_force, site_marker);
            std::filesystem::create_directories(site->path() / "tiles");
            for (const std::string& set : set_names())
                site_archives.push_back(
                    {set, tiles::create_archive(site->path() / "tiles" / (set + ".pmtiles"), options)});
        }
    };

    /// What is drawn in one run: painters and tilesets, which point into it.
    struct Run {
        const Study& study;
        const SceneParts& parts;
        const tiles::Plan& plan;
        std::deque<tiles::ScenePainter> painters{};
        std::vector<tiles::Tileset> tilesets{};

        /// What the archive will say about itself.
        tiles::TilesetInfo add(const std::string& set, std::unique_ptr<tiles::ArchiveWriter> writer) {
            const render::ImageFormat format = *render::find_image_format(study.job.format);
            painters.emplace_back(*parts.scene, sets_of(set), study.job.scale, format);
            tiles::Tileset tileset;
            tileset.set = set;
            tileset.painter = &painters.back();
            tileset.plan = &plan;
            tileset.info.name = set == "all" ? study.title : fmt::format("{} – {}", study.title, set);
            tileset.info.description =
                study.incidents.source.illustrative ? made_up_note(study.job.language) : study.job.description;
            tileset.info.attribution = attribution(study);
            tileset.info.type = set == "all" || set == "base" ? "baselayer" : "overlay";
            tileset.info.format = format;
            tileset.info.tile_px = 256 * study.job.scale;
            tileset.info.base_url = study.job.base_url;
            tileset.info.harmattan = provenance_json(study, parts);
            tileset.info = tiles::describe(tileset.info, plan);
            tileset.archives.push_back(std::move(writer));
            tilesets.push_back(std::move(tileset));
            return tilesets.back().info;
        }
    };

    void print_forecast(const Study& study, const SceneParts& parts, const tiles::Plan& plan,
                        const std::vector<std::string>& sets) const {
        Run run{study, parts, plan};
        if (m_output)
            for (const std::string& set : sets) run.add(set, nullptr);
        if (m_site)
            for (const std::string& set : set_names()) run.add(set, nullptr);
        const tiles::Forecast forecast = tiles::forecast(run.tilesets, study.job.threads, sampled_metatiles);
        const std::uint64_t field =
            parts.density ? geo::foretell_field(study.incidents.events, field_options(study)).bytes : 0;
        const auto mebibytes = static_cast<double>(forecast.memory + field) / 0x1p20 + program_mebibytes;
        fmt::print("tiles    {} in {} set{}, zooms {} to {}\n", describe_count(forecast.tiles, Language::en),
                   run.tilesets.size(), run.tilesets.size() == 1 ? "" : "s", study.job.min_zoom, study.job.max_zoom);
        fmt::print("bytes    about {:.1f} MB\n", static_cast<double>(forecast.bytes) / 1e6);
        fmt::print("memory   at most about {:.0f} MiB\n", mebibytes);
        fmt::print("time     about {:.1f} s of CPU, {:.1f} s with {} threads\n", forecast.cpu_s,
                   forecast.cpu_s / study.job.threads, study.job.threads);
    }

    /// Renders; an interruption says how to go on.
    static tiles::RunResult draw(std::span<tiles::Tileset> tilesets, const tiles::RunOptions& options) {
        try {
            return tiles::render_tiles(tilesets, options);
        } catch (const geo::Error& error) {
            if (error.kind() != geo::ErrorKind::interrupted) throw;
            throw geo::Error(geo::ErrorKind::interrupted,
                             "stopped as asked; the same command with --resume goes on from here");
        }
    }

    void say_done(const tiles::RunResult& result, const std::vector<std::string>& sets) const {
        std::vector<std::string> outputs;
        if (m_output)
            for (const std::string& set : sets) outputs.push_back(path_of_set(*m_output, set).string());
        if (m_site) outputs.push_back(*m_site);
        const std::string where = fmt::format("{}", fmt::join(outputs, ", "));
        say_on_stderr(
            fmt::format("wrote {}: {} tiles, {:.1f} MB{}", where, describe_count(result.tiles, Language::en),
                        static_cast<double>(result.bytes) / 1e6,
                        result.metatiles_resumed > 0
                            ? fmt::format(" ({} of {} blocks taken up from the stopped run)", result.metatiles_resumed,
                                          result.metatiles_resumed + result.metatiles_drawn)
                            : ""));
    }

    JobArguments m_job;
    std::optional<std::string> m_output, m_site, m_ledger, m_progress;
    bool m_force = false, m_resume = false, m_dry_run = false, m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_tiles() { return std::make_unique<Tiles>(); }

} // namespace harmattan::app
