#include "geo/admin_index.hpp"
#include "geo/read_features.hpp"
#include "geo/rings.hpp"
#include "support/shared_data.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <ogr_geometry.h>
#include <random>

using namespace harmattan;
using namespace harmattan::geo;

namespace {

std::vector<LonLat> box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

FeatureTable polygons(const std::vector<std::vector<std::vector<LonLat>>>& units) {
    FeatureTable table;
    for (const auto& rings : units) {
        table.add_feature(GeometryType::polygon);
        for (const auto& ring : rings) table.add_part(ring);
    }
    return table;
}

/// A star-shaped ring: never crosses itself.
std::vector<LonLat> star(std::mt19937& random, double lon, double lat, double radius, int corners) {
    std::uniform_real_distribution<double> share(0.3, 1.0);
    std::vector<LonLat> ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * 3.14159265358979 * i / corners, r = radius * share(random);
        ring.push_back({lon + r * std::cos(angle), lat + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

std::unique_ptr<OGRGeometry> to_ogr(const FeatureTable& table, std::size_t feature) {
    auto all = std::make_unique<OGRMultiPolygon>();
    OGRPolygon* polygon = nullptr;
    for (std::size_t p = table.part_begin[feature]; p < table.part_begin[feature + 1]; ++p) {
        auto* ring = new OGRLinearRing;
        for (const LonLat& at : table.part(p)) ring->addPoint(at.lon, at.lat);
        if (signed_area(table.part(p)) > 0) all->addGeometryDirectly(polygon = new OGRPolygon);
        polygon->addRingDirectly(ring);
    }
    return all;
}

} // namespace

TEST(AdminIndex, KnowsInsideOutsideHolesAndIslands) {
    const AdminIndex index(
        polygons({{box(0, 0, 10, 10), box(2, 2, 8, 8), box(4, 4, 6, 6)}, {box(2, 2, 8, 8)}, {box(20, 0, 30, 10)}}));
    EXPECT_EQ(index.unit_at({1, 1}), 0u);
    EXPECT_EQ(index.unit_at({3, 3}), 1u);
    EXPECT_EQ(index.unit_at({5, 5}), 0u); // in both; the first wins
    EXPECT_EQ(index.unit_at({25, 5}), 2u);
    EXPECT_EQ(index.unit_at({15, 5}), std::nullopt);
    EXPECT_EQ(index.unit_at({-1, 5}), std::nullopt);
}

TEST(AdminIndex, BoundariesGoToTheUnitThatStandsFirst) {
    const AdminIndex index(polygons({{box(10, 0, 20, 10)}, {box(0, 0, 10, 10)}}));
    EXPECT_EQ(index.unit_at({10, 5}), 0u); // shared edge
    EXPECT_EQ(index.unit_at({10, 0}), 0u); // shared corner
    EXPECT_EQ(index.unit_at({5, 0}), 1u);  // outer edges belong to their unit, on every side
    EXPECT_EQ(index.unit_at({5, 10}), 1u);
    EXPECT_EQ(index.unit_at({0, 5}), 1u);
    EXPECT_EQ(index.unit_at({20, 5}), 0u);
    EXPECT_EQ(index.unit_at({20, 10}), 0u);
}

TEST(AdminIndex, NotANumberAndEmptyTablesAreInNoUnit) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(AdminIndex(polygons({{box(0, 0, 1, 1)}})).unit_at({nan, 0.5}), std::nullopt);
    EXPECT_EQ(AdminIndex(FeatureTable{}).unit_at({0, 0}), std::nullopt);
}

TEST(AdminIndex, AgreesWithGeosOnRandomOverlappingPolygons) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> lon(-12, 16), lat(9, 25), radius(0.2, 5);
    std::uniform_int_distribution<int> corners(3, 400), grid(-12, 16);
    FeatureTable table;
    for (int i = 0; i < 30; ++i) {
        table.add_feature(GeometryType::polygon);
        table.add_part(star(random, lon(random), lat(random), radius(random), corners(random)));
    }
    table.add_feature(GeometryType::polygon); // one with corners and edges on whole degrees
    table.add_part(box(-10, 12, 10, 20));
    std::vector<std::unique_ptr<OGRGeometry>> shapes;
    for (std::size_t i = 0; i < table.size(); ++i) shapes.push_back(to_ogr(table, i));

    const AdminIndex index(table);
    int inside = 0;
    for (int trial = 0; trial < 4000; ++trial) {
        const bool whole = trial % 8 == 0; // whole degrees hit edges and corners of the box
        const LonLat at{whole ? grid(random) : lon(random), whole ? double(9 + trial % 17) : lat(random)};
        const OGRPoint point(at.lon, at.lat);
        std::optional<std::size_t> want;
        for (std::size_t i = 0; i < shapes.size() && !want; ++i)
            if (shapes[i]->Intersects(&point)) want = i;
        ASSERT_EQ(index.unit_at(at), want) << at.lon << ' ' << at.lat;
        inside += want.has_value();
    }
    EXPECT_GT(inside, 1000);
}

TEST(AdminIndex, AgreesWithGeosOnRealDistrictsAndTheirVertices) {
    HARMATTAN_SHARED_FILE(file, "data/boundaries/sahel_adm2.fgb");
    const FeatureTable table = read_features(file).table;
    const AdminIndex index(table);
    std::vector<std::unique_ptr<OGRGeometry>> shapes;
    std::vector<OGREnvelope> boxes(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        shapes.push_back(to_ogr(table, i));
        shapes[i]->getEnvelope(&boxes[i]);
    }
    std::vector<LonLat> places;
    for (std::size_t i = 0; i < table.vertices.size(); i += 997) places.push_back(table.vertices[i]);
    std::mt19937 random(5);
    std::uniform_real_distribution<double> lon(-12.3, 16.1), lat(9.3, 25.1);
    for (int i = 0; i < 1000; ++i) places.push_back({lon(random), lat(random)});
    for (const LonLat& at : places) {
        const OGRPoint point(at.lon, at.lat);
        std::optional<std::size_t> want;
        for (std::size_t i = 0; i < shapes.size() && !want; ++i)
            if (at.lon >= boxes[i].MinX && at.lon <= boxes[i].MaxX && at.lat >= boxes[i].MinY &&
                at.lat <= boxes[i].MaxY && shapes[i]->Intersects(&point))
                want = i;
        ASSERT_EQ(index.unit_at(at), want) << at.lon << ' ' << at.lat;
    }
}

TEST(AdminIndex, ManyPlacesAtOnceGiveWhatOneAtATimeGives) {
    std::mt19937 random(3);
    FeatureTable table;
    table.add_feature(GeometryType::polygon);
    table.add_part(star(random, 0, 10, 3, 50));
    const AdminIndex index(table);
    std::vector<LonLatE7> places;
    std::uniform_int_distribution<std::int32_t> lon(-40'000'000, 40'000'000), lat(60'000'000, 140'000'000);
    for (int i = 0; i < 500; ++i) places.push_back({lon(random), lat(random)});
    const std::vector<std::uint32_t> units = index.units_of(places);
    for (std::size_t i = 0; i < places.size(); ++i)
        EXPECT_EQ(units[i], index.unit_at(places[i].degrees()) ? 0u : no_unit);
}
