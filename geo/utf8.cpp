#include "geo/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace harmattan::geo {

namespace {

/// Length of the well-formed sequence at `p`, 0 where it is ill-formed.
std::size_t sequence_length(const unsigned char* p, const unsigned char* end) noexcept {
    const auto continues = [&](std::size_t at, unsigned char low, unsigned char high) {
        return static_cast<std::size_t>(end - p) > at && p[at] >= low && p[at] <= high;
    };
    const unsigned char lead = *p;
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return continues(1, 0x80, 0xBF) ? 2 : 0;
    if (lead < 0xF0) {
        const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
        return continues(1, low, high) && continues(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead > 0xF4) return 0;
    const unsigned char low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
    return continues(1, low, high) && continues(2, 0x80, 0xBF) && continues(3, 0x80, 0xBF) ? 4 : 0;
}

} // namespace

bool is_valid_utf8(std::string_view text) noexcept {
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    const unsigned char* const end = p + text.size();
    while (p != end) {
        while (end - p >= 8) {
            std::uint64_t eight;
            std::memcpy(&eight, p, 8);
            if (eight & 0x8080808080808080u) break;
            p += 8;
        }
        if (p == end) break;
        const std::size_t length = sequence_length(p, end);
        if (length == 0) return false;
        p += length;
    }
    return true;
}

std::string to_valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    const unsigned char* const end = p + text.size();
    while (p != end) {
        const std::size_t length = sequence_length(p, end);
        if (length) out.append(reinterpret_cast<const char*>(p), length);
        else out += "\xEF\xBF\xBD";
        p += length ? length : 1;
    }
    return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

} // namespace harmattan::geo
