#include "geo/reading/axis_check.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

#include <vector>

namespace harmattan::geo {

namespace {

constexpr std::size_t most_tested = 2000;

LonLat mirrored(LonLat p) { return {p.lat, p.lon}; }

/// Every n-th event of those that `wanted` admits, at most `most_tested`.
template <class Wanted>
std::vector<std::size_t> sample(std::size_t events, const Wanted& wanted) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < events; ++i)
        if (wanted(i)) all.push_back(i);
    if (all.size() <= most_tested) return all;
    std::vector<std::size_t> some;
    for (std::size_t k = 0; k < most_tested; ++k) some.push_back(all[k * all.size() / most_tested]);
    return some;
}

} // namespace

bool AxisEvidence::exchanged_axes() const {
    if (by_country) return tested > 0 && as_is * 10 < tested && exchanged * 10 > tested * 9;
    return tested >= 10 && as_is * 2 < tested && exchanged * 50 >= tested * 49;
}

AxisEvidence weigh_axes(const EventImport& incidents, const CountryAt& country_at, const CountryCode& country_code) {
    const Events& events = incidents.events;
    AxisEvidence evidence;
    const std::string& name = incidents.source.country_column;
    if (const TextColumn* countries = name.empty() ? nullptr : events.find_column(name)) {
        std::vector<std::string> codes;
        for (const std::string& value : countries->values) codes.push_back(country_code(value));
        const auto code_of = [&](std::size_t i) -> const std::string& { return codes[countries->index[i]]; };
        for (const std::size_t i : sample(events.size(), [&](std::size_t e) { return !code_of(e).empty(); })) {
            const LonLat at = events.at[i].degrees();
            ++evidence.tested;
            evidence.as_is += country_at(at) == code_of(i);
            evidence.exchanged += country_at(mirrored(at)) == code_of(i);
        }
        evidence.by_country = evidence.tested > 0;
        if (evidence.by_country) return evidence;
    }
    for (const std::size_t i : sample(events.size(), [](std::size_t) { return true; })) {
        const LonLat at = events.at[i].degrees();
        ++evidence.tested;
        evidence.as_is += !country_at(at).empty();
        evidence.exchanged += !country_at(mirrored(at)).empty();
    }
    return evidence;
}

void check_axes(const EventImport& incidents, const CountryAt& country_at, const CountryCode& country_code) {
    const AxisEvidence evidence = weigh_axes(incidents, country_at, country_code);
    const EventSource& source = incidents.source;
    if (!evidence.exchanged_axes() || (source.named_places && !evidence.by_country)) return;
    const std::string lon = source.lon_column.empty() ? "the geometry's x" : fmt::format("'{}'", source.lon_column);
    const std::string lat = source.lat_column.empty() ? "its y" : fmt::format("'{}'", source.lat_column);
    std::string change = "correct the geometry";
    if (!source.lon_column.empty()) {
        change = fmt::format("say --lon '{}' --lat '{}'", source.lat_column, source.lon_column);
        if (!evidence.by_country)
            change += fmt::format(", or --lon '{}' --lat '{}' if they are right", source.lon_column, source.lat_column);
    }
    throw Error(
        ErrorKind::bad_data,
        fmt::format(
            "longitude and latitude seem exchanged: with {} as longitude and {} as latitude {} of {} events lie in "
            "{}, exchanged {} do; {}",
            lon, lat, evidence.as_is, evidence.tested,
            evidence.by_country ? fmt::format("the country of their column '{}'", source.country_column)
                                : std::string("a country of the region"),
            evidence.exchanged, change))
        .at(source.file);
}

} // namespace harmattan::geo
