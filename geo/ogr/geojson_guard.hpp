#pragma once
// Looks through a GeoJSON file before GDAL does. Why: a "crs" member that is a link makes GDAL 3.6 fetch the address or
// open the file it names, however few drivers are allowed.

#include <filesystem>
#include <string_view>

namespace harmattan::geo {

/// Throws Error bad_data where any "crs" member, at any depth and however escaped, is neither null nor a name like
/// "urn:ogc:def:crs:…", "EPSG:…" or "OGC:…"; the message names the line.
/// Cost: one pass over the strings, about 1 GB/s. Ill-formed JSON is left to the reader.
void guard_geojson(std::string_view text, const std::filesystem::path& file);
void guard_geojson(const std::filesystem::path& file);

} // namespace harmattan::geo
