#include "geo/series.hpp"

#include "geo/day.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::geo {

namespace {

int months_since_year_0(Day day) {
    const CivilDate date = civil_date(day);
    return date.year * 12 + date.month - 1;
}

Day first_of_month(int year, int month) { return *day_from(year, month, 1); }
Day last_of_month(int year, int month) {
    return (month == 12 ? first_of_month(year + 1, 1) : first_of_month(year, month + 1)) - 1;
}

/// Every month of the period, with nothing counted yet.
std::vector<MonthCount> months_of(const MonthlyCounts& series) {
    const auto before_data = [&](Day last) { return series.first_event == no_day || last < series.first_event; };
    std::vector<MonthCount> months;
    for (int m = months_since_year_0(series.first); m <= months_since_year_0(series.last); ++m) {
        MonthCount count;
        count.month = (m % 12 + 12) % 12 + 1;
        count.year = (m - (count.month - 1)) / 12;
        const Day first = first_of_month(count.year, count.month), last = last_of_month(count.year, count.month);
        count.partial = series.first > first || series.last < last;
        count.beyond_data = before_data(last) || first > series.last_event;
        months.push_back(count);
    }
    return months;
}

} // namespace

MonthlyCounts monthly_counts(const Events& events, std::optional<Day> from, std::optional<Day> to) {
    if (from && to && *from > *to)
        throw Error(ErrorKind::usage, fmt::format("the period from {} to {} is empty; give the earlier day first",
                                                  to_iso(*from), to_iso(*to)));
    MonthlyCounts series;
    for (const Day day : events.first_day) {
        if (day == no_day) continue;
        if (series.first_event == no_day || day < series.first_event) series.first_event = day;
        if (series.last_event == no_day || day > series.last_event) series.last_event = day;
    }
    series.first = from.value_or(series.first_event), series.last = to.value_or(series.last_event);
    const bool has_period = series.first != no_day && series.last != no_day && series.first <= series.last;
    if (has_period) series.months = months_of(series);

    const int origin = has_period ? months_since_year_0(series.first) : 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double weight = events.weight_of(i);
        const Day day = events.first_day.empty() ? no_day : events.first_day[i];
        if (day == no_day) {
            ++series.undated, series.undated_weight += weight;
        } else if (!has_period || day < series.first || day > series.last) {
            ++series.outside, series.outside_weight += weight;
        } else {
            MonthCount& month = series.months[static_cast<std::size_t>(months_since_year_0(day) - origin)];
            ++month.events, month.weight += weight;
            ++series.events, series.weight += weight;
        }
    }
    return series;
}

PeriodEvents events_between(const Events& events, Day first, Day last) {
    PeriodEvents period;
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Day day = events.first_day.empty() ? no_day : events.first_day[i];
        if (day == no_day) ++period.undated;
        else if (day < first || day > last) ++period.outside;
        else rows.push_back(static_cast<std::uint32_t>(i));
    }
    period.events = select_events(events, rows);
    return period;
}

} // namespace harmattan::geo
