#include "geo/ogr/open.hpp"

#include "geo/error.hpp"
#include "geo/input_file.hpp"
#include "geo/nearest_name.hpp"
#include "geo/ogr/geojson_guard.hpp"
#include "geo/ogr/messages.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <set>

namespace harmattan::geo {

namespace {

/// The real tables of a GeoPackage. Why: a view may run for ever (a recursive one does), a virtual table may run code.
std::set<std::string> plain_tables(GDALDataset& dataset) {
    std::set<std::string> names;
    OGRLayer* rows = dataset.ExecuteSQL(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'", nullptr, nullptr);
    if (!rows) return names;
    while (OGRFeatureUniquePtr row{rows->GetNextFeature()}) names.insert(row->GetFieldAsString(0));
    dataset.ReleaseResultSet(rows);
    return names;
}

void check_shapefile_parts(const std::filesystem::path& shp) {
    for (const char* extension : {".shx", ".dbf", ".prj", ".cpg", ".SHX", ".DBF", ".PRJ", ".CPG"}) {
        std::filesystem::path part = shp;
        part.replace_extension(extension);
        if (std::filesystem::exists(part)) require_regular_file(part, "shapefile");
    }
    for (const char* extension : {"shx", "dbf"}) {
        std::filesystem::path lower = shp, upper = shp;
        lower.replace_extension(std::string(".") + extension);
        upper.replace_extension(extension[0] == 's' ? ".SHX" : ".DBF");
        if (!std::filesystem::exists(lower) && !std::filesystem::exists(upper))
            throw Error(ErrorKind::bad_data, fmt::format("'{}' lies alone: its part '{}' is missing; copy it beside it",
                                                         shp.string(), lower.filename().string()));
    }
}

} // namespace

void CloseDataset::operator()(GDALDataset* dataset) const noexcept { GDALClose(GDALDataset::ToHandle(dataset)); }

bool costs_one_geometry(std::string_view text) {
    const auto says = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (says("FeatureCollection")) return false;
    return says("coordinate. Type is not double or integer") || says("got null object") ||
           says("Feature gets NULL geometry assigned") || says("Missing 'geometry' member") ||
           says("Missing 'coordinates' member") || says("Missing 'geometries' member");
}

VectorFile open_vector_file(const std::filesystem::path& file, const std::string& what) {
    require_regular_file(file, what);
    // why: a relative name could mean something else to a driver ("GPKG:…", "{…}"); an absolute one cannot
    VectorFile opened{std::filesystem::absolute(file), detect_vector_format(file), nullptr, {}};
    if (opened.format == VectorFormat::geojson) guard_geojson(file);
    if (opened.format == VectorFormat::shapefile) check_shapefile_parts(opened.path);
    require_regular_file(opened.path, what);

    const char* const drivers[] = {gdal_driver(opened.format), nullptr};
    GdalMessages messages(costs_one_geometry);
    opened.dataset.reset(GDALDataset::Open(
        opened.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, nullptr, nullptr));
    if (!opened.dataset || messages.failed())
        throw Error(ErrorKind::bad_data,
                    fmt::format("'{}' cannot be read as {}: {}", file.string(), format_name(opened.format),
                                messages.first_text("the driver gives no reason")));

    const bool check_tables = opened.format == VectorFormat::geopackage;
    const std::set<std::string> plain = check_tables ? plain_tables(*opened.dataset) : std::set<std::string>{};
    for (OGRLayer* layer : opened.dataset->GetLayers())
        if (!check_tables || plain.count(layer->GetName())) opened.tables.emplace_back(layer->GetName());
    if (opened.tables.empty())
        throw Error(ErrorKind::bad_data,
                    fmt::format("'{}' has no {} to read", file.string(),
                                check_tables ? "table of features (views are not read)" : "layer"));
    return opened;
}

OGRLayer& find_layer(VectorFile& file, const std::string& name) {
    if (std::find(file.tables.begin(), file.tables.end(), name) == file.tables.end())
        throw Error(ErrorKind::bad_data, fmt::format("'{}' has no layer '{}'{}; it has: {}", file.path.string(), name,
                                                     did_you_mean(name, file.tables), fmt::join(file.tables, ", ")));
    return *file.dataset->GetLayerByName(name.c_str());
}

} // namespace harmattan::geo
