#pragma once
// The snippet that puts a live map into somebody's page: a frame as wide as its column, the figure where frames do not
// show.

#include <string>

namespace harmattan::app {

struct Embed {
    std::string url;    ///< of the live map
    std::string figure; ///< address of the picture, relative to the page
    std::string alt;
    int width_px = 0, height_px = 0;
};

/// HTML without scripts or styles of others; every text escaped.
std::string embed_snippet(const Embed& embed);

} // namespace harmattan::app
