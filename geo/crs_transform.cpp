#include "geo/crs_transform.hpp"

#include "geo/error.hpp"
#include "geo/proj_handles.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <numbers>
#include <string_view>

namespace harmattan::geo {

namespace {

bool is_map(PJ_TYPE type) {
    return type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS ||
           type == PJ_TYPE_COMPOUND_CRS || type == PJ_TYPE_BOUND_CRS;
}

struct Description {
    std::string name, datum, method, unit;
    int epsg = 0;
    bool geographic = false;
    double metres_per_unit = 1;
    std::vector<ProjectionParameter> parameters;
};

/// PROJ's text of an object, without "unknown" and what only says that.
std::string known_name(const PJ* object) {
    const char* name = object ? proj_get_name(object) : nullptr;
    if (!name || std::string_view(name).starts_with("unknown") || std::string_view(name).starts_with("Unknown"))
        return {};
    return name;
}

/// "WGS 84" rather than "World Geodetic System 1984 ensemble": the geographic CRS bears the short name, where there is
/// one.
std::string datum_name(PJ_CONTEXT* context, const PJ* horizontal) {
    const Pj geodetic(proj_crs_get_geodetic_crs(context, horizontal));
    if (!geodetic) return {};
    if (std::string name = known_name(geodetic.get()); !name.empty()) return name;
    const Pj datum(proj_crs_get_datum_forced(context, geodetic.get()));
    std::string name = known_name(datum.get());
    if (name == "World Geodetic System 1984") return "WGS 84";
    return name;
}

std::vector<ProjectionParameter> parameters_of(PJ_CONTEXT* context, const PJ* conversion) {
    std::vector<ProjectionParameter> parameters;
    const int count = proj_coordoperation_get_param_count(context, conversion);
    for (int i = 0; i < count; ++i) {
        const char *name = nullptr, *unit = nullptr;
        double value = 0;
        if (!proj_coordoperation_get_param(context, conversion, i, &name, nullptr, nullptr, &value, nullptr, nullptr,
                                           &unit, nullptr, nullptr, nullptr))
            continue;
        parameters.push_back({name ? name : "", value, unit ? unit : ""});
    }
    return parameters;
}

Description describe(PJ_CONTEXT* context, const PJ* crs) {
    Description d;
    Pj part;
    const PJ* horizontal = crs;
    for (PJ_TYPE type = proj_get_type(horizontal); type == PJ_TYPE_COMPOUND_CRS || type == PJ_TYPE_BOUND_CRS;
         type = proj_get_type(horizontal)) {
        part.reset(type == PJ_TYPE_COMPOUND_CRS ? proj_crs_get_sub_crs(context, horizontal, 0)
                                                : proj_get_source_crs(context, horizontal));
        if (!part) return d;
        horizontal = part.get();
    }
    d.name = known_name(horizontal);
    d.datum = datum_name(context, horizontal);
    d.geographic = proj_get_type(horizontal) != PJ_TYPE_PROJECTED_CRS;
    const char* authority = proj_get_id_auth_name(horizontal, 0);
    const char* code = proj_get_id_code(horizontal, 0);
    if (authority && code && std::string_view(authority) == "EPSG") d.epsg = std::atoi(code);

    const Pj system(proj_crs_get_coordinate_system(context, horizontal));
    double factor = 1;
    const char* unit = nullptr;
    if (system &&
        proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, &unit, nullptr, nullptr)) {
        d.metres_per_unit = d.geographic ? factor * 6371008.8 : factor;
        d.unit = unit ? unit : "";
    }
    if (d.geographic) return d;
    const Pj conversion(proj_crs_get_coordoperation(context, horizontal));
    const char* method = nullptr;
    if (conversion && proj_coordoperation_get_method_info(context, conversion.get(), &method, nullptr, nullptr)) {
        d.method = method ? method : "";
        d.parameters = parameters_of(context, conversion.get());
    }
    return d;
}

} // namespace

