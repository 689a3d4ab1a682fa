#include "render/print/base64.hpp"

#include <algorithm>
#include <cstdint>

namespace harmattan::render {

void append_base64(std::string& to, std::span<const std::byte> bytes) {
    constexpr const char* alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    to.reserve(to.size() + (bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8 | (k < count ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) to += k <= count ? alphabet[three >> (18 - 6 * k) & 63u] : '=';
    }
}

} // namespace harmattan::render
