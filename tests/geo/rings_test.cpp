#include "geo/orientation.hpp"
#include "geo/rings.hpp"
#include "geo/runtime.hpp"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <ogr_geometry.h>
#include <random>

using namespace harmattan::geo;

namespace {

Rings rings_of(std::initializer_list<std::vector<LonLat>> outer,
               std::initializer_list<std::vector<LonLat>> holes = {}) {
    Rings rings;
    for (const auto& ring : outer) rings.add(ring, false);
    for (const auto& ring : holes) rings.add(ring, true);
    return rings;
}

std::vector<LonLat> box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

bool geos_valid(const Rings& rings) {
    OGRMultiPolygon all;
    OGRPolygon* polygon = nullptr;
    for (std::size_t r = 0; r < rings.size(); ++r) {
        auto* ring = new OGRLinearRing;
        for (const LonLat& at : rings.ring(r)) ring->addPoint(at.lon, at.lat);
        if (!rings.hole[r]) all.addGeometryDirectly(polygon = new OGRPolygon);
        polygon->addRingDirectly(ring);
    }
    return all.IsValid() != 0;
}

} // namespace

TEST(Orientation, TinyTurnsAreToldApartWhereDoublesRoundThemAway) {
    // Shewchuk's hard case: points a few units in the last place off the line y = x
    const double ulp = std::ldexp(1.0, -53);
    for (int i = 0; i < 16; ++i)
        for (int j = 0; j < 16; ++j) {
            const double x = 0.5 + i * ulp, y = 0.5 + j * ulp;
            const int want = j > i ? 1 : j < i ? -1 : 0; // (x, y) is left of (12,12) → (24,24) when above the line
            EXPECT_EQ(orientation(12, 12, 24, 24, x, y), want) << i << ' ' << j;
            EXPECT_EQ(orientation(24, 24, 12, 12, x, y), -want);
            EXPECT_EQ(orientation(x, y, 12, 12, 24, 24), want);
        }
}

TEST(Rings, AreaIsPositiveForALeftTurningRing) {
    EXPECT_EQ(signed_area(box(10, 10, 12, 13)), 6);
    EXPECT_EQ(signed_area(std::vector<LonLat>{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}), -1);
}

TEST(Rings, TidyClosesAndDropsWhatEnclosesNothing) {
    Rings rings = rings_of({{{0, 0}, {1, 0}, {1, 0}, {1, 1}}, {{5, 5}, {6, 6}, {5, 5}}});
    EXPECT_EQ(tidy(rings), 1u);
    ASSERT_EQ(rings.size(), 1u);
    EXPECT_EQ(rings.vertices, (std::vector<LonLat>{{0, 0}, {1, 0}, {1, 1}, {0, 0}}));
}

TEST(SurelyValid, KnowsGoodFromBad) {
    EXPECT_TRUE(surely_valid(rings_of({box(0, 0, 4, 4)})));
    EXPECT_TRUE(surely_valid(rings_of({box(0, 0, 4, 4), box(5, 0, 6, 1)}, {box(1, 1, 2, 2)})));
    EXPECT_TRUE(surely_valid(rings_of({box(0, 0, 9, 9), box(2, 2, 3, 3)}, {box(1, 1, 8, 8)}))); // an island in a lake
    EXPECT_FALSE(surely_valid(rings_of({{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}})));           // bow-tie
    EXPECT_FALSE(surely_valid(rings_of({box(0, 0, 4, 4), box(1, 1, 2, 2)})));                   // outer in outer
    EXPECT_FALSE(surely_valid(rings_of({box(0, 0, 4, 4)}, {box(5, 5, 6, 6)})));                 // hole outside
    EXPECT_FALSE(surely_valid(rings_of({box(0, 0, 4, 4), box(2, 2, 5, 5)})));                   // overlap
    EXPECT_FALSE(surely_valid(rings_of({{{0, 0}, {4, 0}, {4, 4}, {4, 6}, {4, 4}, {0, 4}, {0, 0}}}))); // spike
    EXPECT_FALSE(surely_valid(rings_of({box(0, 0, 4, 4), box(0, 0, 4, 4)})));                         // twice the same
}

TEST(SurelyValid, NeverVouchesForWhatGeosRefuses) {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> coordinate(0, 12), count(3, 9), kinds(1, 3);
    int vouched = 0, refused = 0;
    for (int trial = 0; trial < 20000; ++trial) {
        Rings rings;
        const int parts = kinds(random);
        for (int p = 0; p < parts; ++p) {
            std::vector<LonLat> ring;
            for (int i = count(random); i-- > 0;)
                ring.push_back({double(coordinate(random)), double(coordinate(random))});
            rings.add(ring, p > 0 && trial % 2 == 0);
        }
        tidy(rings);
        if (rings.size() == 0 || rings.hole[0]) continue;
        if (surely_valid(rings)) {
            ++vouched;
            ASSERT_TRUE(geos_valid(rings)) << "trial " << trial;
        } else {
            ++refused;
        }
    }
    EXPECT_GT(vouched, 500);
    EXPECT_GT(refused, 500);
}
