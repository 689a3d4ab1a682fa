#pragma once
// A text as a QR code: its modules, without the quiet zone (four modules of light all around), which the caller keeps.
// Error correction M: readable with 15 % of it spoilt.

#include <string_view>
#include <vector>

namespace harmattan::render {

struct QrCode {
    int side = 0;           ///< modules: 21 to 177
    std::vector<bool> dark; ///< side × side, rows top down

    bool at(int x, int y) const {
        return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)];
    }
};

/// Bytes of UTF-8 that fit for certain (digits and capitals alone are packed closer).
inline constexpr std::size_t qr_max_bytes = 2331;

/// Throws geo::Error bad_config where the text is empty, too long or holds a NUL.
QrCode make_qr_code(std::string_view text);

} // namespace harmattan::render
