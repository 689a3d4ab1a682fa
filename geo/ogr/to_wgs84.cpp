#include "geo/ogr/to_wgs84.hpp"

#include "geo/error.hpp"
#include "geo/ogr/messages.hpp"

#include <fmt/format.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace harmattan::geo {

namespace {

bool is_wgs84(const OGRSpatialReference& crs) {
    const char* authority = crs.GetAuthorityName(nullptr);
    const char* code = crs.GetAuthorityCode(nullptr);
    if (authority && code) {
        const std::string_view a = authority, c = code;
        if ((a == "EPSG" && (c == "4326" || c == "4979")) || (a == "OGC" && (c == "CRS84" || c == "CRS84h")))
            return true;
    }
    if (!crs.IsGeographic()) return false;
    OGRSpatialReference wgs84;
    wgs84.SetWellKnownGeogCS("WGS84");
    const char* const loose[] = {"CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
                                 "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
    return crs.IsSame(&wgs84, loose) != 0;
}

std::string without_crs(OGRLayer& layer, const std::string& file) {
    OGREnvelope box;
    const bool degrees = layer.GetExtent(&box, TRUE) == OGRERR_NONE && box.MinX >= -180.0 && box.MaxX <= 180.0 &&
                         box.MinY >= -90.0 && box.MaxY <= 90.0;
    const bool shapefile = std::string_view(file).size() > 4 && (file.ends_with(".shp") || file.ends_with(".SHP"));
    const std::string missing = shapefile ? fmt::format("'{}' has no .prj, so its coordinate system is unknown", file)
                                          : fmt::format("'{}' names no coordinate system for its layer", file);
    if (degrees)
        return missing + "; its numbers look like degrees: if they are, give it EPSG:4326 (ogr2ogr -a_srs EPSG:4326 "
                         "out.gpkg IN)";
    return missing +
           "; its numbers are not degrees: find its EPSG code and set it (ogr2ogr -a_srs EPSG:CODE out.gpkg IN)";
}

} // namespace

ToWgs84::ToWgs84(OGRLayer& layer, const std::string& assume_crs, const std::string& file) {
    const OGRSpatialReference* named = layer.GetSpatialRef();
    OGRSpatialReference source;
    if (named && !named->IsEmpty() && !named->IsLocal()) {
        source = *named;
    } else {
        if (assume_crs.empty()) throw Error(ErrorKind::bad_data, without_crs(layer, file));
        const char* const limits[] = {"ALLOW_NETWORK_ACCESS=NO", "ALLOW_FILE_ACCESS=NO", nullptr};
        if (source.SetFromUserInput(assume_crs.c_str(), limits) != OGRERR_NONE)
            throw Error(ErrorKind::usage,
                        fmt::format("'{}' is no coordinate system; give a code such as EPSG:32630", assume_crs));
    }
    m_source_name = source.GetName() ? source.GetName() : "unnamed";
    if (is_wgs84(source)) return;

    GdalMessages messages;
    source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRSpatialReference wgs84;
    wgs84.SetWellKnownGeogCS("WGS84");
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    m_transformation.reset(OGRCreateCoordinateTransformation(&source, &wgs84));
    if (!m_transformation)
        throw Error(ErrorKind::bad_data, fmt::format("'{}': no way from '{}' to WGS 84: {}", file, m_source_name,
                                                     messages.first_text("PROJ knows none")));
}

ToWgs84::~ToWgs84() = default;

void ToWgs84::apply(std::span<LonLat> at) const {
    if (!m_transformation) return;
    const GdalMessages unheard; // a point out of the projection's reach shows in its result
    constexpr std::size_t block = 256;
    std::array<double, block> x, y;
    std::array<int, block> done;
    for (std::size_t from = 0; from < at.size(); from += block) {
        const std::size_t count = std::min(block, at.size() - from);
        for (std::size_t i = 0; i < count; ++i) x[i] = at[from + i].lon, y[i] = at[from + i].lat;
        m_transformation->Transform(static_cast<int>(count), x.data(), y.data(), nullptr, done.data());
        constexpr double infinite = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < count; ++i)
            at[from + i] = done[i] ? LonLat{x[i], y[i]} : LonLat{infinite, infinite};
    }
}

} // namespace harmattan::geo
