#pragma once
// Curves for canvas tests: points owned here, chunked as prepared geometry is.

#include "render/image.hpp"
#include "render/prepare/pixel_geometry.hpp"
#include "render/raster/raster_canvas.hpp"

#include <initializer_list>
#include <vector>

namespace harmattan::render::test {

/// Parts added one by one; curves() are views into it.
class Curves {
public:
    Curves() = default;
    Curves(std::vector<PixelPoint> points, bool closed) { add(std::move(points), closed); }
    Curves& add(std::vector<PixelPoint> points, bool closed) {
        for (PixelPoint& p : points) p = {round_256(p.x), round_256(p.y)};
        m_geometry.add_part(points, closed);
        return *this;
    }
    std::vector<Curve> get() const& {
        std::vector<Curve> out;
        for (std::size_t p = 0; p < m_geometry.closed.size(); ++p) out.push_back(m_geometry.curve(p));
        return out;
    }

    std::vector<Curve> get() const&& = delete; // they would outlive their points

private:
    PixelGeometry m_geometry;
};

/// What `draw(canvas)` leaves on a transparent picture whose corner is the global pixel (x, y).
template <class Draw>
Image drawn(std::int64_t x, std::int64_t y, int width, int height, Draw draw) {
    Image image{width, height,
                std::vector<std::uint32_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    RasterCanvas canvas({image.pixels.data(), width, height, width}, x, y);
    draw(canvas);
    return image;
}

} // namespace harmattan::render::test
