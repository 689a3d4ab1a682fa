#pragma once
// The exact palette of a picture: its distinct colours, if they are few enough for one byte a pixel.

#include "render/image.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace harmattan::render {

struct Paletted {
    std::vector<std::uint32_t> colors; ///< premultiplied, at most 256; by alpha, then by lightness: see find_palette
    std::vector<std::uint8_t> indexes; ///< width × height
};

/// Nothing where the picture has more than 256 colours (found out after the 257th).
/// Colours that are not opaque come first, so that PNG's tRNS chunk is short; within that order neighbours on a heat
/// ramp become neighbours in the palette, which is what the "sub" filter lives on.
std::optional<Paletted> find_palette(ImageView image);

} // namespace harmattan::render
