#include "render/prepare/pixel_geometry.hpp"

#include "scenes.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace harmattan::render {

namespace {

double distance(PixelPoint p, PixelPoint a, PixelPoint b) {
    const double dx = b.x - a.x, dy = b.y - a.y, l2 = dx * dx + dy * dy;
    const double t = l2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / l2, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

double distance(PixelPoint p, std::span<const PixelPoint> line) {
    double least = 1e9;
    for (std::size_t i = 1; i < line.size(); ++i) least = std::min(least, distance(p, line[i - 1], line[i]));
    return least;
}

constexpr double world_px(int zoom) { return 256.0 * (1 << zoom); }

} // namespace

TEST(Thinning, LeavesNoVertexFartherFromTheLineThanTheTolerance) {
    const geo::FeatureTable table = test::rivers();
    const SourceGeometry source = build_source_geometry(table, mercator_world(table.vertices), world_px(9));
    for (const int zoom : {3, 5, 7, 9}) {
        const PixelGeometry thin = build_pixel_geometry(source, world_px(zoom));
        for (std::size_t f = 0; f < table.size(); ++f)
            for (std::size_t v = table.vertex_begin[f]; v < table.vertex_begin[f + 1]; ++v) {
                const PixelPoint at{source.at[v].x * world_px(zoom), source.at[v].y * world_px(zoom)};
                EXPECT_LE(distance(at, thin.part_points(f)), thinning_px + 0.01) << "zoom " << zoom;
            }
    }
}

TEST(Thinning, KeepsFewerVerticesAtCoarserZoomsAndOnlyOnesTheFinerHave) {
    const geo::FeatureTable table = test::rivers();
    const SourceGeometry source = build_source_geometry(table, mercator_world(table.vertices), world_px(9));
    std::size_t before = 0;
    for (const int zoom : {3, 5, 7, 9}) {
        const std::size_t now = build_pixel_geometry(source, world_px(zoom)).points.size();
        EXPECT_GE(now, before);
        before = now;
    }
    EXPECT_LT(build_pixel_geometry(source, world_px(3)).points.size(), table.vertices.size() / 5);
}

TEST(Thinning, GivesNeighboursTheSameBorder) {
    const geo::FeatureTable table = test::countries();
    const SourceGeometry source = build_source_geometry(table, mercator_world(table.vertices), world_px(9));
    for (const int zoom : {4, 6, 8}) {
        const PixelGeometry thin = build_pixel_geometry(source, world_px(zoom));
        // West is one part, east the other: between the two ends of the border both have the same vertices.
        const auto middle = [&](std::size_t part) {
            std::set<std::pair<double, double>> points;
            const double west = (4.5 + 180) / 360 * world_px(zoom), east = (15.5 + 180) / 360 * world_px(zoom);
            for (const PixelPoint& p : thin.part_points(part))
                if (p.x > west && p.x < east) points.insert({p.x, p.y});
            return points;
        };
        EXPECT_EQ(middle(0), middle(1)) << zoom;
        EXPECT_GT(middle(0).size(), 3u);
    }
}

TEST(Thinning, GivesARingSharedByAnEnclaveTheSameShapeFromAnyStart) {
    geo::FeatureTable table;
    std::vector<geo::LonLat> ring;
    for (int i = 0; i < 200; ++i)
        ring.push_back({5 + std::cos(i * 0.0314159) + 0.01 * std::sin(i * 1.7), 5 + std::sin(i * 0.0314159)});
    ring.push_back(ring.front());
    table.add_feature(geo::GeometryType::polygon);
    table.add_part(ring);
    std::vector<geo::LonLat> other(ring.begin() + 70, ring.end() - 1);
    other.insert(other.end(), ring.begin(), ring.begin() + 71);
    std::reverse(other.begin(), other.end());
    table.add_feature(geo::GeometryType::polygon);
    table.add_part(other);
    const PixelGeometry thin =
        build_pixel_geometry(build_source_geometry(table, mercator_world(table.vertices), world_px(8)), world_px(6));
    const auto set_of = [&](std::size_t part) {
        std::set<std::pair<double, double>> points;
        for (const PixelPoint& p : thin.part_points(part)) points.insert({p.x, p.y});
        return points;
    };
    EXPECT_EQ(set_of(0), set_of(1));
    EXPECT_GT(set_of(0).size(), 10u);
}

TEST(PixelGeometry, ClosesRingsDropsSpecksAndTurnsOuterRingsOneWay) {
    geo::FeatureTable table = test::countries();
    table.add_feature(geo::GeometryType::polygon);
    const std::vector<geo::LonLat> speck{{1, 1}, {1.0001, 1}, {1.0001, 1.0001}, {1, 1}};
    table.add_part(speck);
    const PixelGeometry made =
        build_pixel_geometry(build_source_geometry(table, mercator_world(table.vertices), world_px(6)), world_px(6));
    ASSERT_EQ(made.features(), 4u);
    EXPECT_TRUE(made.extent[3].empty());
    EXPECT_EQ(made.part_begin[4], made.part_begin[3]);
    const auto area = [&](std::size_t part) {
        double sum = 0;
        const auto points = made.part_points(part);
        EXPECT_TRUE(points.front() == points.back());
        for (std::size_t i = 1; i < points.size(); ++i)
            sum += points[i - 1].x * points[i].y - points[i].x * points[i - 1].y;
        return sum;
    };
    EXPECT_GT(area(0), 0);
    EXPECT_GT(area(1), 0);
    EXPECT_GT(area(2), 0);
    EXPECT_LT(area(3), 0); // the island's lake
}

} // namespace harmattan::render
