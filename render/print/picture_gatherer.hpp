#pragma once
// Pictures that touch or overlap become one. Heat comes as blocks side by side; placed one by one in a page, viewers
// show a hairline between them, since each is scaled and smoothed by itself.

#include "render/image.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace harmattan::render {

class PictureGatherer {
public:
    /// Keeps a copy; its north-west pixel is the global pixel (x, y).
    void add(std::int64_t x, std::int64_t y, ImageView picture);
    bool empty() const { return m_pictures.empty(); }

    /// Hands out what was gathered and forgets it. Pictures that touch, even at a corner, are laid into one of their
    /// bounding box, in the order they came, transparent where none lies (which deflates to next to nothing); unless
    /// that would be wider or higher than `max_side` (Cairo's limit) or have more pixels than `max_pixels` (half a
    /// gigabyte): then they come one by one.
    void flush(const std::function<void(std::int64_t x, std::int64_t y, ImageView picture)>& visit);
    static constexpr std::int64_t max_side = 32767, max_pixels = std::int64_t{1} << 27;

private:
    struct Placed {
        std::int64_t x = 0, y = 0;
        Image image;
    };
    std::vector<Placed> m_pictures;
};

} // namespace harmattan::render
