#pragma once
// Opening a vector file for reading, the same way for features and for event rows: regular file, format by content,
// exactly one driver, tables only. Included only where GDAL's own headers are.

#include "geo/ogr/format.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class GDALDataset;
class OGRLayer;

namespace harmattan::geo {

struct CloseDataset {
    void operator()(GDALDataset* dataset) const noexcept;
};

struct VectorFile {
    std::filesystem::path path;
    VectorFormat format = VectorFormat::geojson;
    std::unique_ptr<GDALDataset, CloseDataset> dataset;
    std::vector<std::string> tables; ///< layers that may be read, in the file's order (a GeoPackage's views are not)
};

/// What GDAL says when one GeoJSON feature's geometry cannot be used: the feature comes without it, and is counted so.
bool costs_one_geometry(std::string_view gdal_text);

/// Throws Error: no_input, bad_data (unknown content, damaged, a GeoJSON "crs" that is a link). `what` names the role
/// in messages. Reading needs a Runtime, and a
/// GdalMessages(costs_one_geometry) around it for what is said later.
VectorFile open_vector_file(const std::filesystem::path& file, const std::string& what);

/// The table of that name, with the near names in the Error (bad_data) where there is none.
OGRLayer& find_layer(VectorFile& file, const std::string& name);

} // namespace harmattan::geo
