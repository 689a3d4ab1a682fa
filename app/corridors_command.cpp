// harmattan corridors: where along the roads incidents are, how often, whether it is getting worse, and which way has
// fewer.

#include "app/commands.hpp"
#include "app/corridors/corridor_ranking.hpp"
#include "app/corridors/corridor_tables.hpp"
#include "app/corridors/road_corridors.hpp"
#include "app/corridors/road_density.hpp"
#include "app/corridors/strip_of.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "app/paper/page_document.hpp"
#include "app/paper/paper_output.hpp"
#include "app/prelude.hpp"
#include "app/user_layers.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/write_geojson.hpp"
#include "render/print/figure.hpp"
#include "tiles/publish.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

enum class CorridorFormat { geojson, csv, paper };

CorridorFormat corridor_format(const std::filesystem::path& output) {
    std::string suffix = output.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (suffix == ".geojson" || suffix == ".json") return CorridorFormat::geojson;
    if (suffix == ".csv") return CorridorFormat::csv;
    if (suffix == ".svg" || suffix == ".pdf" || suffix == ".png") return CorridorFormat::paper;
    throw geo::Error(geo::ErrorKind::usage, fmt::format("-o {}: the name should end in .geojson (sections on the map), "
                                                        ".csv (bins by bands), .svg, .pdf or .png (strip chart)",
                                                        output.string()));
}

class CorridorsCommand : public Command {
public:
    std::string name() const override { return "corridors"; }
    std::string summary() const override {
        return "Count incidents along supply corridors: sections, bins, strip charts, a ranking";
    }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"map", "events", "frame", "layers.corridors", "corridors", "paper.corridor",
                                   "paper.dpi", "paper.created", "figure.width", "figure.compare",
                                   "density.bandwidth_km", "density.search_radius_km", "run"});
        arguments.group("Output");
        arguments.required("-o,--output", m_output, "OUT",
                           "OUT.geojson (ranked and compared sections and bins, told apart by kind), OUT.csv (bins by "
                           "bands), OUT.svg, .pdf or .png (strip chart; a PDF has a page a corridor)");
        arguments.option("--network", m_network, "METHOD",
                         "Instead of corridors: incidents per km on all of --roads, by discontinuous or continuous "
                         "equal split along them, or planar");
        arguments.option("--lixel-km", m_lixel_km, "KM", "With --network: length of the pieces of road (1)");
        arguments.option("--reach-km", m_reach_km, "KM",
                         "With --network: incidents farther from any road are left out and counted (10)");
        arguments.option("--merge-m", m_merge_m, "M",
                         "With --network: of lines that run between the same two junctions within so many metres of "
                         "each other, only one is taken (none)");
        arguments.flag("--by-month", m_by_month, "Strip charts with a panel a month");
        arguments.flag("--force", m_force, "Replace existing output");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.flag("-q,--quiet", m_quiet, "Only errors; no ranking either");
        arguments.footer("Standard output: the sections with most incidents, the ways to the same end beside each "
                         "other and, with --compare, what changed.\n"
                         "--region and --bbox choose corridors that meet them, --corridor one by its id or name; "
                         "without them all are taken.");
    }

    void run() override {
        const Job job = m_job.job();
        const CorridorFormat format = corridor_format(m_output);
        require_distinct(inputs_of(job), {m_output, m_ledger.value_or("")});
        if (m_network && format == CorridorFormat::paper)
            throw geo::Error(geo::ErrorKind::usage,
                             "--network makes lines with numbers; name an output in .geojson or .csv");
        if (!m_network && (m_lixel_km || m_reach_km || m_merge_m))
            throw geo::Error(geo::ErrorKind::usage, "--lixel-km, --reach-km and --merge-m go with --network");
        if (m_by_month && format != CorridorFormat::paper)
            throw geo::Error(geo::ErrorKind::usage,
                             "--by-month is of strip charts; name an output in .svg, .pdf or .png");
        if (m_by_month && job.compare)
            throw geo::Error(geo::ErrorKind::usage,
                             "a strip chart has a panel a month or a panel a period; give --by-month or --compare");
        if (job.ways > 1 && job.via.empty())
            throw geo::Error(geo::ErrorKind::usage,
                             "--ways goes with --via, which names the two places that the ways lie between");
        require_free(m_output, m_force);
        const tiles::OutputLock lock(m_output);

        const Study study = open_study(job, m_ledger, m_force, {m_quiet});
        if (m_network) return write_network(study, format);
        geo::FeatureTable checkpoints;
        if (!job.checkpoints.empty())
            checkpoints = read_user_features(job.checkpoints, geo::GeometryType::point, "--checkpoints wants points");
        const geo::FeatureTable corridors = read_corridors(study);
        for (const std::string& line : describe_repeated_ids(corridors)) say(line);
        const CorridorComparison comparison = compare_corridors(study, corridors, checkpoints);
        say_notes(study, comparison);
        if (format == CorridorFormat::paper) write_charts(study, comparison);
        else write_table(study, comparison, format);
        if (!m_quiet) fmt::print("{}", describe_ranking(study, comparison));
    }

