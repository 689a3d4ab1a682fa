#pragma once
// Which of the allowed vector formats a file holds, told from its bytes and never from its name.

#include <filesystem>
#include <string_view>

namespace harmattan::geo {

enum class VectorFormat { geojson, geopackage, shapefile, flatgeobuf, xlsx };

std::string_view format_name(VectorFormat format); ///< "GeoJSON", "GeoPackage", "Shapefile", "FlatGeobuf", "XLSX"
const char* gdal_driver(VectorFormat format);      ///< GDAL's name of the driver

/// Reads the first bytes (and a zip's directory). Throws Error bad_data where the content is none of the five, naming
/// what it looks like (a zip, gzip, XML, Parquet, text in UTF-16) and how to convert it.
VectorFormat detect_vector_format(const std::filesystem::path& file);

} // namespace harmattan::geo
