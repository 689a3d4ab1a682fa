#include "tiles/serve/whole_image.hpp"

#include <cstdint>
#include <libdeflate.h>

namespace harmattan::tiles {

namespace {

using Bytes = std::span<const std::byte>;

std::uint32_t byte_at(Bytes bytes, std::size_t i) { return std::to_integer<std::uint32_t>(bytes[i]); }

std::uint32_t read_be32(Bytes bytes) {
    return byte_at(bytes, 0) << 24 | byte_at(bytes, 1) << 16 | byte_at(bytes, 2) << 8 | byte_at(bytes, 3);
}

std::uint32_t read_le32(Bytes bytes) {
    return byte_at(bytes, 3) << 24 | byte_at(bytes, 2) << 16 | byte_at(bytes, 1) << 8 | byte_at(bytes, 0);
}

bool begins_with(Bytes bytes, std::string_view text) {
    return bytes.size() >= text.size() &&
           std::string_view(reinterpret_cast<const char*>(bytes.data()), text.size()) == text;
}

/// Chunks of length, type, data, CRC; IHDR first, some IDAT, IEND last. Source: PNG, 5.
bool is_whole_png(Bytes bytes) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
    if (!begins_with(bytes, signature)) return false;
    bytes = bytes.subspan(signature.size());
    bool first = true, has_data = false;
    while (bytes.size() >= 12) {
        const std::size_t length = read_be32(bytes);
        if (length > bytes.size() - 12) return false;
        const Bytes checked = bytes.subspan(4, 4 + length);
        if (libdeflate_crc32(0, checked.data(), checked.size()) != read_be32(bytes.subspan(8 + length))) return false;
        bytes = bytes.subspan(12 + length);
        if (first && !(begins_with(checked, "IHDR") && length == 13)) return false;
        first = false;
        has_data |= begins_with(checked, "IDAT");
        if (begins_with(checked, "IEND")) return has_data && length == 0 && bytes.empty();
    }
    return false;
}

/// The frame of a chunk, as far as its signature. Sources: RFC 6386, 9.1; WebP lossless, 3; WebP container.
bool is_frame(std::string_view type, Bytes data) {
    if (type == "VP8 ") return begins_with(data.subspan(data.size() < 3 ? data.size() : 3), "\x9d\x01\x2a");
    return begins_with(data, "\x2f");
}

/// A RIFF of exactly these bytes: a frame, or VP8X and chunks with a frame or an animation's frames among them.
bool is_whole_webp(Bytes bytes) {
    if (bytes.size() < 20 || !begins_with(bytes, "RIFF") || !begins_with(bytes.subspan(8), "WEBP") ||
        read_le32(bytes.subspan(4)) != bytes.size() - 8)
        return false;
    bytes = bytes.subspan(12);
    const bool extended = begins_with(bytes, "VP8X");
    bool has_frame = false;
    while (bytes.size() >= 8) {
        const std::size_t length = read_le32(bytes.subspan(4)), padded = length + length % 2;
        if (padded > bytes.size() - 8) return false;
        const Bytes data = bytes.subspan(8, length);
        for (const std::string_view type : {"VP8 ", "VP8L"})
            if (begins_with(bytes, type)) {
                if (!is_frame(type, data)) return false;
                has_frame = true;
            }
        has_frame |= extended && begins_with(bytes, "ANMF");
        if (!has_frame && !extended) return false; // a simple file begins with its frame
        bytes = bytes.subspan(8 + padded);
    }
    return has_frame && bytes.empty();
}

/// SOI, marker segments up to the first scan with a frame among them, EOI last. Source: ITU-T T.81, B.
bool is_whole_jpeg(Bytes bytes) {
    if (!begins_with(bytes, "\xff\xd8\xff") || byte_at(bytes, bytes.size() - 2) != 0xFF ||
        byte_at(bytes, bytes.size() - 1) != 0xD9)
        return false;
    bytes = bytes.subspan(2, bytes.size() - 4);
    bool has_frame = false;
    while (bytes.size() >= 4 && byte_at(bytes, 0) == 0xFF) {
        const std::uint32_t marker = byte_at(bytes, 1), length = byte_at(bytes, 2) << 8 | byte_at(bytes, 3);
        if (marker == 0xFF) { // fill
            bytes = bytes.subspan(1);
            continue;
        }
        if (length < 2 || length > bytes.size() - 2) return false;
        constexpr std::uint32_t dht = 0xC4, jpg = 0xC8, dac = 0xCC, sos = 0xDA;
        if (marker == sos) return has_frame;
        has_frame |= (marker & 0xF0) == 0xC0 && marker != dht && marker != jpg && marker != dac;
        bytes = bytes.subspan(2 + length);
    }
    return false;
}

} // namespace

bool is_whole_image(std::span<const std::byte> bytes, std::string_view extension) {
    if (extension == "png") return is_whole_png(bytes);
    if (extension == "webp") return is_whole_webp(bytes);
    if (extension == "jpg" || extension == "jpeg") return is_whole_jpeg(bytes);
    return true;
}

} // namespace harmattan::tiles