private:
    void say(const std::string& line) const {
        if (!m_quiet) say_on_stderr(line);
    }

    void say_notes(const Study& study, const CorridorComparison& comparison) const {
        if (study.incidents.source.illustrative) say(made_up_note(Language::en));
        if (!study.job.via.empty())
            for (const std::string& line : describe_namesakes(study.region, study.job.via)) say(line);
        std::vector<std::string> schematic;
        for (const CorridorAnalysis& a : comparison.corridors)
            if (a.corridor.profile.reason == geo::BandsReason::schematic) schematic.push_back(a.corridor.id);
        if (!schematic.empty())
            say(fmt::format("note: {} {} schematic, drawn from town to town and kilometres off the road in places: "
                            "bands below 10 km would measure the drawing, so they are not offered; "
                            "bring real lines with --corridors FILE",
                            fmt::join(schematic, ", "), schematic.size() == 1 ? "is" : "are"));
        for (const CorridorAnalysis& a : comparison.corridors)
            if (const double again_m = a.corridor.passed_before_m(); again_m >= 5'000)
                say(fmt::format("note: {} runs about {:.0f} km over road that it has passed before: incidents count at "
                                "the first passing, so the second shows none",
                                a.corridor.id, again_m / 1000));
        say_period(study);
        if (!study.job.compare) return;
        const geo::EventSource& source = study.incidents.source;
        for (const Period& period : {study.job.compare->first, study.job.compare->second})
            if (source.first_day && source.last_day &&
                (period.first < *source.first_day - 31 || period.last > *source.last_day + 31))
                say(fmt::format("warning: {}..{} reaches far beyond the incidents, which are of {} to {}; where the "
                                "data end, the change is one of the data",
                                geo::to_iso(period.first), geo::to_iso(period.last), geo::to_iso(*source.first_day),
                                geo::to_iso(*source.last_day)));
    }

    /// A filter narrows the period that rates are of, where no one said what it is: of two incidents a day apart, two
    /// days.
    void say_period(const Study& study) const {
        const Job& job = study.job;
        const bool filtered = !job.where.empty() || job.within || job.precision == geo::PrecisionUse::drop;
        const std::optional<Period> period = study_period(study);
        if (filtered && period && !(job.from && job.to))
            say(fmt::format("note: rates are of {}..{}, from the first to the last incident left by --where, --within "
                            "and --precision; give --from and --to for the period that the data cover",
                            geo::to_iso(period->first), geo::to_iso(period->last)));
    }

    void write_table(const Study& study, const CorridorComparison& comparison, CorridorFormat format) const {
        const bool map = format == CorridorFormat::geojson;
        write_output_file(m_output,
                          map ? geo::to_geojson(corridor_map_table(study, comparison), 5)
                              : geo::to_csv(corridor_bins_table(study, comparison)),
                          m_force);
        std::size_t bins = 0;
        for (const CorridorAnalysis& a : comparison.corridors) bins += a.corridor.profile.bins.size();
        const auto several = [](std::size_t n, const char* one) {
            return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
        };
        const std::string sections =
            !map ? ""
                 : several(comparison.worst.size(), "ranked section") +
                       (study.job.compare ? " and " + several(comparison.changed.size(), "compared one") : "") + ", ";
        say(fmt::format("wrote {}: {}{} of {}", m_output, sections, several(bins, "bin"),
                        several(comparison.corridors.size(), "corridor")));
    }

    /// Settings of corridors that a network has no use for; a map file may have them for its other pictures.
    void say_unused(const Job& job) const {
        std::vector<const char*> unused;
        if (!job.via.empty()) unused.push_back("--via");
        if (!job.corridors.empty()) unused.push_back("--corridors");
        if (!job.corridor.empty()) unused.push_back("--corridor");
        if (!job.exposure.empty()) unused.push_back("--exposure");
        if (!job.checkpoints.empty()) unused.push_back("--checkpoints");
        if (job.compare) unused.push_back("--compare");
        if (!unused.empty())
            say(fmt::format("note: --network is of all of --roads and makes no use of {}", fmt::join(unused, ", ")));
    }

    void write_network(const Study& study, CorridorFormat format) const {
        say_unused(study.job);
        const RoadDensity density = road_density(study, {*m_network, m_lixel_km, m_reach_km, m_merge_m});
        for (const std::string& line : density.lines) say(line);
        write_output_file(
            m_output, format == CorridorFormat::csv ? geo::to_csv(density.lixels) : geo::to_geojson(density.lixels, 5),
            m_force);
        say(fmt::format("wrote {}: {} pieces of road with incidents per km", m_output,
                        describe_count(density.lixels.size(), Language::en)));
    }

    render::StripChart chart_of(const Study& study, const CorridorStudy& corridor) const {
        return m_by_month          ? corridor_strip_by_month(study, corridor)
               : study.job.compare ? corridor_strip_compared(study, corridor)
                                   : corridor_strip(study, corridor);
    }

    void write_charts(const Study& study, const CorridorComparison& comparison) const {
        const PaperFormat format = paper_format(m_output);
        const FigureSize size = figure_size(study.job, format);
        std::vector<std::size_t> shown(comparison.corridors.size());
        for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = i;
        if (format != PaperFormat::pdf && shown.size() > 1) { // one picture, one corridor
            shown = {comparison.worst.empty() ? 0 : comparison.worst.front().corridor};
            say(fmt::format("one picture shows one corridor: that of the worst section, {}; name another with "
                            "--corridor, or take a .pdf for all",
                            comparison.corridors[shown.front()].corridor.id));
        }
        std::vector<PaperPage> pages;
        PaperInfo info;
        for (const std::size_t i : shown) {
            const CorridorStudy& corridor = comparison.corridors[i].corridor;
            const render::StripChart chart = chart_of(study, corridor);
            render::FigureContent content;
            content.lang = words(study, "en", "fr");
            content.place = render::LegendPlace::none;
            content.chart = strip_drawing(chart);
            content.lines.push_back(fmt::format("Source{} {}", words(study, ":", " :"), attribution(study)));
            const render::Figure figure = render::lay_out_figure(content, size.width_mm, size.px_per_mm);
            if (!m_quiet) warn_of_boxes(figure.unknown_glyphs);
            pages.push_back({figure.sheet, corridor.name, std::nullopt});
            info.title = shown.size() == 1 ? corridor.name : study.title;
            info.description = fmt::format(fmt::runtime(words(study, "Strip chart of incidents along {}: {}.",
                                                              "Graphique des incidents le long de {} : {}.")),
                                           chart.title, chart.measure);
        }
        info.author = study.job.producer;
        if (const std::optional<geo::Day> created = created_day(study.job)) info.created = geo::to_iso(*created);
        write_paper(ready_pages(pages), info, m_output, m_force);
        say(fmt::format("wrote {}: {} {} {:.0f} mm wide", m_output, pages.size(),
                        pages.size() == 1 ? "strip chart" : "strip charts,", size.width_mm));
    }

    JobArguments m_job;
    std::string m_output;
    std::optional<std::string> m_ledger, m_network, m_lixel_km, m_reach_km, m_merge_m;
    bool m_by_month = false, m_force = false, m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_corridors() { return std::make_unique<CorridorsCommand>(); }

} // namespace harmattan::app
