#include "app/corridors/road_density.hpp"

#include "app/corridors/rounding.hpp"
#include "app/texts.hpp"
#include "app/user_layers.hpp"
#include "app/words.hpp"
#include "geo/corridors/prior_mass.hpp"
#include "geo/density/bandwidth.hpp"
#include "geo/error.hpp"
#include "geo/nearest_place.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <initializer_list>

namespace harmattan::app {

namespace {

/// What is wrong with a flag's value is said of the flag.
template <class Parse>
auto of_flag(const char* flag, Parse parse) {
    try {
        return parse();
    } catch (const geo::Error& error) { throw geo::Error(geo::ErrorKind::usage, error.what()).at(flag); }
}

/// The first of these columns that the roads have.
const char* column_of(const geo::FeatureTable& roads, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (roads.find_column(name)) return name;
    return nullptr;
}

/// What a reader finds a piece of road by: its name and class where the source has them, the town near it, the place of
/// its middle.
geo::FeatureTable described_lixels(const Study& study, const geo::FeatureTable& roads, const geo::RoadGraph& graph,
                                   const geo::NetworkDensity& density) {
    constexpr double near_m = 100'000;
    const auto decimals = [](double value, double scale) { return std::round(value * scale) / scale; };
    const char* own_name = name_column(study);
    const char *name = column_of(roads, {own_name, "name", "road_name", "roadname"}),
               *ref = column_of(roads, {"ref", "route", "road_ref"}),
               *kind = column_of(roads, {"highway", "fclass", "class", "road_class", "type"});
    const geo::FeatureTable& towns = study.region.layer("places");
    const geo::NearestPlace nearest(towns);
    geo::FeatureTable lixels = geo::lixel_features(graph, density), table;
    table.type = std::move(lixels.type), table.part_begin = std::move(lixels.part_begin),
    table.vertex_begin = std::move(lixels.vertex_begin), table.vertices = std::move(lixels.vertices);
    if (name) table.column("road");
    if (ref) table.column("ref");
    if (kind) table.column("class");
    for (const char* column : {"near", "near_km", "country", "lon", "lat", "length_km", "per_km", "feature"})
        table.column(column);
    std::size_t row = 0;
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        const std::uint32_t road = graph.edge_feature[e];
        const std::uint32_t pieces = density.lixel_begin[e + 1] - density.lixel_begin[e];
        const double each = graph.edge_length_m[e] / pieces;
        for (std::uint32_t k = 0; k < pieces; ++k, ++row) {
            const geo::LonLat middle = graph.place_at(e, (k + 0.5) * each);
            const auto text = [&](const char* as, const char* column) {
                if (column && !roads.text(road, column).empty()) table.set(row, as, roads.text(road, column));
            };
            text("road", name), text("ref", ref), text("class", kind);
            if (const auto hit = nearest.nearest(middle, near_m)) {
                const std::string town = towns.text(hit->feature, own_name);
                table.set(row, "near", town.empty() ? towns.text(hit->feature, "name") : town),
                    table.set(row, "near_km", decimals(hit->distance_m / 1000, 10));
            }
            if (const std::string country = study.region.country_at(middle); !country.empty())
                table.set(row, "country", country);
            table.set(row, "lon", decimals(middle.lon, 1e5)), table.set(row, "lat", decimals(middle.lat, 1e5)),
                table.set(row, "length_km", decimals(each / 1000, 1e3));
            table.set(row, "per_km", six_digits(density.per_km[density.lixel_begin[e] + k])),
                table.set(row, "feature", static_cast<double>(road));
        }
    }
    return table;
}

} // namespace

RoadDensity road_density(const Study& study, const RoadDensityRequest& request) {
    static const std::vector<std::string> methods{"discontinuous", "continuous", "planar"};
    const Job& job = study.job;
    if (job.roads.empty())
        throw geo::Error(
            geo::ErrorKind::usage,
            "--network is of the roads of a network and none are given; bring its lines with --roads FILE");
    const geo::Events& events = study.incidents.events;
    const geo::Bandwidth bandwidth = job.search_radius_km
                                         ? geo::bandwidth_of_radius(geo::Kernel::quartic, *job.search_radius_km)
                                         : geo::choose_bandwidth(events, job.bandwidth);
    geo::NetworkDensityOptions options;
    options.method =
        static_cast<geo::NetworkMethod>(of_flag("--network", [&] { return parse_choice(request.method, methods); }));
    options.bandwidth_m = bandwidth.sigma_m;
    if (request.lixel_km)
        options.lixel_m = 1000 * of_flag("--lixel-km", [&] { return parse_number(*request.lixel_km, 0.001, 1000); });
    if (request.reach_km)
        options.reach_m = 1000 * of_flag("--reach-km", [&] {
                              return parse_number(*request.reach_km, 0.001, 100);
                          }); // what an index looks for
    options.memory_bytes = job.memory_bytes, options.threads = job.threads;

    geo::RoadGraphOptions roads;
    if (request.merge_m) roads.merge_m = of_flag("--merge-m", [&] { return parse_number(*request.merge_m, 0, 5000); });

    const geo::FeatureTable lines = read_user_features(job.roads, geo::GeometryType::line, "--roads wants lines");
    const geo::RoadGraph graph = geo::build_road_graph(lines, roads);
    const geo::NetworkDensity density = geo::network_density(graph, events, options);
    RoadDensity made;
    made.lixels = described_lixels(study, lines, graph, density);
    made.lines = geo::road_report_lines(graph);
    if (graph.report.beside_m > 0 && !request.merge_m)
        made.lines.push_back(
            fmt::format("note: --merge-m {:g} takes one of each such pair of roads, --merge-m 0 leaves this note out",
                        graph.report.beside_within_m));
    const double reach_m = options.method == geo::NetworkMethod::planar ? std::min(options.reach_m, density.support_m)
                                                                        : options.reach_m; // planar: both must hold
    std::size_t spread = 0;
    for (std::size_t i = 0; i < events.size(); ++i) spread += geo::is_spread(events, i);
    made.lines.push_back(
        fmt::format("network density, {}, quartic kernel (σ {} km{}), lixels of at most {} km: {} of {} incidents on "
                    "the network, {} farther than {} km from any road",
                    request.method, describe_number(bandwidth.sigma_m / 1000, Language::en),
                    options.method == geo::NetworkMethod::planar ? " on the ground" : " along the roads",
                    describe_number(options.lixel_m / 1000, Language::en), describe_count(density.events, Language::en),
                    describe_count(events.size(), Language::en), describe_count(density.beyond, Language::en),
                    describe_number(reach_m / 1000, Language::en)));
    if (spread > 0)
        made.lines.push_back(fmt::format(
            "warning: {} known only roughly: taken at the coordinates on the network; --precision drop leaves them out",
            describe_incidents(spread, Language::en)));
    return made;
}

} // namespace harmattan::app
