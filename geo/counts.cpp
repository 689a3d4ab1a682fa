#include "geo/counts.hpp"

#include "geo/day.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::geo {

namespace {

struct Tally {
    std::uint64_t events = 0, coarse = 0;
    double weight = 0;
    Day first = no_day, last = no_day;

    void add(const Events& all, std::size_t i) {
        ++events;
        weight += all.weight_of(i);
        const Precision precision = all.precision[i];
        if (precision == Precision::district || precision == Precision::province || precision == Precision::unclear)
            ++coarse;
        if (all.first_day.empty() || all.first_day[i] == no_day) return;
        const Day from = all.first_day[i];
        const Day to = all.last_day.empty() || all.last_day[i] == no_day ? from : all.last_day[i];
        if (first == no_day || from < first) first = from;
        if (last == no_day || to > last) last = to;
    }
};

PropertyValue day_text(Day day) {
    if (day == no_day) return {};
    return to_iso(day);
}

void attach(FeatureTable& units, std::size_t unit, const Tally& tally) {
    const double area = area_km2(units, unit);
    units.set(unit, "incidents", static_cast<double>(tally.events));
    units.set(unit, "incidents_weight", tally.weight);
    units.set(unit, "incidents_coarse", static_cast<double>(tally.coarse));
    units.set(unit, "area_km2", std::round(area * 10) / 10);
    const double rate = static_cast<double>(tally.events) / area * 1000;
    units.set(unit, "per_1000_km2", area > 0 ? PropertyValue(std::round(rate * 1e4) / 1e4) : PropertyValue());
    units.set(unit, "first_day", day_text(tally.first));
    units.set(unit, "last_day", day_text(tally.last));
}

} // namespace

double area_km2(const FeatureTable& table, std::size_t feature) {
    if (table.type[feature] != GeometryType::polygon) return 0;
    double sum = 0;
    for (std::size_t p = table.part_begin[feature]; p < table.part_begin[feature + 1]; ++p)
        sum += signed_area_km2(table.part(p));
    return sum;
}

CountsSummary count_per_unit(const Events& events, FeatureTable& units) {
    return count_per_unit(events, units, AdminIndex(units));
}

CountsSummary count_per_unit(const Events& events, FeatureTable& units, const AdminIndex& index) {
    CountsSummary summary;
    std::vector<Tally> tallies(units.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::optional<std::size_t> unit = index.unit_at(events.at[i].degrees());
        if (unit) {
            ++summary.inside;
            tallies[*unit].add(events, i);
        } else {
            ++summary.outside;
            summary.outside_weight += events.weight_of(i);
        }
    }
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        summary.coarse += tallies[unit].coarse;
        if (units.type[unit] == GeometryType::polygon) attach(units, unit, tallies[unit]);
    }
    return summary;
}

} // namespace harmattan::geo