struct CrsTransform::Impl {
    ProjContext context{proj_context_create()}; // first, so that it goes last
    Pj to_wgs84;
    Description description;
    std::string wkt;
};

CrsTransform::CrsTransform(const std::string& crs) : m_impl(std::make_unique<Impl>()) {
    PJ_CONTEXT* context = m_impl->context.get();
    proj_log_level(context, PJ_LOG_NONE);
    proj_context_set_enable_network(context, 0);
    const auto refuse = [&](std::string_view why) {
        throw Error(ErrorKind::usage,
                    fmt::format("'{}' {}; give a code such as EPSG:32630, a PROJ string or WKT", crs, why));
    };
    std::string text = crs;
    if (text.find("+proj=") != std::string::npos && text.find("+type=crs") == std::string::npos) text += " +type=crs";
    const Pj source(proj_create(context, text.c_str()));
    if (!source) refuse("is no coordinate reference system that PROJ knows");
    if (!proj_is_crs(source.get()) || !is_map(proj_get_type(source.get()))) refuse("has no map coordinates");
    const Pj wgs84(proj_create(context, "OGC:CRS84"));
    const Pj plain(proj_create_crs_to_crs_from_pj(context, source.get(), wgs84.get(), nullptr, nullptr));
    if (!plain) refuse("cannot be brought to longitude and latitude");
    m_impl->to_wgs84.reset(proj_normalize_for_visualization(context, plain.get()));
    if (!m_impl->to_wgs84) refuse("cannot be brought to longitude and latitude");

    m_impl->description = describe(context, source.get());
    if (const char* wkt = proj_as_wkt(context, source.get(), PJ_WKT2_2019, nullptr)) m_impl->wkt = wkt;
}

CrsTransform::CrsTransform(CrsTransform&&) noexcept = default;
CrsTransform::~CrsTransform() = default;

double CrsTransform::metres_per_unit() const { return m_impl->description.metres_per_unit; }
const std::string& CrsTransform::unit() const { return m_impl->description.unit; }
bool CrsTransform::geographic() const { return m_impl->description.geographic; }
const std::string& CrsTransform::name() const { return m_impl->description.name; }
const std::string& CrsTransform::datum() const { return m_impl->description.datum; }
const std::string& CrsTransform::method() const { return m_impl->description.method; }
int CrsTransform::epsg() const { return m_impl->description.epsg; }
const std::vector<ProjectionParameter>& CrsTransform::parameters() const { return m_impl->description.parameters; }
const std::string& CrsTransform::wkt() const { return m_impl->wkt; }

std::vector<LonLat> CrsTransform::to_lonlat(std::span<const Point<Projected>> places) const {
    std::vector<LonLat> result;
    result.reserve(places.size());
    for (const auto& p : places) result.push_back({p.x, p.y});
    if (!result.empty())
        proj_trans_generic(m_impl->to_wgs84.get(), PJ_FWD, &result[0].lon, sizeof(LonLat), result.size(),
                           &result[0].lat, sizeof(LonLat), result.size(), nullptr, 0, 0, nullptr, 0, 0);
    return result;
}

std::vector<Point<Projected>> CrsTransform::from_lonlat(std::span<const LonLat> places) const {
    std::vector<Point<Projected>> result;
    result.reserve(places.size());
    for (const LonLat& p : places) result.push_back({p.lon, p.lat});
    if (!result.empty())
        proj_trans_generic(m_impl->to_wgs84.get(), PJ_INV, &result[0].x, sizeof(Point<Projected>), result.size(),
                           &result[0].y, sizeof(Point<Projected>), result.size(), nullptr, 0, 0, nullptr, 0, 0);
    return result;
}

LonLat CrsTransform::to_lonlat(Point<Projected> place) const { return to_lonlat(std::span(&place, 1)).front(); }
Point<Projected> CrsTransform::from_lonlat(LonLat place) const { return from_lonlat(std::span(&place, 1)).front(); }

} // namespace harmattan::geo
