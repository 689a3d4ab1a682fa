#include "geo/counts.hpp"
#include "geo/day.hpp"
#include "geo/geodesic.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace harmattan::geo;

namespace {

std::vector<LonLat> box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

Events events_at(std::initializer_list<LonLat> places) {
    Events events;
    for (const LonLat& at : places) {
        events.at.push_back({static_cast<std::int32_t>(std::lround(at.lon * 1e7)),
                             static_cast<std::int32_t>(std::lround(at.lat * 1e7))});
        events.precision.push_back(Precision::place);
    }
    return events;
}

} // namespace

TEST(Area, OfTheWholeEllipsoidAndOfAnEquatorialBand) {
    // the quarter between the equator and the pole, 90 degrees wide, is an eighth of the ellipsoid: 510,065,621.724 km²
    // / 8
    const std::vector<LonLat> octant = {{0, 0}, {90, 0}, {0, 90}, {0, 0}};
    EXPECT_NEAR(signed_area_km2(octant), 510065621.724 / 8, 1);
    EXPECT_NEAR(signed_area_km2(std::vector<LonLat>(octant.rbegin(), octant.rend())), -510065621.724 / 8, 1);
    EXPECT_NEAR(signed_area_km2(box(0, 0, 1, 1)), 12308.778, 0.001); // GeographicLib's Planimeter
}

TEST(Counts, EventsAreCountedWhereTheyLieAndNothingIsDropped) {
    FeatureTable units;
    units.add_feature(GeometryType::polygon);
    units.add_part(box(0, 10, 1, 11));
    units.add_feature(GeometryType::polygon);
    units.add_part(box(1, 10, 2, 11));
    units.add_feature(GeometryType::line);
    units.add_part(std::vector<LonLat>{{0, 0}, {1, 1}});
    Events events = events_at({{0.5, 10.5}, {1, 10.5}, {1.5, 10.5}, {5, 5}, {0.2, 10.2}});
    events.weight = {1, 2, 4, 8, 16};
    events.precision = {Precision::place, Precision::near, Precision::district, Precision::place, Precision::province};
    events.first_day = {*day_from(2025, 7, 1), *day_from(2025, 7, 20), *day_from(2025, 1, 1), no_day,
                        *day_from(2024, 12, 31)};
    const CountsSummary summary = count_per_unit(events, units);
    EXPECT_EQ(summary.inside, 4u);
    EXPECT_EQ(summary.outside, 1u);
    EXPECT_EQ(summary.outside_weight, 8);
    EXPECT_EQ(summary.coarse, 2u);
    EXPECT_EQ(units.text(0, "incidents"), "3"); // the one on the boundary goes to the unit that stands first
    EXPECT_EQ(units.text(0, "incidents_weight"), "19");
    EXPECT_EQ(units.text(0, "incidents_coarse"), "1");
    EXPECT_EQ(units.text(0, "first_day"), "2024-12-31");
    EXPECT_EQ(units.text(0, "last_day"), "2025-07-20");
    EXPECT_EQ(units.text(1, "incidents"), "1");
    EXPECT_EQ(units.text(2, "incidents"), "");
    const double area = area_km2(units, 0);
    EXPECT_EQ(std::get<double>(units.property(0, "per_1000_km2")), std::round(3000 / area * 1e4) / 1e4);
    EXPECT_EQ(std::get<double>(units.property(0, "area_km2")), std::round(area * 10) / 10);
}

TEST(Counts, UnitsWithoutIncidentsSayNought) {
    FeatureTable units;
    units.add_feature(GeometryType::polygon);
    units.add_part(box(0, 10, 1, 11));
    count_per_unit(Events{}, units);
    EXPECT_EQ(units.text(0, "incidents"), "0");
    EXPECT_EQ(units.text(0, "per_1000_km2"), "0");
    EXPECT_EQ(units.text(0, "first_day"), "");
}
