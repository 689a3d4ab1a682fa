#include "app/road_density.hpp"

#include "app/texts.hpp"
#include "app/user_layers.hpp"
#include "geo/corridors/prior_mass.hpp"
#include "geo/density/bandwidth.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

double to_digits(double value, int digits) {
    if (value == 0 || !std::isfinite(value)) return value;
    const double scale = std::pow(10.0, digits - 1 - std::floor(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

/// What is wrong with a flag's value is said of the flag.
template <class Parse>
auto of_flag(const char* flag, Parse parse) {
    try {
        return parse();
    } catch (const geo::Error& error) {
        throw geo::Error(geo::ErrorKind::usage, error.what()).at(flag);
    }
}

} // namespace

RoadDensity road_density(const Study& study, const RoadDensityRequest& request) {
    static const std::vector<std::string> methods{"discontinuous", "continuous", "planar"};
    const Job& job = study.job;
    if (job.roads.empty()) throw geo::Error(geo::ErrorKind::usage, "--network is of the roads of a network and none are given; bring its lines with --roads FILE");
    const geo::Events& events = study.incidents.events;
    const geo::Bandwidth bandwidth = job.search_radius_km ? geo::bandwidth_of_radius(geo::Kernel::quartic, *job.search_radius_km) : geo::choose_bandwidth(events, job.bandwidth);
    geo::NetworkDensityOptions options;
    options.method = static_cast<geo::NetworkMethod>(of_flag("--network", [&] { return parse_choice(request.method, methods); }));
    options.bandwidth_m = bandwidth.sigma_m;
    if (request.lixel_km) options.lixel_m = 1000 * of_flag("--lixel-km", [&] { return parse_number(*request.lixel_km, 0.001, 1000); });
    if (request.reach_km) options.reach_m = 1000 * of_flag("--reach-km", [&] { return parse_number(*request.reach_km, 0.001, 100); }); // what an index looks for
    options.memory_bytes = job.memory_bytes, options.threads = job.threads;

    geo::RoadGraphOptions roads;
    if (request.merge_m) roads.merge_m = of_flag("--merge-m", [&] { return parse_number(*request.merge_m, 0, 5000); });

    const geo::RoadGraph graph = geo::build_road_graph(read_user_features(job.roads, geo::GeometryType::line, "--roads wants lines"), roads);
    const geo::NetworkDensity density = geo::network_density(graph, events, options);
    RoadDensity made;
    made.lixels = geo::lixel_features(graph, density);
    for (std::size_t i = 0; i < made.lixels.size(); ++i)
        if (const auto* per_km = std::get_if<double>(&made.lixels.property(i, "per_km"))) made.lixels.set(i, "per_km", to_digits(*per_km, 6));
    made.lines = geo::road_report_lines(graph);
    if (graph.report.beside_m > 0 && !request.merge_m) made.lines.push_back(fmt::format("note: --merge-m {:g} takes one of each such pair of roads, --merge-m 0 leaves this note out", graph.report.beside_within_m));
    const double reach_m = options.method == geo::NetworkMethod::planar ? std::min(options.reach_m, density.support_m) : options.reach_m; // planar: both must hold
    std::size_t spread = 0;
    for (std::size_t i = 0; i < events.size(); ++i) spread += geo::is_spread(events, i);
    made.lines.push_back(fmt::format("network density, {}, quartic kernel (σ {} km{}), lixels of at most {} km: {} of {} incidents on the network, {} farther than {} km from any road", request.method,
                                     describe_number(bandwidth.sigma_m / 1000, Language::en), options.method == geo::NetworkMethod::planar ? " on the ground" : " along the roads",
                                     describe_number(options.lixel_m / 1000, Language::en), describe_count(density.events, Language::en), describe_count(events.size(), Language::en),
                                     describe_count(density.beyond, Language::en), describe_number(reach_m / 1000, Language::en)));
    if (spread > 0)
        made.lines.push_back(fmt::format("warning: {} known only roughly: taken at the coordinates on the network; --precision drop leaves them out", describe_incidents(spread, Language::en)));
    return made;
}

} // namespace harmattan::app
