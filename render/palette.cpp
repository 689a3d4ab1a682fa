#include "render/palette.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace harmattan::render {

namespace {

// Open addressing: 1,024 slots for at most 256 colours.
class ColorIndex {
public:
    // Index of the colour, in order of first appearance; 256 when there is no room for it.
    unsigned find_or_add(std::uint32_t color) {
        std::uint32_t slot = (color * 0x9E3779B1u) >> 22;
        for (;; slot = (slot + 1) & 1023u) {
            Slot& s = m_slots[slot];
            if (s.color == color && s.index_plus_1 != 0) return s.index_plus_1 - 1;
            if (s.index_plus_1 == 0) break;
        }
        if (m_count == 256) return 256;
        m_colors[m_count] = color;
        m_slots[slot] = {color, ++m_count};
        return m_count - 1;
    }
    std::span<const std::uint32_t> colors() const { return {m_colors.data(), m_count}; }

private:
    struct Slot {
        std::uint32_t color = 0, index_plus_1 = 0;
    };
    std::array<Slot, 1024> m_slots{};
    std::array<std::uint32_t, 256> m_colors{};
    unsigned m_count = 0;
};

std::uint32_t lightness(std::uint32_t c) {
    return 2126u * ((c >> 16) & 255u) + 7152u * ((c >> 8) & 255u) + 722u * (c & 255u);
}

bool before(std::uint32_t a, std::uint32_t b) {
    if (a >> 24 != b >> 24) return a >> 24 < b >> 24;
    if (lightness(a) != lightness(b)) return lightness(a) < lightness(b);
    return a < b;
}

} // namespace

std::optional<Paletted> find_palette(ImageView image) {
    ColorIndex found;
    Paletted out;
    out.indexes.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
    if (out.indexes.empty()) return out;
    constexpr int stride = 8; // pixels looked at together: mostly all of one colour, else all looked up without asking
    std::uint8_t* to = out.indexes.data();
    std::uint32_t last = image.row(0)[0];
    unsigned index = found.find_or_add(last);
    for (int y = 0; y < image.height; ++y) {
        const std::uint32_t* row = image.row(y);
        int x = 0;
        for (; x + stride <= image.width; x += stride, to += stride) {
            std::uint32_t different = 0;
            for (int i = 0; i < stride; ++i) different |= row[x + i] ^ last;
            if (different == 0) {
                std::fill_n(to, stride, static_cast<std::uint8_t>(index));
                continue;
            }
            for (int i = 0; i < stride; ++i) {
                index = found.find_or_add(row[x + i]);
                if (index == 256) return std::nullopt;
                to[i] = static_cast<std::uint8_t>(index);
            }
            last = row[x + stride - 1];
        }
        for (; x < image.width; ++x) {
            index = found.find_or_add(last = row[x]);
            if (index == 256) return std::nullopt;
            *to++ = static_cast<std::uint8_t>(index);
        }
    }
    const std::span<const std::uint32_t> colors = found.colors();
    std::array<std::uint8_t, 256> order{}, rank{};
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(colors.size()),
              [&](std::uint8_t a, std::uint8_t b) { return before(colors[a], colors[b]); });
    for (std::size_t i = 0; i < colors.size(); ++i) {
        rank[order[i]] = static_cast<std::uint8_t>(i);
        out.colors.push_back(colors[order[i]]);
    }
    for (std::uint8_t& i : out.indexes) i = rank[i];
    return out;
}

} // namespace harmattan::render
