#include "app/paper/figure_content.hpp"

#include "app/corridors/corridor_ribbon.hpp"
#include "app/corridors/strip_of.hpp"
#include "app/interrupt.hpp"
#include "app/paper/charts_of.hpp"
#include "app/paper/frame_counts.hpp"
#include "app/paper/page_notes.hpp"
#include "app/paper/page_subject.hpp"
#include "app/shown_months.hpp"
#include "app/words.hpp"
#include "geo/coincident.hpp"
#include "geo/counts.hpp"
#include "geo/day.hpp"
#include "geo/density/colour_range.hpp"
#include "geo/error.hpp"
#include "geo/series.hpp"
#include "geo/write_geojson.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

constexpr std::size_t most_frames = 60; ///< maps in one figure: more cannot be read
constexpr double named_map_px = 280;    ///< style pixels (74 mm) from which on a map among others bears names

/// The incidents of one period, and how the figure calls it.
struct Frame {
    Period period;
    std::string name;
    geo::Events events; ///< all: what the density is estimated from
    geo::Events held;   ///< those of the place the figure is about: what is counted
};

std::vector<Frame> monthly_frames(const Study& study, const FrameCounts& counted) {
    const geo::Events& events = study.incidents.events;
    const geo::MonthlyCounts counts = shown_months(study, "--kind multiples", most_frames);
    std::vector<Frame> frames;
    for (const geo::MonthCount& m : counts.months) {
        const Period period{
            *geo::day_from(m.year, m.month, 1),
            (m.month == 12 ? *geo::day_from(m.year + 1, 1, 1) : *geo::day_from(m.year, m.month + 1, 1)) - 1};
        frames.push_back({period,
                          describe_month(m.year, m.month, study.job.language) +
                              (m.partial ? words(study, ", in part", ", en partie") : ""),
                          geo::events_between(events, period.first, period.last).events,
                          geo::events_between(counted.events, period.first, period.last).events});
    }
    return frames;
}

std::vector<Frame> compared_frames(const Study& study, const FrameCounts& counted) {
    if (!study.job.compare)
        throw geo::Error(geo::ErrorKind::usage,
                         "--kind compare wants two periods: --compare 2025-05-01..2025-07-31,2025-08-01..2025-10-31");
    std::vector<Frame> frames;
    for (const Period& period : {study.job.compare->first, study.job.compare->second}) {
        frames.push_back({period, describe_period(period.first, period.last, study.job.language),
                          geo::events_between(study.incidents.events, period.first, period.last).events,
                          geo::events_between(counted.events, period.first, period.last).events});
        if (frames.back().held.size() == 0)
            throw geo::Error(geo::ErrorKind::bad_data,
                             fmt::format("--compare: no incident lies in {}..{}", geo::to_iso(period.first),
                                         geo::to_iso(period.last)));
    }
    return frames;
}

/// What a legend inside a map should not hide: incidents, then the land that was asked for by name, a place every
/// fiftieth of the frame.
void add_what_matters(render::FigurePanel& panel, const Study& study, const geo::Events& events) {
    for (const geo::LonLatE7 at : events.at) panel.incidents.push_back(at.degrees());
    if (study.job.region.empty()) return;
    const auto inside = inside_units(study.region, study.job.region);
    const geo::LonLatBox& frame = study.frame;
    constexpr int steps = 50;
    for (int i = 0; i < steps; ++i)
        for (int j = 0; j < steps; ++j) {
            const geo::LonLat place{frame.west + (frame.east - frame.west) * (i + 0.5) / steps,
                                    frame.south + (frame.north - frame.south) * (j + 0.5) / steps};
            if (inside(place)) panel.land.push_back(place);
        }
}

