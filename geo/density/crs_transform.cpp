#include "geo/density/crs_transform.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>
#include <numbers>
#include <proj.h>

namespace harmattan::geo {

namespace {

template <auto Destroy>
struct Deleter {
    template <class T>
    void operator()(T* p) const noexcept { Destroy(p); }
};
using Context = std::unique_ptr<PJ_CONTEXT, Deleter<proj_context_destroy>>;
using Pj = std::unique_ptr<PJ, Deleter<proj_destroy>>;

bool is_map(PJ_TYPE type) {
    return type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS ||
           type == PJ_TYPE_COMPOUND_CRS || type == PJ_TYPE_BOUND_CRS;
}

} // namespace

struct CrsTransform::Impl {
    Context context{proj_context_create()}; // first, so that it goes last
    Pj to_wgs84;
    double metres_per_unit = 1;
    std::string wkt;
};

CrsTransform::CrsTransform(const std::string& crs) : m_impl(std::make_unique<Impl>()) {
    PJ_CONTEXT* context = m_impl->context.get();
    proj_log_level(context, PJ_LOG_NONE);
    proj_context_set_enable_network(context, 0);
    const auto refuse = [&](std::string_view why) {
        throw Error(ErrorKind::usage, fmt::format("'{}' {}; give a code such as EPSG:32630, a PROJ string or WKT", crs, why));
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

    const Pj system(proj_crs_get_coordinate_system(context, source.get()));
    double factor = 1;
    const char* unit = nullptr;
    if (system && proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, &unit, nullptr, nullptr)) {
        const bool angle = proj_cs_get_type(context, system.get()) == PJ_CS_TYPE_ELLIPSOIDAL;
        m_impl->metres_per_unit = angle ? factor * 6371008.8 : factor;
    }
    if (const char* wkt = proj_as_wkt(context, source.get(), PJ_WKT2_2019, nullptr)) m_impl->wkt = wkt;
}

CrsTransform::CrsTransform(CrsTransform&&) noexcept = default;
CrsTransform::~CrsTransform() = default;

double CrsTransform::metres_per_unit() const { return m_impl->metres_per_unit; }
const std::string& CrsTransform::wkt() const { return m_impl->wkt; }

std::vector<LonLat> CrsTransform::to_lonlat(std::span<const Point<RasterCrs>> places) const {
    std::vector<LonLat> result;
    result.reserve(places.size());
    for (const auto& p : places) result.push_back({p.x, p.y});
    if (!result.empty())
        proj_trans_generic(m_impl->to_wgs84.get(), PJ_FWD, &result[0].lon, sizeof(LonLat), result.size(), &result[0].lat,
                           sizeof(LonLat), result.size(), nullptr, 0, 0, nullptr, 0, 0);
    return result;
}

std::vector<Point<RasterCrs>> CrsTransform::from_lonlat(std::span<const LonLat> places) const {
    std::vector<Point<RasterCrs>> result;
    result.reserve(places.size());
    for (const LonLat& p : places) result.push_back({p.lon, p.lat});
    if (!result.empty())
        proj_trans_generic(m_impl->to_wgs84.get(), PJ_INV, &result[0].x, sizeof(Point<RasterCrs>), result.size(), &result[0].y,
                           sizeof(Point<RasterCrs>), result.size(), nullptr, 0, 0, nullptr, 0, 0);
    return result;
}

} // namespace harmattan::geo
