// The field against brute-force geodesic sums: what the program promises about its numbers.

#include "density_events.hpp"
#include "density_oracle.hpp"
#include "support/shared_data.hpp"

#include <charconv>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace harmattan {
namespace {

using geo::Events;
using geo::FieldOptions;
using geo::Kernel;

/// Latitude and longitude of UCDP GED rows; the two columns stand before geom_wkt and after three free-text columns, so
/// the quotes have to be respected.
Events read_ged(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) rows.back().emplace_back();
        else if (c == '\n' && !quoted) rows.push_back({""});
        else if (c != '\r') rows.back().back() += c;
    }
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(rows[0], name) - rows[0].begin());
    };
    const std::size_t lat = column("latitude"), lon = column("longitude");
    Events events;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() <= lon) continue;
        events.at.push_back(test::e7(std::stod(rows[i][lon]), std::stod(rows[i][lat])));
        events.precision.push_back(geo::Precision::place);
    }
    events.spread_m.assign(geo::precision_count, 0);
    return events;
}

void check(const char* what, const Events& events, Kernel kernel, double sigma_km, std::size_t places = 3000) {
    FieldOptions options;
    options.kernel = kernel;
    options.bandwidth_m = sigma_km * 1000;
    options.threads = 2;
    const geo::Field field = build_field(events, options);
    const auto probes = test::probes(events, field, places);
    std::vector<double> values;
    for (const geo::LonLat& p : probes) values.push_back(field.at(p));
    const test::Errors e = test::compare(events, options, field, probes, values);
    test::print(what, options, e);
    const bool smooth = kernel == Kernel::gaussian;
    EXPECT_LE(e.of_peak, smooth ? 0.002 : 0.005);
    EXPECT_LE(e.pointwise, smooth ? 0.01 : 0.03);
    EXPECT_LE(e.mass, 0.001);
    EXPECT_GT(e.above, places / 10);
}

class Oracle : public testing::TestWithParam<double> {};

TEST_P(Oracle, RealEventsGaussian) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    const Events events = read_ged(file);
    ASSERT_EQ(events.size(), 5073u);
    check("5,073 real events", events, Kernel::gaussian, GetParam());
}

TEST_P(Oracle, RealEventsQuartic) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    check("5,073 real events", read_ged(file), Kernel::quartic, GetParam());
}

TEST_P(Oracle, MadeUpAtLatitudes4To27) {
    const Events events = test::made_up({});
    check("made up, 4 to 27 N", events, Kernel::gaussian, GetParam());
    check("made up, 4 to 27 N", events, Kernel::quartic, GetParam());
}

TEST_P(Oracle, MadeUpAtLatitudes50To65) {
    const Events events = test::made_up({.west = 5, .south = 50, .east = 40, .north = 65});
    check("made up, 50 to 65 N", events, Kernel::gaussian, GetParam());
    check("made up, 50 to 65 N", events, Kernel::quartic, GetParam());
}

TEST_P(Oracle, OnePlaceOfManyEvents) {
    check("one place, 13.5 N", test::one_event(-0.123457, 13.512346), Kernel::gaussian, GetParam());
    check("one place, 13.5 N", test::one_event(-0.123457, 13.512346), Kernel::quartic, GetParam());
    check("one place, 62 N", test::one_event(25.4, 62.1), Kernel::gaussian, GetParam());
}

/// More places than are stamped one by one: the rim comes from every second node, the quartic from the bins.
TEST(OracleOfManyPlaces, FromTheBins) {
    const Events events = test::made_up({.clusters = 200, .events = 24'000, .share_coincident = 0});
    check("24,000 places, 4 to 27 N", events, Kernel::gaussian, 5, 1500);
    check("24,000 places, 4 to 27 N", events, Kernel::gaussian, 20, 400);
    check("24,000 places, 4 to 27 N", events, Kernel::quartic, 5, 1500);
    check("24,000 places, 4 to 27 N", events, Kernel::quartic, 20, 400);
}

INSTANTIATE_TEST_SUITE_P(Sigma, Oracle, testing::Values(5.0, 25.0, 100.0),
                         [](const auto& p) { return std::to_string(static_cast<int>(p.param)) + "km"; });

} // namespace
} // namespace harmattan