/// One map for each frame: the bandwidth is that of all incidents, and one colour range holds every frame's densities.
void add_maps(FigureParts& figure, const Study& study, const std::shared_ptr<const SceneParts>& parts,
              const std::vector<Frame>& frames) {
    std::vector<std::optional<geo::Field>> fields(frames.size());
    double low = 0, high = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (!parts->density || frames[i].events.size() == 0) continue;
        fields[i] = geo::build_field(frames[i].events, field_options(study));
        const geo::ColourRange range = geo::colour_range(*fields[i]);
        low = low > 0 ? std::min(low, range.low) : range.low;
        high = std::max(high, range.high);
    }
    if (study.job.domain) low = study.job.domain->first / 1000, high = study.job.domain->second / 1000;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        render::FigurePanel panel;
        panel.caption =
            fmt::format("{} (n = {})", frames[i].name, describe_count(frames[i].held.size(), study.job.language));
        panel.map.frame = study.frame;
        panel.map.crs = study.job.crs;
        panel.map.round_scale = false;
        auto input = std::make_shared<render::SceneInput>(parts->input);
        // The ribbon is of the whole period, so a map of a part of it goes without.
        leave_out_ribbon(input->style);
        if (auto found = input->sources.find("incidents"); found != input->sources.end())
            found->second = geo::coincident_events(frames[i].events);
        if (fields[i])
            for (auto& [layer, heat] : input->heat) heat = {*fields[i], low, high};
        else { // a month without incidents has no density to draw
            std::erase_if(input->style.layers,
                          [](const styles::Layer& layer) { return layer.type == styles::LayerType::heatmap; });
            input->heat.clear();
        }
        panel.make_scene = [input](const render::PaperFrame& frame, double scale) {
            stop_if_interrupted();
            render::SceneInput mine = *input;
            if (frame.width < named_map_px * scale) // names would cover what a small map is there to show
                std::erase_if(mine.style.layers, [](const styles::Layer& layer) {
                    return layer.type == styles::LayerType::symbol || layer.source == "places";
                });
            return paper_scene(std::move(mine), frame, scale);
        };
        if (i == 0 && figure.content.place == render::LegendPlace::inside)
            add_what_matters(panel, study, frames[i].events);
        figure.content.panels.push_back(std::move(panel));
    }
}

void add_lone_map(FigureParts& figure, const Study& study, std::optional<double> scale_denominator,
                  const std::shared_ptr<const SceneParts>& parts) {
    render::FigurePanel panel;
    panel.map.frame = study.frame;
    panel.map.crs = study.job.crs;
    panel.map.denominator = scale_denominator;
    panel.map.round_scale = false;
    panel.make_scene = [parts](const render::PaperFrame& frame, double scale) {
        return paper_scene(parts->input, frame, scale);
    };
    if (figure.content.place == render::LegendPlace::inside) add_what_matters(panel, study, study.incidents.events);
    figure.content.panels.push_back(std::move(panel));
}

/// The tiles' own pixels: every tile pixel that the box meets, at the job's scale.
void add_tile_frame(FigureParts& figure, const Study& study, int zoom, const std::shared_ptr<const SceneParts>& parts) {
    render::SceneInput input = parts->input;
    input.frame = study.frame;
    input.min_zoom = input.max_zoom = zoom;
    input.scale = study.job.scale;
    const render::Scene scene = render::prepare_scene(std::move(input));
    render::View view;
    view.zoom = zoom;
    view.scale = study.job.scale;
    view.tile_px = 256 * study.job.scale;
    const auto north_west = view.matrix().to_pixels(geo::LonLat{study.frame.west, study.frame.north});
    const auto south_east = view.matrix().to_pixels(geo::LonLat{study.frame.east, study.frame.south});
    view.x = static_cast<std::int64_t>(std::floor(north_west.x)),
    view.y = static_cast<std::int64_t>(std::floor(north_west.y));
    const double width = std::ceil(south_east.x) - static_cast<double>(view.x),
                 height = std::ceil(south_east.y) - static_cast<double>(view.y);
    if (width * height > 200e6)
        throw geo::Error(
            geo::ErrorKind::usage,
            fmt::format("--zoom {}: the frame would have {:.0f} × {:.0f} pixels; take a lower zoom or a smaller --bbox",
                        zoom, width, height));
    view.width = static_cast<int>(width), view.height = static_cast<int>(height);
    render::FigurePanel panel;
    panel.picture = std::make_shared<const render::Image>(render::paint(scene, view));
    figure.content.legend.legend = scene.legend();
    figure.content.scale_bar = false;
    figure.content.panels.push_back(std::move(panel));
}

double incidents_of(const geo::FeatureTable& units, std::size_t i) {
    const auto* value = std::get_if<double>(&units.property(i, "incidents"));
    return value ? *value : 0;
}

std::string units_csv(const FrameCounts& counted) {
    const geo::FeatureTable& units = counted.units;
    geo::FeatureTable table;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (incidents_of(units, i) == 0) continue;
        const std::size_t row = table.add_feature(geo::GeometryType::none);
        for (const char* column :
             {"code", "name", "incidents", "incidents_coarse", "area_km2", "per_1000_km2", "first_day", "last_day"})
            table.set(row, column, units.property(i, column));
    }
    return geo::to_csv(table);
}

std::string months_csv(const Study& study, const FrameCounts& counted) {
    const geo::MonthlyCounts counts = geo::monthly_counts(counted.events, study.job.from, study.job.to);
    geo::FeatureTable table;
    for (const geo::MonthCount& m : counts.months) {
        const std::size_t row = table.add_feature(geo::GeometryType::none);
        table.set(row, "month", fmt::format("{:04}-{:02}", m.year, m.month));
        table.set(row, "incidents", static_cast<double>(m.events));
        table.set(row, "weight", m.weight);
        table.set(row, "partial", m.partial);
    }
    return geo::to_csv(table);
}

