#include "geo/day.hpp"
#include "geo/reading/dates.hpp"

#include <chrono>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace harmattan::geo {

namespace {

std::string iso(const char* text, DateRules rules = {}) {
    const ParsedDate parsed = parse_date(text, rules);
    switch (parsed.status) {
    case DateStatus::ok: return to_iso(parsed.day);
    case DateStatus::empty: return "empty";
    case DateStatus::bad: return "bad";
    case DateStatus::either: return "either";
    }
    return {};
}

} // namespace

TEST(Dates, EveryDayOfTwoCenturiesAgreesWithChrono) {
    using namespace std::chrono;
    constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    for (sys_days day = sys_days(year(1899) / 12 / 25); day < sys_days(year(2101) / 1 / 5); day += days(1)) {
        const year_month_day date(day);
        const int y = int(date.year()), m = int(unsigned(date.month())), d = int(unsigned(date.day()));
        const Day expected = static_cast<Day>(day.time_since_epoch().count());
        ASSERT_EQ(parse_date(fmt::format("{:04}-{:02}-{:02}", y, m, d), {}).day, expected);
        ASSERT_EQ(parse_date(fmt::format("{} {} {}", d, months[m - 1], y), {}).day, expected);
        ASSERT_EQ(parse_date(fmt::format("{}/{}/{}", d, m, y), {DateOrder::day_first}).day, expected);
        ASSERT_EQ(parse_date(fmt::format("{:02}/{:02}/{}", m, d, y), {DateOrder::month_first}).day, expected);
    }
}

TEST(Dates, FormsSeenInTheWild) {
    for (const char* text : {"2023-09-15",
                             "2023-9-15",
                             "2023/09/15",
                             "20230915",
                             "15 September 2023",
                             "15-September-2023",
                             "15-Sep-23",
                             "15-September-23",
                             "15 Sept. 2023",
                             "September 15, 2023",
                             "Sep 15 2023",
                             "15 septembre 2023",
                             "15/09/2023",
                             "9/15/2023",
                             "09/15/2023",
                             "15-09-2023",
                             "15.09.2023",
                             "2023-09-15 00:00:00.000",
                             "2023-09-15T06:30:00Z",
                             "2023-09-15 6:30 PM",
                             "09/15/2023 00:00:00",
                             "2023-09-15T00:00:00+01:00",
                             " 2023-09-15 ",
                             "15 SEPTEMBER 2023"}) {
        const DateOrder order = proven_order(text);
        EXPECT_EQ(iso(text, {order}), "2023-09-15") << text;
    }
    EXPECT_EQ(iso("1er mars 2024"), "2024-03-01");
    EXPECT_EQ(iso("9 août 2024"), "2024-08-09");
    EXPECT_EQ(iso("29 février 2024"), "2024-02-29");
}

TEST(Dates, WhatIsNoDayIsBad) {
    for (const char* text : {"2023-02-29", "2023-13-01",       "2023-00-10",  "2023-01-32",
                             "0000-01-01", "31 June 2023",     "2023",        "2023-09",
                             "Q3 2023",    "September 2023",   "yesterday",   "45184",
                             "31/31/2023", "00/10/2023",       "15 Foo 2023", "23-09-15",
                             "15.09.23",   "2023-09-15 noon",  "2023-09-15x", "15/09-2023",
                             "20231301",   "2023-09-15 25:00", "1/2/3",       "NaN",
                             "-"})
        EXPECT_EQ(iso(text), "bad") << text;
    EXPECT_EQ(iso(""), "empty");
    EXPECT_EQ(iso("  "), "empty");
}

TEST(Dates, DayAndMonthAreNotGuessed) {
    EXPECT_EQ(iso("05/06/2023"), "either");
    EXPECT_EQ(iso("05-06-2023"), "either");
    EXPECT_EQ(iso("15/09/2023"), "either") << "another row may prove that the month is first, and this one then is bad";
    EXPECT_EQ(iso("05/05/2023"), "2023-05-05");
    EXPECT_EQ(iso("05/06/2023", {DateOrder::day_first}), "2023-06-05");
    EXPECT_EQ(iso("05/06/2023", {DateOrder::month_first}), "2023-05-06");
    EXPECT_EQ(iso("15/09/2023", {DateOrder::month_first}), "bad");
    EXPECT_EQ(proven_order("15/09/2023"), DateOrder::day_first);
    EXPECT_EQ(proven_order("9/15/2023 10:00"), DateOrder::month_first);
    EXPECT_EQ(proven_order("30/2/2023"), DateOrder::unknown);
    EXPECT_EQ(proven_order("05/06/2023"), DateOrder::unknown);
    EXPECT_EQ(proven_order("2023-09-15"), DateOrder::unknown);
}

TEST(Dates, SerialDaysOnlyInWorkbooks) {
    const DateRules workbook{DateOrder::unknown, true};
    EXPECT_EQ(iso("45184", workbook), "2023-09-15");
    EXPECT_EQ(iso("45184.75", workbook), "2023-09-15");
    EXPECT_EQ(iso("61", workbook), "1900-03-01");
    EXPECT_EQ(iso("12", workbook), "bad");
    EXPECT_EQ(iso("45184"), "bad");
}

TEST(Dates, TwoDigitYearsTurnAt69) {
    EXPECT_EQ(iso("15-Sep-68"), "2068-09-15");
    EXPECT_EQ(iso("15-Sep-69"), "1969-09-15");
    EXPECT_EQ(iso("9/15/23", {DateOrder::month_first}), "2023-09-15");
}

} // namespace harmattan::geo
