#include "geo/corridors/corridor_profile.hpp"

#include "geo/corridors/stations.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_events.hpp"
#include "geo/read_features.hpp"
#include "geo/series.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {
namespace {

LonLatE7 e7(LonLat p) {
    return {static_cast<std::int32_t>(std::lround(p.lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))};
}

Route route_through(const std::vector<LonLat>& vertices, bool schematic = false) {
    FeatureTable table;
    table.add_feature(GeometryType::line);
    table.add_part(vertices);
    table.set(0, "schematic", schematic);
    return route_of(table, 0);
}

void add(Events& events, LonLat at, float weight = 1, Precision precision = Precision::place) {
    events.at.push_back(e7(at));
    events.weight.push_back(weight);
    events.precision.push_back(precision);
}

/// A place so many kilometres along the equator from 0° E and so many north of it.
LonLat on_equator(double east_km, double north_km) {
    return geodesic_place({east_km / 111.3194908, 0}, 0, north_km * 1000);
}

const std::vector<LonLat> hundred_km = {{0, 0}, {100 / 111.3194908, 0}};

std::vector<std::uint64_t> events_of(const ProfileBin& bin) {
    std::vector<std::uint64_t> counts;
    for (const BandCount& band : bin.bands) counts.push_back(band.events);
    return counts;
}

using Counts = std::vector<std::uint64_t>;

TEST(CorridorProfile, CountsByBinsAndBands) {
    const RouteIndex index(route_through(hundred_km), 25'000);
    Events events;
    add(events, on_equator(5, 0), 2);
    add(events, on_equator(5, 1.9), 3);
    add(events, on_equator(5, -2.1));
    add(events, on_equator(15, 7));
    add(events, on_equator(99, 24.9), 10);
    add(events, on_equator(50, 25.1));                       // beyond
    add(events, on_equator(-3, 0));                          // before the beginning: at its end, 3 km off
    add(events, on_equator(104, 0));                         // behind the end
    add(events, on_equator(25, 30), 7, Precision::province); // beyond; without a spread it counts at its coordinates
    add(events, on_equator(35, 1), 1, Precision::near);
    add(events, on_equator(35, 1), 1, Precision::unstated);
    const CorridorProfile profile = corridor_profile(index, events);
    EXPECT_NEAR(profile.length_m, 100'000, 0.01);
    ASSERT_EQ(profile.bins.size(), 10u);
    EXPECT_EQ(profile.bands,
              (std::vector<DistanceBand>{{0, 2'000}, {2'000, 5'000}, {5'000, 10'000}, {10'000, 25'000}}));
    EXPECT_EQ(events_of(profile.bins[0]), (Counts{2, 2, 0, 0}));
    EXPECT_EQ(profile.bins[0].bands[0].weight, 5);
    EXPECT_EQ(events_of(profile.bins[1]), (Counts{0, 0, 1, 0}));
    EXPECT_EQ(events_of(profile.bins[2]), (Counts{0, 0, 0, 0}));
    EXPECT_EQ(events_of(profile.bins[3]), (Counts{2, 0, 0, 0}));
    EXPECT_EQ(events_of(profile.bins[9]), (Counts{0, 1, 0, 1}));
    EXPECT_EQ(profile.within, (BandCount{9, 0, 2 + 3 + 1 + 1 + 10 + 1 + 1 + 1 + 1}));
    EXPECT_EQ(profile.rough, 0u);
    EXPECT_EQ(profile.beyond, 2u);
    EXPECT_NEAR(profile.quiet_m, 60'000, 0.01); // bins 0, 1, 3 and 9 have known events
    EXPECT_EQ(profile.bins[3].sum(), (BandCount{2, 0, 2}));
    EXPECT_EQ(bands_reason_key(profile.reason), "");
}

/// Events at exact chainages and distances cannot be had from coordinates; the band of one is closed at its outer edge
/// within what coordinates resolve (1 cm).
TEST(CorridorProfile, BandsAreClosedAtTheirOuterEdge) {
    const RouteIndex index(route_through(hundred_km), 25'000);
    for (const auto& [north_km, band] :
         {std::pair{2.0 - 1e-4, 0u}, {2.0 + 1e-4, 1u}, {5.0 - 1e-4, 1u}, {25.0 - 1e-3, 3u}}) {
        Events events;
        add(events, on_equator(12, north_km));
        EXPECT_EQ(corridor_profile(index, events).bins[1].bands[band].events, 1u) << north_km;
    }
    Events beyond;
    add(beyond, on_equator(12, 25 + 1e-3));
    EXPECT_EQ(corridor_profile(index, beyond).beyond, 1u);
}

TEST(CorridorProfile, TheLastBinIsHalfABinAtLeast) {
    const auto bins = [](double km) {
        std::vector<double> ends;
        for (const ProfileBin& bin :
             corridor_profile(RouteIndex(route_through({{0, 0}, {km / 111.3194908, 0}}), 25'000), Events{}).bins)
            ends.push_back(std::round(bin.to_m / 100) / 10);
        return ends;
    };
    EXPECT_EQ(bins(25.5), (std::vector<double>{10, 20, 25.5}));
    EXPECT_EQ(bins(24), (std::vector<double>{10, 24}));
    EXPECT_EQ(bins(3), (std::vector<double>{3}));
}

TEST(CorridorProfile, OffersNoInnerBandsOnASchematicRoute) {
    const RouteIndex index(route_through(hundred_km, true), reach_of({}, true));
    Events events;
    add(events, on_equator(5, 1));
    add(events, on_equator(5, 9));
    add(events, on_equator(5, 11));
    const CorridorProfile profile = corridor_profile(index, events);
    EXPECT_EQ(profile.bands, (std::vector<DistanceBand>{{0, 10'000}, {10'000, 25'000}}));
    EXPECT_EQ(profile.reason, BandsReason::schematic);
    EXPECT_EQ(bands_reason_key(profile.reason), "corridor_bands_schematic");
    EXPECT_EQ(events_of(profile.bins[0]), (Counts{2, 1}));
    EXPECT_EQ(offered_bands({15'000, 30'000}, true), offered_bands({15'000, 30'000}, false));
    EXPECT_EQ(offered_bands({1'000, 5'000}, true), (std::vector<DistanceBand>{{0, 10'000}}));
    EXPECT_EQ(reach_of({.band_edges_m = {1'000}}, true), 10'000);
}

TEST(CorridorProfile, RefusesBinsAndBandsThatAreNone) {
    const RouteIndex index(route_through(hundred_km), 10'000);
    EXPECT_THROW(corridor_profile(index, Events{}), Error); // 25 km is farther than was looked
    EXPECT_THROW(corridor_profile(index, Events{}, ProfileOptions{.bin_m = 0, .band_edges_m = {5'000}}), Error);
    EXPECT_THROW(offered_bands({}, false), Error);
    EXPECT_THROW(offered_bands({5'000, 5'000}, false), Error);
    EXPECT_THROW(offered_bands({0, 5'000}, false), Error);
    EXPECT_THROW(offered_bands({5'000, 150'000}, false), Error);
}

/// Every event of a table, on every corridor of the region, by geodesics along the densified line.
TEST(CorridorProfile, OfTheDemoIsThatOfGeodesicsAlone) {
    ReadEventsOptions options;
    options.schema_dir = HARMATTAN_TEST_DATA "/schemas";
    options.precision = PrecisionUse::point; // all at their coordinates
    const Events events = read_events(HARMATTAN_TEST_DATA "/demo/incidents.csv", options).events;
    FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    for (std::size_t f = 0; f < corridors.size(); f += 3) {
        corridors.set(f, "schematic", false);
        const Route route = route_of(corridors, f);
        std::vector<LonLat> line;
        const double step = 250;
        for (double c = 0; c < route.length_m(); c += step) line.push_back(route.place_at(c));
        line.insert(line.end(), route.vertices.begin(), route.vertices.end()); // the corners themselves
        std::vector<double> distance(events.size());
        std::uint64_t within = 0;
        for (std::size_t i = 0; i < events.size(); ++i) {
            double least = INFINITY;
            const LonLat p = events.at[i].degrees();
            for (const LonLat& q : line) {
                if (std::abs(q.lat - p.lat) > 0.3) continue; // 33 km
                least = std::min(least, geodesic_m(p, q));
            }
            distance[i] = least;
            within += least <= 25'000;
        }
        const RouteIndex index(route, 25'000);
        const CorridorProfile profile = corridor_profile(index, events);
        EXPECT_EQ(profile.within.events + profile.beyond, events.size());
        // The densified line is at most 0.3 m too far for events 25 km off, and none of the demo lies on that edge.
        EXPECT_EQ(profile.within.events, within);
        BandCount bins;
        for (const ProfileBin& bin : profile.bins) bins = bins + bin.sum();
        EXPECT_EQ(bins.events, within);
        for (const EventOnRoute& on : events_near(index, events)) {
            const double off = std::hypot(step / 2, on.at.distance_m) - on.at.distance_m;
            EXPECT_LE(on.at.distance_m, distance[on.event] + 0.1);
            EXPECT_GE(on.at.distance_m, distance[on.event] - off - 0.1);
        }
    }
}

TEST(CorridorProfile, OfMonthsAddsUpToTheWhole) {
    ReadEventsOptions options;
    options.schema_dir = HARMATTAN_TEST_DATA "/schemas";
    const Events events = read_events(HARMATTAN_TEST_DATA "/demo/incidents.csv", options).events;
    const FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    const RouteIndex index(route_of(corridors, 0), 25'000);
    const ProfileBins bins(index);
    const CorridorProfile whole = bins.profile(events);
    const MonthlyCounts months = monthly_counts(events);
    BandCount sum;
    for (const MonthCount& m : months.months) {
        const Day first = *day_from(m.year, m.month, 1);
        const CorridorProfile one =
            bins.profile(events_between(events, first, first + 31 - civil_date(first + 31).day).events);
        sum = sum + one.within;
        ASSERT_EQ(one.bins.size(), whole.bins.size());
    }
    EXPECT_GT(sum.events, 0u);
    EXPECT_GT(sum.spread, 0);
    EXPECT_EQ(sum.events, whole.within.events);
    EXPECT_NEAR(sum.spread, whole.within.spread, 1e-9);
}

/// A million places, half of them anywhere, half gathered about the corridors.
Events a_million(const std::vector<Route>& routes, const std::vector<double>& mix) {
    std::mt19937 engine(1);
    std::uniform_real_distribution<double> lon(-18, 16), lat(4, 25), share(0, 1);
    std::normal_distribution<double> off(0, 0.15);
    std::discrete_distribution<int> precision(mix.begin(), mix.end());
    Events events;
    for (int i = 0; i < 1'000'000; ++i) {
        LonLat at{lon(engine), lat(engine)};
        if (i % 2) {
            const Route& route = routes[engine() % routes.size()];
            const std::size_t v = engine() % (route.vertices.size() - 1);
            const double t = share(engine);
            at = {std::lerp(route.vertices[v].lon, route.vertices[v + 1].lon, t) + off(engine),
                  std::lerp(route.vertices[v].lat, route.vertices[v + 1].lat, t) + off(engine)};
        }
        events.at.push_back(e7(at));
        events.precision.push_back(static_cast<Precision>(precision(engine)));
    }
    events.spread_m = {1'000, 12'500, 30'000, 85'000, 50'000, 1'000};
    return events;
}

TEST(CorridorProfile, OfAMillionEventsOnTwelveCorridorsLosesNone) {
    const FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    std::vector<Route> routes;
    for (std::size_t f = 0; f < corridors.size(); ++f) routes.push_back(route_of(corridors, f));
    // All at places; and as well known as the 5,073 events of UCDP GED 24.1 in the Sahel, with no two at one place.
    for (const std::vector<double>& mix :
         {std::vector<double>{1, 0, 0, 0, 0, 0}, std::vector<double>{2373, 1587, 405, 132, 528, 0}}) {
        const Events events = a_million(routes, mix);
        const std::vector<std::uint32_t> rows = all_rows(events);
        const std::vector<SpreadPlace> spread = spread_places(events, rows);
        const auto rough = static_cast<std::uint64_t>(
            std::ranges::count_if(rows, [&](std::uint32_t row) { return is_spread(events, row); }));
        for (const Route& route : routes) {
            const CorridorProfile profile = ProfileBins(RouteIndex(route, 25'000)).profile(events, rows, spread);
            EXPECT_EQ(profile.within.events + profile.beyond, events.size() - rough);
            EXPECT_EQ(profile.rough, rough);
            EXPECT_NEAR(profile.within.spread + profile.spread_beyond, static_cast<double>(rough),
                        1e-9 * static_cast<double>(events.size()));
            BandCount of_bins;
            for (const ProfileBin& bin : profile.bins) of_bins = of_bins + bin.sum();
            EXPECT_EQ(of_bins.events, profile.within.events);
            EXPECT_NEAR(of_bins.spread, profile.within.spread, 1e-9 * static_cast<double>(events.size()));
        }
    }
}

TEST(Rates, ArePerKilometreAndPer100KilometresAndMonth) {
    EXPECT_EQ(per_km(20, 10'000), 2);
    EXPECT_EQ(per_km(20, 0), 0);
    EXPECT_NEAR(per_100_km_month(12, 200'000, *day_from(2025, 1, 1), *day_from(2025, 12, 31)), 0.5, 0.001);
    EXPECT_EQ(per_100_km_month(12, 200'000, 10, 5), 0);
}

FeatureTable places(std::initializer_list<std::tuple<const char*, LonLat, double, double>> rows) {
    FeatureTable table;
    for (const auto& [name, at, rank, population] : rows) {
        const std::size_t f = table.add_feature(GeometryType::point);
        table.add_part(std::vector<LonLat>{at});
        table.set(f, "name", std::string(name));
        if (rank > 0) table.set(f, "rank", rank);
        table.set(f, "population", population);
    }
    return table;
}

TEST(Stations, AreThePlacesNearTheRouteThinnedByImportance) {
    const RouteIndex index(route_through(hundred_km), 25'000);
    const FeatureTable table = places({{"village", on_equator(2, 0), 8, 900},
                                       {"port", on_equator(0, 1), 1, 1e6},
                                       {"far off", on_equator(50, 6), 1, 1e6},
                                       {"town", on_equator(48, -2), 3, 4e4},
                                       {"its neighbour", on_equator(55, 0), 3, 3e4},
                                       {"unranked", on_equator(80, 0), 0, 0},
                                       {"", on_equator(98, 0), 1, 5},
                                       {"end", on_equator(103, 0), 2, 5}});
    const auto names = [&](const StationOptions& options) {
        std::string all;
        for (const Station& s : stations_along(index, table, options)) all += (all.empty() ? "" : ", ") + s.name;
        return all;
    };
    EXPECT_EQ(names({}), "port, town, end");
    EXPECT_EQ(names({.spacing_m = 15'000}), "port, town, unranked, end");
    EXPECT_EQ(names({.spacing_m = 1}), "port, village, town, its neighbour, unranked, end");
    EXPECT_EQ(names({.within_m = 10'000}), "port, far off, end");
    const std::vector<Station> found = stations_along(index, table);
    EXPECT_NEAR(found[1].on_route.chainage_m, 48'000, 1);
    EXPECT_NEAR(found[1].on_route.distance_m, 2'000, 1);
    EXPECT_EQ(found[1].feature, 3u);
    EXPECT_EQ(found[1].population, 4e4);
}

TEST(Stations, OfTheEmbeddedCorridorsBeginAndEndWithTheirTowns) {
    const FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    const FeatureTable towns = read_features(HARMATTAN_TEST_DATA "/region/places.fgb").table;
    for (std::size_t f = 0; f < corridors.size(); ++f) {
        const std::vector<Station> stations =
            stations_along(RouteIndex(route_of(corridors, f), 25'000), towns, {.spacing_m = 60'000});
        std::printf("%s:", corridors.text(f, "id").c_str());
        for (const Station& s : stations) std::printf(" %s %.0f", s.name.c_str(), s.on_route.chainage_m / 1000);
        std::printf("\n");
        ASSERT_GE(stations.size(), 4u);
        EXPECT_LT(stations.front().on_route.chainage_m, 60'000);
        EXPECT_EQ(stations.back().name, corridors.text(f, "to")) << f;
    }
}

} // namespace
} // namespace harmattan::geo
