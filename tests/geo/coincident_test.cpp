#include "geo/coincident.hpp"
#include "geo/day.hpp"

#include <gtest/gtest.h>

using namespace harmattan::geo;

namespace {

Events events_at(std::initializer_list<LonLatE7> places) {
    Events events;
    for (const LonLatE7& at : places) {
        events.at.push_back(at);
        events.precision.push_back(Precision::place);
    }
    return events;
}

} // namespace

TEST(Coincident, EventsOfOnePointBecomeOneFeature) {
    Events events = events_at({{10, 20}, {30, 40}, {10, 20}, {10, 20}});
    events.weight = {1, 2, 3, 0.5f};
    events.precision = {Precision::place, Precision::near, Precision::district, Precision::place};
    events.first_day = {*day_from(2025, 7, 3), *day_from(2025, 1, 1), *day_from(2025, 6, 30), no_day};
    events.last_day = {*day_from(2025, 7, 9), no_day, no_day, no_day};
    const FeatureTable table = coincident_events(events);
    ASSERT_EQ(table.size(), 2u);
    EXPECT_EQ(table.part(0)[0], (LonLatE7{10, 20}.degrees()));
    EXPECT_EQ(table.text(0, "count"), "3");
    EXPECT_EQ(table.text(0, "weight"), "4.5");
    EXPECT_EQ(table.text(0, "coarse"), "1");
    EXPECT_EQ(table.text(0, "precision"), "place");
    EXPECT_EQ(table.text(0, "first_day"), "2025-06-30");
    EXPECT_EQ(table.text(0, "last_day"), "2025-07-09");
    EXPECT_EQ(table.text(1, "last_day"), "2025-01-01");
}

TEST(Coincident, TheGreatestComesFirstThenSouthWest) {
    const FeatureTable table = coincident_events(events_at({{5, 9}, {7, 1}, {2, 1}, {3, 9}, {3, 9}}));
    std::vector<LonLat> want = {LonLatE7{3, 9}.degrees(), LonLatE7{2, 1}.degrees(), LonLatE7{7, 1}.degrees(),
                                LonLatE7{5, 9}.degrees()};
    EXPECT_EQ(table.vertices, want);
    EXPECT_EQ(table.find_column("first_day"), nullptr);
}

TEST(Coincident, NoEventsNoFeatures) { EXPECT_EQ(coincident_events(Events{}).size(), 0u); }
