#pragma once
// Reads any vector file that GDAL opens by the allow-list (GeoJSON, GeoPackage, Shapefile, FlatGeobuf) into a
// FeatureTable in WGS 84. The driver is chosen by the file's content, never by its name alone; a data file cannot make
// the program reach the network or another file. Needs a Runtime.

#include "geo/features.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::geo {

struct ReadFeaturesOptions {
    std::string layer;                ///< empty: the only (or first) layer
    std::optional<LonLatBox> meeting; ///< only features whose envelope meets the box
    std::string assume_crs;           ///< "EPSG:32630": for a layer that names no coordinate system
};

/// What was met on the way and left out or mended.
struct FeatureNotes {
    std::uint64_t null_geometries = 0; ///< null or empty: the feature is left out
    std::uint64_t non_finite = 0;      ///< NaN, infinite or not to be brought to WGS 84: the feature is left out
    std::uint64_t repaired = 0;        ///< polygons that were not valid and went through MakeValid
    std::vector<std::string> unread_layers;
    std::string format;     ///< "GeoJSON", "GeoPackage", …
    std::string source_crs; ///< "WGS 84 / UTM zone 30N"; coordinates were brought from it
};

/// Polygons are valid, outer rings counter-clockwise, holes clockwise. Multi-geometries become parts; a geometry
/// collection becomes one feature for each kind it holds (polygons, lines, points), with the same properties; Z and M
/// are dropped, curves become lines.
struct FeatureImport {
    FeatureTable table;
    FeatureNotes notes;
};

/// Throws Error: no_input (absent, not a regular file, a /vsi or URL name), bad_data (no driver knows it, truncated,
/// no CRS where the format needs one, text that is not UTF-8, coordinates that cannot be degrees). Coordinates in
/// another CRS are brought to WGS 84 by PROJ.
FeatureImport read_features(const std::filesystem::path& file, const ReadFeaturesOptions& options = {});

} // namespace harmattan::geo
