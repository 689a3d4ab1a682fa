#pragma once
// A FeatureTable as GeoJSON (RFC 7946): WGS 84, right-hand rings, no crs member, the same bytes for the same table.

#include "geo/features.hpp"

#include <string>
#include <string_view>

namespace harmattan::geo {

/// `decimals` of the coordinates, 0 … 9 (7: 1 cm). One feature a line, with `bbox`. Several parts make a
/// Multi-geometry; properties that are null are left away; numbers are in their shortest exact form, such as are not
/// finite null. A ring that collapses in rounding is left away; a feature that does has a null geometry.
std::string to_geojson(const FeatureTable& table, int decimals = 5);

/// Properties alone, one row a feature, RFC 4180 with LF; texts that a spreadsheet would run as a formula (they begin
/// with = + - @, tab or CR and are not numbers) get an apostrophe in front.
std::string to_csv(const FeatureTable& table);

} // namespace harmattan::geo
