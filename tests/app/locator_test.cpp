#include "app/data_folder.hpp"
#include "geo/region.hpp"
#include "styles/style.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::app {

TEST(Locator, DrawsNoLineAlongTheRegionsFrame) { // it would be taken for a border
    const geo::Region region(data_folder());
    const geo::LonLatBox frame = region.frame();
    constexpr double joint = 0.2; // degrees: from a finer coast inside to a coarser one beyond
    const auto runs_along = [&](geo::LonLat a, geo::LonLat b) {
        if (std::hypot(a.lon - b.lon, a.lat - b.lat) < joint) return false;
        return (a.lon == b.lon && (a.lon == frame.west || a.lon == frame.east)) ||
               (a.lat == b.lat && (a.lat == frame.south || a.lat == frame.north));
    };
    int lines = 0;
    for (const styles::Layer& layer : styles::read_style(styles_folder() / "locator.json").layers) {
        if (layer.type != styles::LayerType::line) continue;
        const geo::FeatureTable& table = region.layer(layer.source);
        for (std::size_t p = 0; p < table.part_begin.back(); ++p) {
            const auto part = table.part(p);
            for (std::size_t i = 1; i < part.size(); ++i, ++lines)
                ASSERT_FALSE(runs_along(part[i - 1], part[i]))
                    << layer.id << " at " << part[i].lon << ' ' << part[i].lat;
        }
    }
    EXPECT_GT(lines, 10000);
}

} // namespace harmattan::app
