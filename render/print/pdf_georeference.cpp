#include "render/print/pdf_georeference.hpp"

#include "geo/error.hpp"
#include "geo/proj_handles.hpp"

#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

using geo::Pj;
using PjList = std::unique_ptr<PJ_OBJ_LIST, geo::ProjDeleter<proj_list_destroy>>;

// A match of proj_identify at least this sure is the CRS, under whatever name (PROJ: 100 is certain, 90 is the same
// parameters under another name).
constexpr int sure = 90;

// The CRS as the PDF has it. Its latitudes and longitudes are of its own datum, not WGS 84's.
class PdfCrs {
public:
    explicit PdfCrs(const std::string& crs) : m_name(crs) {
        proj_log_level(m_context.get(), PJ_LOG_NONE);
        proj_context_set_enable_network(m_context.get(), 0);
        std::string text = crs;
        if (text.find("+proj=") != std::string::npos && text.find("+type=crs") == std::string::npos)
            text += " +type=crs";
        m_crs.reset(proj_create(m_context.get(), text.c_str()));
        if (!m_crs) refuse("is no coordinate reference system that PROJ knows");
        if (proj_get_type(m_crs.get()) == PJ_TYPE_BOUND_CRS)
            m_crs.reset(proj_get_source_crs(m_context.get(), m_crs.get()));
        if (proj_get_type(m_crs.get()) == PJ_TYPE_COMPOUND_CRS)
            m_crs.reset(proj_crs_get_sub_crs(m_context.get(), m_crs.get(), 0));
        const PJ_TYPE type = m_crs ? proj_get_type(m_crs.get()) : PJ_TYPE_UNKNOWN;
        if (type != PJ_TYPE_PROJECTED_CRS && type != PJ_TYPE_GEOGRAPHIC_2D_CRS && type != PJ_TYPE_GEOGRAPHIC_3D_CRS)
            refuse("has no map coordinates");
        const Pj geodetic(proj_crs_get_geodetic_crs(m_context.get(), m_crs.get()));
        const Pj plain(
            geodetic ? proj_create_crs_to_crs_from_pj(m_context.get(), m_crs.get(), geodetic.get(), nullptr, nullptr)
                     : nullptr);
        if (plain) m_to_geodetic.reset(proj_normalize_for_visualization(m_context.get(), plain.get()));
        if (!m_to_geodetic) refuse("cannot be brought to longitude and latitude");
    }

    bool projected() const { return proj_get_type(m_crs.get()) == PJ_TYPE_PROJECTED_CRS; }

    /// 0: PROJ finds none.
    int epsg() const {
        const auto code_of = [](const PJ* crs) {
            const char *authority = proj_get_id_auth_name(crs, 0), *code = proj_get_id_code(crs, 0);
            return authority && code && std::string_view(authority) == "EPSG" ? std::atoi(code) : 0;
        };
        if (const int code = code_of(m_crs.get())) return code;
        int* confidence = nullptr;
        const PjList found(proj_identify(m_context.get(), m_crs.get(), "EPSG", nullptr, &confidence));
        const std::unique_ptr<int, geo::ProjDeleter<proj_int_list_destroy>> owner(confidence);
        if (!found || proj_list_get_count(found.get()) == 0 || confidence[0] < sure) return 0;
        const Pj best(proj_list_get(m_context.get(), found.get(), 0));
        return code_of(best.get());
    }

    /// ESRI's dialect, which Acrobat reads and GDAL too; GDAL's for what ESRI has no name for; may be empty.
    std::string wkt() const {
        const char* const options[] = {"MULTILINE=NO", nullptr};
        for (const PJ_WKT_TYPE dialect : {PJ_WKT1_ESRI, PJ_WKT1_GDAL})
            if (const char* wkt = proj_as_wkt(m_context.get(), m_crs.get(), dialect, options)) return wkt;
        return {};
    }

    struct LatLon {
        double lat, lon;
    };
    LatLon at(double x, double y) const {
        const PJ_COORD place = proj_trans(m_to_geodetic.get(), PJ_FWD, proj_coord(x, y, 0, HUGE_VAL));
        if (!std::isfinite(place.xy.x) || !std::isfinite(place.xy.y))
            refuse(fmt::format("does not reach ({}, {}), a corner of the map", x, y));
        return {place.xy.y, place.xy.x};
    }

    [[noreturn]] void refuse(std::string_view why) const {
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("'{}' {}; give a code such as EPSG:32630, a PROJ string or WKT", m_name, why));
    }

private:
    geo::ProjContext m_context{proj_context_create()}; // first, so that it goes last
    std::string m_name;
    Pj m_crs, m_to_geodetic;
};

// A number as PDF has it: without an exponent.
std::string number(double value, int digits) {
    std::string text = fmt::format("{:.{}f}", value, digits);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string literal(std::string_view text) {
    std::string out = "(";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '(' || c == ')' || c == '\\') out += {'\\', c};
        else if (byte < 0x20 || byte >= 0x7f) out += fmt::format("\\{:03o}", byte);
        else out += c;
    }
    return out + ')';
}

void add_viewport(PdfUpdate& update, const PdfViewport& viewport) {
    const Georeference& g = viewport.georeference;
    const PdfCrs crs(g.crs);
    const int epsg = crs.epsg();
    const std::string wkt = crs.wkt();
    if (epsg == 0 && wkt.empty())
        crs.refuse("has neither an EPSG code nor a form in WKT 1, which a georeferenced PDF needs");
    std::string system = crs.projected() ? "<< /Type /PROJCS" : "<< /Type /GEOGCS";
    if (epsg != 0) system += fmt::format(" /EPSG {}", epsg);
    if (!wkt.empty()) system += " /WKT " + literal(wkt);
    const int gcs = update.add(system + " >>");

    // The frame as a unit square from its lower left corner: south-west, north-west, north-east, south-east.
    const PixelExtent& f = g.frame;
    std::string places;
    for (const PixelPoint corner :
         {PixelPoint{f.min_x, f.max_y}, {f.min_x, f.min_y}, {f.max_x, f.min_y}, {f.max_x, f.max_y}}) {
        const PdfCrs::LatLon at = crs.at(g.x0 + corner.x * g.units_per_px, g.y0 - corner.y * g.units_per_px);
        // 10 digits: a hundredth of a millimetre
        places += fmt::format(" {} {}", number(at.lat, 10), number(at.lon, 10));
    }
    const int measure =
        update.add(fmt::format("<< /Type /Measure /Subtype /GEO /Bounds [0 0 0 1 1 1 1 0] /LPTS [0 0 0 1 1 1 1 0]\n"
                               "   /GPTS [{} ] /GCS {} 0 R >>",
                               places, gcs));
    const auto x = [&](double px) { return number(px * viewport.points_per_px, 6); };
    const auto y = [&](double px) { return number(viewport.page_height - px * viewport.points_per_px, 6); };
    update.extend(update.pages().at(viewport.page),
                  fmt::format("   /VP [ << /Type /Viewport /Name {} /BBox [{} {} {} {}] /Measure {} 0 R >> ]",
                              literal(viewport.name), x(f.min_x), y(f.max_y), x(f.max_x), y(f.min_y), measure));
}

} // namespace

void add_viewports(PdfUpdate& update, std::span<const PdfViewport> viewports) {
    if (viewports.empty()) return;
    for (const PdfViewport& viewport : viewports) add_viewport(update, viewport);
    update.extend(update.catalog(),
                  "   /Version /1.7\n   /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 3 >> >>");
}

} // namespace harmattan::render
