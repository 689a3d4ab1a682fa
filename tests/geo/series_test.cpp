#include "geo/series.hpp"

#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/read_events.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <numeric>

namespace harmattan::geo {
namespace {

Day day(std::string_view iso) { return *parse_iso_day(iso); }

Events dated(std::initializer_list<std::string_view> dates) {
    Events events;
    for (const std::string_view iso : dates) {
        events.at.push_back({});
        events.precision.push_back(Precision::place);
        events.first_day.push_back(iso.empty() ? no_day : day(iso));
        events.weight.push_back(static_cast<float>(events.at.size()));
    }
    return events;
}

EventImport demo() {
    ReadEventsOptions options;
    options.schema_dir = HARMATTAN_TEST_DATA "/schemas";
    options.weight = "fatalities";
    options.keep_columns = {"event_type", "admin1"};
    return read_events(HARMATTAN_TEST_DATA "/demo/incidents.csv", options);
}

TEST(MonthlyCounts, HoldEveryMonthFromTheFirstToTheLastEvent) {
    const MonthlyCounts series = monthly_counts(dated({"2024-11-01", "2025-02-28", "", "2024-11-30", "2025-02-01"}));
    ASSERT_EQ(series.months.size(), 4u);
    EXPECT_EQ(series.months[0].year, 2024);
    EXPECT_EQ(series.months[0].month, 11);
    EXPECT_EQ(series.months[1].month, 12);
    EXPECT_EQ(series.months[2].year, 2025);
    EXPECT_EQ(series.months[2].month, 1);
    EXPECT_EQ(series.months[0].events, 2u);
    EXPECT_EQ(series.months[0].weight, 5);
    EXPECT_EQ(series.months[1].events, 0u);
    EXPECT_EQ(series.months[3].events, 2u);
    for (const MonthCount& m : series.months)
        EXPECT_FALSE(m.partial || m.beyond_data) << m.month; // begins on a 1st, ends on a 28th
    EXPECT_EQ(series.undated, 1u);
    EXPECT_EQ(series.undated_weight, 3);
    EXPECT_EQ(series.events, 4u);
    EXPECT_EQ(series.weight, 12);
}

TEST(MonthlyCounts, SayWhichMonthsAreOnlyPartlyCovered) {
    const Events events = dated({"2025-03-02", "2025-04-10", "2025-05-30", "2025-05-31"});
    const MonthlyCounts own = monthly_counts(events);
    EXPECT_TRUE(own.months[0].partial); // the data begin on the 2nd
    EXPECT_FALSE(own.months[1].partial);
    EXPECT_FALSE(own.months[2].partial);

    const MonthlyCounts asked = monthly_counts(events, day("2025-03-01"), day("2025-05-30"));
    EXPECT_FALSE(asked.months[0].partial); // whoever asks from the 1st knows that the data reach back to it
    EXPECT_TRUE(asked.months[2].partial);
    EXPECT_EQ(asked.months[2].events, 1u);
    EXPECT_EQ(asked.outside, 1u);
    EXPECT_EQ(asked.outside_weight, 4);

    const MonthlyCounts wide = monthly_counts(events, day("2025-01-15"), day("2025-07-01"));
    ASSERT_EQ(wide.months.size(), 7u);
    EXPECT_TRUE(wide.months[0].partial && wide.months[0].beyond_data);
    EXPECT_TRUE(!wide.months[1].partial && wide.months[1].beyond_data);
    EXPECT_FALSE(wide.months[2].beyond_data);
    EXPECT_FALSE(wide.months[4].beyond_data);
    EXPECT_TRUE(wide.months[5].beyond_data);
    EXPECT_TRUE(wide.months[6].partial);
    EXPECT_EQ(wide.first_event, day("2025-03-02"));
    EXPECT_EQ(wide.last_event, day("2025-05-31"));

    EXPECT_TRUE(monthly_counts(events, day("2025-04-10"), day("2025-04-10")).months[0].partial);
}

TEST(MonthlyCounts, OfNothingOrOfEventsWithoutDates) {
    EXPECT_TRUE(monthly_counts(Events{}).months.empty());
    Events undated = dated({"", ""});
    undated.first_day.clear();
    EXPECT_EQ(monthly_counts(undated).undated, 2u);
    EXPECT_TRUE(monthly_counts(undated, day("2025-01-01")).months.empty());
    const MonthlyCounts asked = monthly_counts(undated, day("2025-01-01"), day("2025-02-28"));
    ASSERT_EQ(asked.months.size(), 2u);
    EXPECT_TRUE(asked.months[0].beyond_data);
    EXPECT_EQ(monthly_counts(dated({"2025-01-05"}), day("2026-01-01")).outside, 1u); // after the last event: no period
    EXPECT_THROW(monthly_counts(Events{}, day("2025-02-01"), day("2025-01-01")), Error);
}

TEST(MonthlyCounts, CrossTheYear1AndKeepTheCalendar) {
    const MonthlyCounts series = monthly_counts(Events{}, *day_from(-1, 11, 1), *day_from(1, 2, 28));
    ASSERT_EQ(series.months.size(), 16u);
    EXPECT_EQ(series.months[0].year, -1);
    EXPECT_EQ(series.months[0].month, 11);
    EXPECT_EQ(series.months[2].year, 0);
    EXPECT_EQ(series.months[2].month, 1);
    EXPECT_EQ(series.months[15].month, 2);
    for (const MonthCount& m : series.months) EXPECT_FALSE(m.partial);
}

TEST(MonthlyCounts, OfTheDemoAreThoseOfItsText) {
    std::map<std::string, std::uint64_t> by_month; // the second field of each line, its first seven letters
    std::ifstream in(HARMATTAN_TEST_DATA "/demo/incidents.csv");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) ++by_month[line.substr(line.find(',') + 1, 7)];

