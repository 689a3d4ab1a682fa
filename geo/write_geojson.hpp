#pragma once
// A FeatureTable as GeoJSON (RFC 7946): WGS 84, right-hand rings, no crs member, the same bytes for the same table.

#include "geo/features.hpp"

#include <string>

namespace harmattan::geo {

/// `decimals` of the coordinates, 0 … 9.
std::string to_geojson(const FeatureTable& table, int decimals = 5);
/// Properties alone, one row a feature, RFC 4180; texts that a spreadsheet would run as a formula are quoted with '.
std::string to_csv(const FeatureTable& table);

} // namespace harmattan::geo
