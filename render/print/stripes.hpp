#pragma once
// A sheet painted from north to south in stripes: what its images are written from without ever holding all of it.

#include "render/image.hpp"
#include "render/print/sheet.hpp"

#include <cstdint>
#include <functional>

namespace harmattan::render {

/// Height that keeps pixels and coverage of a page's width in the processor's cache.
inline constexpr int stripe_px = 128;

inline constexpr std::uint32_t white_ground = 0xffffffffu, no_ground = 0;

/// Hands the sheet to `take` in stripes of `height` rows (the last may be lower), drawn on pixels of the colour
/// `ground`; `top` is the stripe's first row. While `take` is busy a second thread draws the next stripe (never two at
/// once); what is drawn does not depend on the height. Memory is that of two stripes.
void paint_in_stripes(const Sheet& sheet, std::uint32_t ground, int height,
                      const std::function<void(ImageView stripe, int top)>& take);

} // namespace harmattan::render