std::string compared_csv(const SceneParts& parts, const std::vector<Frame>& frames) {
    geo::FeatureTable first = parts.units, second = parts.units;
    geo::count_per_unit(frames[0].held, first);
    geo::count_per_unit(frames[1].held, second);
    geo::FeatureTable table;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (incidents_of(first, i) == 0 && incidents_of(second, i) == 0) continue;
        const std::size_t row = table.add_feature(geo::GeometryType::none);
        table.set(row, "code", parts.units.property(i, "code"));
        table.set(row, "name", parts.units.property(i, "name"));
        table.set(
            row,
            fmt::format("incidents_{}_{}", geo::to_iso(frames[0].period.first), geo::to_iso(frames[0].period.last)),
            incidents_of(first, i));
        table.set(
            row,
            fmt::format("incidents_{}_{}", geo::to_iso(frames[1].period.first), geo::to_iso(frames[1].period.last)),
            incidents_of(second, i));
        table.set(row, "change", incidents_of(second, i) - incidents_of(first, i));
    }
    return geo::to_csv(table);
}

/// One row a bin and panel: chainage, then a column a band of distance.
std::string strip_csv(const render::StripChart& chart) {
    geo::FeatureTable table;
    for (const render::StripPanel& panel : chart.panels)
        for (const render::StripBin& bin : panel.bins) {
            const std::size_t row = table.add_feature(geo::GeometryType::none);
            if (!panel.name.empty()) table.set(row, "month", panel.name);
            table.set(row, "from_km", bin.from_km);
            table.set(row, "to_km", bin.to_km);
            for (std::size_t i = 0; i < bin.bands.size(); ++i)
                table.set(row, "per_10_km " + chart.bands[i], bin.bands[i]);
            table.set(row, "per_10_km known roughly", bin.rough);
        }
    return geo::to_csv(table);
}

void add_strip(FigureParts& figure, const Study& study, const SceneParts& parts, bool by_month) {
    const std::optional<std::size_t> corridor = strip_corridor(study, parts.corridors, study.frame);
    if (!corridor)
        throw geo::Error(geo::ErrorKind::usage,
                         "--kind strip: no corridor meets the map's frame; name one with --corridor");
    const CorridorStudy along = study_corridor(study, parts.corridors, *corridor, corridor_events(study));
    const render::StripChart chart = by_month ? corridor_strip_by_month(study, along) : corridor_strip(study, along);
    figure.content.chart = strip_drawing(chart);
    figure.content.place = render::LegendPlace::none;
    figure.content.title.clear(), figure.content.subtitle.clear(); // the strip has its own
    figure.csv = strip_csv(chart);
    figure.alt = fmt::format(fmt::runtime(words(study, "Strip chart of incidents along {}: {}.",
                                                "Graphique des incidents le long de {} : {}.")),
                             chart.title, chart.measure);
}

/// "291 incidents, then 327: 94.9 and 107 per 30 days (+12 %)."
std::string change_line(const Study& study, const FrameCounts& counted, const std::vector<Frame>& frames) {
    const double a = static_cast<double>(frames[0].held.size()), b = static_cast<double>(frames[1].held.size());
    const auto per_30 = [](const Frame& f, double n) { return n * 30 / (f.period.last - f.period.first + 1); };
    const double before = per_30(frames[0], a), after = per_30(frames[1], b), change = 100 * (after / before - 1);
    return fmt::format(fmt::runtime(words(study, "{}{}, then {}: {} and {} per 30 days ({:+.0f}\u00a0%).",
                                          "{}{}, puis {}\u202f: {} et {} par 30 jours ({:+.0f}\u00a0%).")),
                       describe_incidents(frames[0].held.size(), study.job.language), counted.where,
                       describe_count(frames[1].held.size(), study.job.language),
                       describe_number(before, study.job.language), describe_number(after, study.job.language), change);
}

std::string source_line(const Study& study) {
    return fmt::format("Source{} {}", words(study, ":", " :"), attribution(study));
}

/// "Mopti (81), Gao (52), Sikasso (40)"
std::string leaders(const Study& study, const FrameCounts& counted) {
    std::vector<std::string> names;
    for (const render::RankingRow& row : ranking(study, counted.units, study.frame, 3))
        names.push_back(fmt::format("{} ({})", row.name, row.text));
    return fmt::format("{}", fmt::join(names, ", "));
}

/// "Map of the density of incidents", or of incidents where none is drawn.
std::string map_words(const Study& study, const SceneParts& parts, const char* en, const char* fr) {
    return std::string(words(study, en, fr)) +
           (parts.density ? words(study, " the density of incidents", " de la densité des incidents")
                          : words(study, " incidents", " des incidents"));
}

