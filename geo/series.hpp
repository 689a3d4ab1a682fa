#pragma once
// Incidents along time: by calendar month, and those of a period. An event belongs to the day it began (first_day), so
// that an event of several days counts once.

#include "geo/events.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace harmattan::geo {

struct MonthCount {
    int year = 0, month = 0; ///< 1 to 12
    std::uint64_t events = 0;
    double weight = 0;        ///< Σ weight, in the order of the events
    bool partial = false;     ///< the period begins after the first or ends before the last day of the month
    bool beyond_data = false; ///< no event of the table is as early or as late as this month: its 0 may be want of data
};

/// One entry for every month from the period's first to its last, those without events too.
struct MonthlyCounts {
    std::vector<MonthCount> months;
    Day first = no_day, last = no_day; ///< the period: as asked for, else the days of the first and last event
    Day first_event = no_day, last_event = no_day; ///< of all dated events, whatever the period
    /// In the period; without a date; dated before or after the period
    std::uint64_t events = 0, undated = 0, outside = 0;
    double weight = 0, undated_weight = 0, outside_weight = 0;
};

/// `from` and `to` are inclusive. Without dated events there are no months unless both are given.
/// Throws Error usage where from lies after to.
MonthlyCounts monthly_counts(const Events& events, std::optional<Day> from = {}, std::optional<Day> to = {});

/// The events that began within a period (ends inclusive), in their order.
struct PeriodEvents {
    Events events;
    std::uint64_t undated = 0, outside = 0; ///< left out
};
PeriodEvents events_between(const Events& events, Day first, Day last);

} // namespace harmattan::geo
