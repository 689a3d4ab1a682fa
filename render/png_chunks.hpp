#pragma once
// The frame of a PNG: signature, header and chunks with their checksums, appended to bytes in memory.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <libdeflate.h>
#include <string_view>
#include <vector>

namespace harmattan::render {

enum class PngColors : std::uint8_t { rgb = 2, palette = 3, rgba = 6 };

inline void put_u32(std::byte* at, std::uint32_t v) {
    for (int i = 0; i < 4; ++i) at[i] = static_cast<std::byte>(v >> (24 - 8 * i));
}

/// Appends a chunk whose at most `size` bytes of data `write(at)` produces; `write` returns how many it really wrote.
template <class Write>
void add_png_chunk(std::vector<std::byte>& out, std::string_view type, std::size_t size, Write write) {
    const std::size_t start = out.size();
    out.resize(start + 12 + size);
    std::memcpy(&out[start + 4], type.data(), 4);
    const std::size_t written = write(out.data() + start + 8);
    out.resize(start + 12 + written);
    put_u32(&out[start], static_cast<std::uint32_t>(written));
    put_u32(&out[start + 8 + written], libdeflate_crc32(0, &out[start + 4], 4 + written));
}

/// Signature and IHDR.
inline std::vector<std::byte> begin_png(int width, int height, int bit_depth, PngColors colors) {
    static constexpr std::array<unsigned char, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    std::vector<std::byte> out(8);
    std::memcpy(out.data(), signature.data(), 8);
    add_png_chunk(out, "IHDR", 13, [&](std::byte* at) {
        put_u32(at, static_cast<std::uint32_t>(width));
        put_u32(at + 4, static_cast<std::uint32_t>(height));
        at[8] = static_cast<std::byte>(bit_depth);
        at[9] = static_cast<std::byte>(colors);
        at[10] = at[11] = at[12] = std::byte{0};
        return std::size_t{13};
    });
    return out;
}

inline void end_png(std::vector<std::byte>& out) {
    add_png_chunk(out, "IEND", 0, [](std::byte*) { return std::size_t{0}; });
}

} // namespace harmattan::render
