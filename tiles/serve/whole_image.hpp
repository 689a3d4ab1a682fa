#pragma once
// Whether the bytes of a tile are a whole picture, from its structure and without decoding, so that a damaged tile of
// an archive is an error by itself and never sent. PNG carries checksums: any changed byte is found. WebP and JPEG
// carry none: a cut or a broken frame is found, a changed pixel is not.

#include <cstddef>
#include <span>
#include <string_view>

namespace harmattan::tiles {

/// `extension`: what the archive says its tiles are, "png", "webp", "jpg" or "jpeg"; true for anything else.
/// Thread-safe; a microsecond or two for a tile.
bool is_whole_image(std::span<const std::byte> bytes, std::string_view extension);

} // namespace harmattan::tiles
