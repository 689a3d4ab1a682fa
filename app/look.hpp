#pragma once
// What a page around the map's pictures should look like, so that they do not lie on a foreign ground.

#include "styles/style.hpp"

#include <string>

namespace harmattan::app {

struct Look {
    std::string background; ///< CSS colour: what shows where no tile is
    std::string theme;      ///< "light", "dark", or empty where the style does not say
};

/// At the zoom with which the map begins.
Look look_of(const styles::Style& style, int zoom);

} // namespace harmattan::app
