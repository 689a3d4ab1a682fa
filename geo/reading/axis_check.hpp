#pragma once
// Longitude and latitude exchanged cannot be seen in one row: (13, 2) and (2, 13) are both places. Seen over the whole
// set they can: either the points lie in the countries that the table itself names, or their mirror images do.

#include "geo/read_events.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace harmattan::geo {

/// Code of the country a place lies in, empty at sea or where the region knows nothing.
using CountryAt = std::function<std::string(LonLat)>;
/// The same code for a country's name or code as tables write it, empty if unknown.
using CountryCode = std::function<std::string(std::string_view)>;

struct AxisEvidence {
    std::size_t tested = 0;    ///< events asked, at most 2,000, evenly out of all
    std::size_t as_is = 0;     ///< of these, in their country (or in any country, without a country column)
    std::size_t exchanged = 0; ///< the same with longitude and latitude exchanged
    bool by_country = false;   ///< against the country column; else only against the region's land

    /// By country: fewer than a tenth fit as they are and more than nine tenths exchanged. By land alone: of at least
    /// 10 events fewer than half lie in the region, and exchanged all but one in fifty. Land alone is weak: the mirror
    /// image of inland Niger is land too (not flagged), and a right table of Angola mirrors onto the Sahel (flagged).
    bool exchanged_axes() const;
};

/// Compares as many events as have a country that the region knows; where none has, all events with the region's land.
AxisEvidence weigh_axes(const EventImport& incidents, const CountryAt& country_at, const CountryCode& country_code);

/// Throws Error bad_data naming both columns where the axes are exchanged. Never exchanges them itself. Columns that
/// the user named are believed unless the country column speaks against them.
void check_axes(const EventImport& incidents, const CountryAt& country_at, const CountryCode& country_code);

} // namespace harmattan::geo
