#pragma once
// Small vector files for tests: written as GeoJSON, brought into the other formats by GDAL.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace harmattan::test {

/// A FeatureCollection of the given features (JSON texts), with `members` ("\"crs\": …,") before them.
std::string feature_collection(const std::vector<std::string>& features, const std::string& members = "");

/// One feature with a geometry and properties, both JSON texts.
std::string feature(const std::string& geometry, const std::string& properties = "{}");

/// `from` written anew by the driver ("GPKG", "ESRI Shapefile", "FlatGeobuf", "XLSX"), with ogr2ogr's arguments.
std::filesystem::path translate(const std::filesystem::path& from, const std::string& driver,
                                const std::filesystem::path& to, const std::vector<std::string>& arguments = {});

/// A workbook of one sheet per entry: name and rows of cells. A cell that is a number is stored as one, one that begins
/// with "date:" as a serial day with a date style, an empty one not at all, any other as text.
std::filesystem::path
write_workbook(const std::filesystem::path& to,
               const std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>>& sheets);

/// Runs SQL on a GeoPackage.
void execute_sql(const std::filesystem::path& file, const std::vector<std::string>& statements);

} // namespace harmattan::test