    const EventImport import = demo();
    const MonthlyCounts series = monthly_counts(import.events);
    ASSERT_EQ(series.months.size(), by_month.size());
    std::size_t i = 0;
    for (const auto& [month, events] : by_month) {
        char name[8];
        std::snprintf(name, sizeof name, "%04d-%02d", series.months[i].year, series.months[i].month);
        EXPECT_EQ(name, month);
        EXPECT_EQ(series.months[i].events, events) << month;
        ++i;
    }
    EXPECT_EQ(series.events, import.events.size());
    double weight = 0;
    for (std::size_t e = 0; e < import.events.size(); ++e) weight += import.events.weight_of(e);
    EXPECT_EQ(series.weight, weight);
}

TEST(EventsBetween, AreASubsetWithAllColumns) {
    const Events all = demo().events;
    ASSERT_EQ(all.columns.size(), 3u); // the country besides those asked for
    const Day first = day("2025-07-01"), last = day("2025-07-31");
    const PeriodEvents july = events_between(all, first, last);
    std::size_t row = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all.first_day[i] < first || all.first_day[i] > last) continue;
        ASSERT_LT(row, july.events.size());
        EXPECT_EQ(july.events.at[row], all.at[i]);
        EXPECT_EQ(july.events.precision[row], all.precision[i]);
        EXPECT_EQ(july.events.weight[row], all.weight[i]);
        EXPECT_EQ(july.events.first_day[row], all.first_day[i]);
        for (std::size_t c = 0; c < all.columns.size(); ++c)
            EXPECT_EQ(july.events.columns[c].values[july.events.columns[c].index[row]],
                      all.columns[c].values[all.columns[c].index[i]]);
        ++row;
    }
    EXPECT_EQ(row, july.events.size());
    EXPECT_EQ(july.outside + july.events.size(), all.size());
    EXPECT_EQ(july.events.spread_m, all.spread_m);
    for (const TextColumn& column : july.events.columns) { // each value once, in order of first appearance
        std::uint32_t next = 0;
        for (const std::uint32_t value : column.index)
            if (value >= next) { EXPECT_EQ(value, next++); }
        EXPECT_EQ(next, column.values.size());
    }
}

TEST(EventsBetween, LeaveUndatedEventsOutAndSayHowMany) {
    const PeriodEvents some =
        events_between(dated({"2025-01-01", "", "2025-01-31", "2025-02-01"}), day("2025-01-01"), day("2025-01-31"));
    EXPECT_EQ(some.events.size(), 2u);
    EXPECT_EQ(some.undated, 1u);
    EXPECT_EQ(some.outside, 1u);
    EXPECT_TRUE(some.events.last_day.empty());
    Events none = dated({"", ""});
    none.first_day.clear();
    EXPECT_EQ(events_between(none, 0, 1).undated, 2u);
}

} // namespace
} // namespace harmattan::geo