std::string alt_text(const Study& study, const FrameCounts& counted, const std::string& what) {
    const std::string period = period_of(study);
    std::string text = what + counted.where;
    if (!period.empty()) text += ", " + period;
    text += fmt::format(", n = {}", describe_count(counted.events.size(), study.job.language));
    if (const std::string most = leaders(study, counted); !most.empty())
        text += fmt::format(fmt::runtime(words(study, "; most in {}", " ; surtout dans {}")), most);
    return text + ".";
}

} // namespace

FigureRequest figure_request(const Job& job) {
    return {job.figure_kind, job.legend_place, job.columns, job.figure_zoom, job.scale_denominator};
}

FigureParts figure_parts(const Study& study, const FigureRequest& request,
                         const std::shared_ptr<const SceneParts>& parts) {
    const Language language = study.job.language;
    const std::string& kind = request.kind;
    const FrameCounts counted = frame_counts(study, *parts, study.frame, whole_subject(study).place);
    FigureParts figure;
    render::FigureContent& content = figure.content;
    content.lang = french(study) ? "fr" : "en";
    content.title = study.job.title;
    content.subtitle = period_of(study);
    if (content.title.find(content.subtitle) != std::string::npos) content.subtitle.clear();
    static const std::vector<std::string> places{"inside", "beside", "below", "none"};
    content.place = static_cast<render::LegendPlace>(std::find(places.begin(), places.end(), request.legend_place) -
                                                     places.begin());
    if (parts->density) {
        content.bandwidth_km = parts->density->method.bandwidth_km;
        content.legend.bandwidth_label =
            fmt::format(fmt::runtime(words(study, "Bandwidth σ {} km", "Largeur de bande σ {} km")),
                        describe_number(content.bandwidth_km, language));
    }
    std::vector<std::string> sentences;
    if (kind == "map" && request.zoom) {
        add_tile_frame(figure, study, *request.zoom, parts);
        figure.csv = units_csv(counted);
        figure.alt = alt_text(study, counted, map_words(study, *parts, "Map of", "Carte"));
    } else if (kind == "map") {
        add_lone_map(figure, study, request.scale_denominator, parts);
        figure.csv = units_csv(counted);
        figure.alt = alt_text(study, counted, map_words(study, *parts, "Map of", "Carte"));
    } else if (kind == "multiples") {
        const std::vector<Frame> frames = monthly_frames(study, counted);
        add_maps(figure, study, parts, frames);
        content.columns = request.columns.value_or(frames.size() <= 4 ? 2 : 3);
        figure.csv = months_csv(study, counted);
        figure.alt =
            alt_text(study, counted,
                     map_words(study, *parts, "Maps of", "Cartes") + words(study, ", one a month", ", une par mois"));
    } else if (kind == "compare") {
        const std::vector<Frame> frames = compared_frames(study, counted);
        add_maps(figure, study, parts, frames);
        content.columns = request.columns.value_or(2);
        content.subtitle.clear();
        content.lines.push_back(change_line(study, counted, frames));
        sentences.push_back(change_line(study, counted, frames));
        figure.csv = compared_csv(*parts, frames);
        figure.alt = alt_text(study, counted,
                              map_words(study, *parts, "Two maps of", "Deux cartes") +
                                  words(study, ", before and after", ", avant et après"));
    } else if (kind == "strip" || kind == "strip-months") {
        add_strip(figure, study, *parts, kind == "strip-months");
    } else {
        render::MonthBars bars = month_bars(study, counted);
        content.chart = [bars](const render::Lettering& lettering, double width, double size_pt) {
            return render::month_bars_block(lettering, bars, width, std::clamp(width * 0.4, 30.0, 90.0), size_pt);
        };
        content.place = render::LegendPlace::none;
        figure.csv = months_csv(study, counted);
        figure.alt =
            alt_text(study, counted,
                     words(study, "Bar chart of incidents by month", "Diagramme en barres des incidents par mois"));
    }
    const bool bare = request.zoom && content.place == render::LegendPlace::none; // the tiles' pixels and nothing else
    if (bare) content.title.clear(), content.subtitle.clear();
    else {
        if (parts->density && !content.chart) content.lines.push_back(density_note(language));
        content.lines.push_back(source_line(study)); // says so where the data are made up
    }
    sentences.insert(sentences.begin(), figure.alt);
    if (study.incidents.source.illustrative) sentences.push_back(made_up_note(language));
    if (!content.chart)
        for (const std::string& note : note_lines(study, *parts, {study.frame})) sentences.push_back(note);
    for (const std::string& more : {describe_precision(study.incidents.source, language),
                                    describe_counted(study.incidents.ledger, language), source_line(study)})
        if (!more.empty()) sentences.push_back(more.back() == '.' ? more : more + ".");
    figure.summary = fmt::format("{}", fmt::join(sentences, " "));
    return figure;
}

} // namespace harmattan::app
