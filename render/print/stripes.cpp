#include "render/print/stripes.hpp"

#include "geo/error.hpp"
#include "render/raster/raster_canvas.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <utility>
#include <vector>

namespace harmattan::render {

namespace {

/// The stripe from row `top` on, drawn over `pixels`, which it makes as large as it needs.
ImageView draw(const Sheet& sheet, std::uint32_t ground, int top, int height, std::vector<std::uint32_t>& pixels) {
    const int width = sheet.width_px(), rows = std::min(height, sheet.height_px() - top);
    pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(rows), ground);
    RasterCanvas canvas({pixels.data(), width, rows, width}, 0, top);
    paint(sheet, canvas, {0, static_cast<double>(top), static_cast<double>(width), static_cast<double>(top + rows)});
    return {pixels.data(), width, rows, width};
}

} // namespace

void paint_in_stripes(const Sheet& sheet, std::uint32_t ground, int height,
                      const std::function<void(ImageView stripe, int top)>& take) {
    const int rows = sheet.height_px();
    if (sheet.width_px() < 1 || rows < 1)
        throw geo::Error(geo::ErrorKind::internal,
                         fmt::format("a sheet of {} × {} mm at {} pixels a millimetre has no pixels", sheet.width_mm,
                                     sheet.height_mm, sheet.px_per_mm));
    std::vector<std::uint32_t> pixels, pixels_ahead;
    ImageView stripe = draw(sheet, ground, 0, height, pixels);
    for (int top = 0; top < rows; top += height) {
        std::future<ImageView> ahead; // after the pixels: it waits for the thread before they go
        if (rows - top > height)
            ahead = std::async(std::launch::async,
                               [&, next = top + height] { return draw(sheet, ground, next, height, pixels_ahead); });
        take(stripe, top);
        if (!ahead.valid()) break;
        stripe = ahead.get();
        std::swap(pixels, pixels_ahead);
    }
}

} // namespace harmattan::render
