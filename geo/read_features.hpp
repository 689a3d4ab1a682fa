#pragma once
// Reads any vector file that GDAL opens by the allow-list (GeoJSON, GeoPackage, Shapefile, FlatGeobuf) into a
// FeatureTable in WGS 84. The driver is chosen by the file's content, never by its name alone; a data file cannot make
// the program reach the network or another file.

#include "geo/features.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace harmattan::geo {

struct ReadFeaturesOptions {
    std::string layer;                  ///< empty: the only (or first) layer
    std::optional<LonLatBox> meeting;   ///< only features whose envelope meets the box
};

/// What was met on the way and left out or mended.
struct FeatureNotes {
    std::uint64_t null_geometries = 0, non_finite = 0, repaired = 0;
};

struct FeatureImport {
    FeatureTable table;
    FeatureNotes notes;
};

/// Throws Error: no_input (absent, not a regular file, a /vsi or URL name), bad_data (no driver knows it, truncated,
/// no CRS where the format needs one). Coordinates in another CRS are brought to WGS 84 by PROJ.
FeatureImport read_features(const std::filesystem::path& file, const ReadFeaturesOptions& options = {});

} // namespace harmattan::geo
