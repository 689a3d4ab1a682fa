#include "geo/density/raster.hpp"

#include "density_events.hpp"
#include "density_oracle.hpp"
#include "geo/crs_transform.hpp"
#include "geo/error.hpp"

#include <gtest/gtest.h>
#include <proj.h>

namespace harmattan::geo {
namespace {

const char* const laea = "+proj=laea +lat_0=15.5 +lon_0=3.25 +datum=WGS84 +units=m +no_defs";

FieldOptions options_of(double sigma_km) {
    FieldOptions o;
    o.bandwidth_m = sigma_km * 1000;
    return o;
}

std::vector<float> read(DensityRaster& raster, std::int64_t at_once = 1 << 20) {
    const RasterGrid& g = raster.grid();
    std::vector<float> out(static_cast<std::size_t>(g.cells()));
    for (std::int64_t first = 0; first < g.rows; first += at_once) {
        const std::int64_t rows = std::min(at_once, g.rows - first);
        raster.read_rows(first, rows,
                         std::span(out).subspan(static_cast<std::size_t>(first * g.columns),
                                                static_cast<std::size_t>(rows * g.columns)));
    }
    return out;
}

/// Longitude and latitude of a cell's centre by a PROJ pipeline of the test's own.
LonLat centre(const RasterGrid& g, std::int64_t c, std::int64_t r) {
    static PJ_CONTEXT* context = proj_context_create();
    PJ* pj = proj_create_crs_to_crs(context, (g.crs + (g.crs.starts_with('+') ? " +type=crs" : "")).c_str(),
                                    "OGC:CRS84", nullptr);
    PJ* normal = proj_normalize_for_visualization(context, pj);
    const PJ_COORD out = proj_trans(normal, PJ_FWD, proj_coord(g.centre_x(c), g.centre_y(r), 0, 0));
    proj_destroy(pj), proj_destroy(normal);
    return {out.xy.x, out.xy.y};
}

class AnyCrs : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Raster, AnyCrs,
                         testing::Values("", laea, "EPSG:3857", "EPSG:4326", "EPSG:32631", "ESRI:102022"));

TEST_P(AnyCrs, CellCentresHoldTheTrueDensity) {
    const Events events = test::made_up({});
    const FieldOptions options = options_of(25);
    const Field field = build_field(events, options);
    RasterRequest request;
    request.crs = GetParam();
    DensityRaster raster(field, raster_grid(field, request), nullptr, 2);
    const RasterGrid& g = raster.grid();
    const std::vector<float> cells = read(raster);
    std::mt19937 engine(11);
    std::vector<LonLat> places;
    std::vector<double> values;
    for (int i = 0; i < 500; ++i) {
        const auto k = static_cast<std::int64_t>(engine() % cells.size());
        places.push_back(centre(g, k % g.columns, k / g.columns));
        values.push_back(static_cast<double>(cells[static_cast<std::size_t>(k)]));
    }
    const test::Errors e = test::compare(events, options, field, places, values);
    std::printf("%s: ", g.crs.c_str());
    test::print("raster", options, e);
    EXPECT_LE(e.of_peak, 0.002);
    EXPECT_LE(e.pointwise, 0.01);
    EXPECT_GT(e.above, 25u);
}

TEST_P(AnyCrs, BandsAndThreadsDoNotMatter) {
    const Field field = build_field(test::made_up({.events = 400}), options_of(50));
    RasterRequest request;
    request.crs = GetParam();
    const RasterGrid g = raster_grid(field, request);
    DensityRaster one(field, g, nullptr, 1), eight(field, g, nullptr, 8);
    const std::vector<float> whole = read(one);
    EXPECT_EQ(whole, read(eight, 37));
    EXPECT_EQ(whole, read(one, 100));
}

TEST(Raster, OfTheAnalysisGridIsTheNodes) {
    const Field field = build_field(test::made_up({.events = 400}), options_of(50));
    DensityRaster raster(field, raster_grid(field, {}), nullptr, 1);
    const RasterGrid& g = raster.grid();
    EXPECT_EQ(g.step_x, field.step_m());
    double sum = 0, peak = 0;
    for (const float v : read(raster)) sum += static_cast<double>(v), peak = std::max(peak, static_cast<double>(v));
    EXPECT_NEAR(sum * g.step_x * g.step_y / 1e6, 400, 0.2);
    EXPECT_NEAR(peak, field.peak(), 1e-6 * peak);
}

TEST(Raster, TakesTheExtentAndResolutionAskedFor) {
    const Field field = build_field(test::made_up({.events = 100}), options_of(50));
    const RasterGrid g = raster_grid(field, {laea, Extent<Projected>{-2375680, -1278000, 2375680, 1394640}, 1160});
    EXPECT_EQ(g.columns, 4096);
    EXPECT_EQ(g.rows, 2304);
    const RasterGrid odd = raster_grid(field, {"EPSG:4326", Extent<Projected>{-10, 5, 10, 20}, 0.3});
    EXPECT_EQ(odd.columns, 67); // 66.7: it grows to the east …
    EXPECT_EQ(odd.rows, 50);
    EXPECT_EQ(odd.max_y, 20); // … and the south
}

TEST(Raster, WithAMaskHasNodataOutside) {
    FeatureTable mask;
    mask.add_feature(GeometryType::polygon);
    const std::vector<LonLat> outer{{-5, 8}, {5, 8}, {5, 18}, {-5, 18}, {-5, 8}},
        hole{{-1, 12}, {1, 12}, {1, 14}, {-1, 14}, {-1, 12}};
    mask.add_part(outer), mask.add_part(hole);
    mask.add_feature(GeometryType::polygon); // lies over the first: together, not even-odd
    const std::vector<LonLat> other{{3, 10}, {9, 10}, {9, 11}, {3, 11}, {3, 10}};
    mask.add_part(other);
    const Field field = build_field(test::made_up({.events = 400}), options_of(80));
    for (const char* crs : {laea, "EPSG:4326"}) {
        const RasterGrid g = raster_grid(field, {crs, std::nullopt, std::string_view(crs) == laea ? 20'000.0 : 0.21});
        DensityRaster plain(field, g, nullptr, 1), masked(field, g, &mask, 2);
        const std::vector<float> all = read(plain), cut = read(masked, 33);
        std::size_t inside = 0;
        for (std::int64_t r = 0; r < g.rows; r += 3)
            for (std::int64_t c = 0; c < g.columns; c += 3) {
                const LonLat p = centre(g, c, r);
                const auto k = static_cast<std::size_t>(r * g.columns + c);
                const bool in = (p.lon > -5 && p.lon < 5 && p.lat > 8 && p.lat < 18 &&
                                 !(std::abs(p.lon) < 1 && p.lat > 12 && p.lat < 14)) ||
                                (p.lon > 3 && p.lon < 9 && p.lat > 10 && p.lat < 11);
                // Straight edges in degrees: places within 0.01° of one may fall to either side.
                const auto near = [&](double v, double edge) { return std::abs(v - edge) < 0.01; };
                bool on_edge = false;
                for (const double lon : {-5.0, -1.0, 1.0, 3.0, 5.0, 9.0}) on_edge |= near(p.lon, lon);
                for (const double lat : {8.0, 10.0, 11.0, 12.0, 14.0, 18.0}) on_edge |= near(p.lat, lat);
                if (on_edge) continue;
                EXPECT_EQ(std::isnan(cut[k]), !in) << crs << ' ' << p.lon << ' ' << p.lat;
                if (in) { EXPECT_EQ(cut[k], all[k]); }
                inside += in;
            }
        EXPECT_GT(inside, 100u);
    }
}

TEST(Raster, BeyondTheCrsIsNodata) {
    const Field field = build_field(test::made_up({.events = 100}), options_of(50));
    DensityRaster raster(field,
                         raster_grid(field, {"+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84",
                                             Extent<Projected>{-7e6, -7e6, 7e6, 7e6}, 100'000}),
                         nullptr, 1);
    const std::vector<float> cells = read(raster);
    EXPECT_TRUE(std::isnan(cells.front()));
    EXPECT_FALSE(std::isnan(cells[cells.size() / 2 + 70]));
}

TEST(Raster, RefusesGridsThatAreNone) {
    const Field field = build_field(test::made_up({.events = 100}), options_of(50));
    const Extent<Projected> box{0, 0, 10, 10};
    EXPECT_THROW(raster_grid(field, {"EPSG:0", std::nullopt, std::nullopt}), Error);
    EXPECT_THROW(raster_grid(field, {"north of here", std::nullopt, std::nullopt}), Error);
    EXPECT_THROW(raster_grid(field, {"EPSG:4978", std::nullopt, std::nullopt}), Error); // geocentric
    EXPECT_THROW(raster_grid(field, {"EPSG:5773", std::nullopt, std::nullopt}), Error); // heights
    EXPECT_THROW(raster_grid(field, {"EPSG:4326", box, 0.0}), Error);
    EXPECT_THROW(raster_grid(field, {"EPSG:4326", box, 1e-12}), Error);
    EXPECT_THROW(raster_grid(field, {"EPSG:4326", (Extent<Projected>{10, 0, 0, 10}), 1.0}), Error);
}

} // namespace
} // namespace harmattan::geo
