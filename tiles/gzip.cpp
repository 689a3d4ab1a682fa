#include "tiles/gzip.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>
#include <libdeflate.h>
#include <memory>
#include <new>
#include <ranges>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

struct CompressorDeleter {
    void operator()(libdeflate_compressor* c) const noexcept { libdeflate_free_compressor(c); }
};
struct DecompressorDeleter {
    void operator()(libdeflate_decompressor* d) const noexcept { libdeflate_free_decompressor(d); }
};

constexpr int level = 9;
constexpr std::size_t least_bytes = 18;  ///< header and trailer
constexpr std::size_t most_ratio = 1032; ///< that DEFLATE can unpack to: 258 bytes from two bits

/// Kept by each thread: it takes a megabyte to make one.
libdeflate_compressor* compressor() {
    thread_local const std::unique_ptr<libdeflate_compressor, CompressorDeleter> kept(
        libdeflate_alloc_compressor(level));
    if (!kept) throw std::bad_alloc();
    return kept.get();
}

Error damaged() { return Error(ErrorKind::bad_data, "a gzip section is damaged, or other bytes follow it"); }

/// How many bytes a member says it unpacks to, modulo 2³² (RFC 1952, 2.3.1).
std::size_t size_within(std::span<const std::byte> member) {
    std::size_t size = 0;
    for (const std::byte b : member.last(4) | std::views::reverse) size = size << 8 | std::to_integer<std::size_t>(b);
    return size;
}

} // namespace

std::vector<std::byte> gzip(std::span<const std::byte> bytes) {
    std::vector<std::byte> out(libdeflate_gzip_compress_bound(compressor(), bytes.size()));
    out.resize(libdeflate_gzip_compress(compressor(), bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

std::vector<std::byte> gunzip(std::span<const std::byte> bytes, std::size_t limit) {
    if (bytes.size() < least_bytes) throw damaged();
    const std::size_t size = size_within(bytes);
    if (size > limit)
        throw Error(ErrorKind::bad_data, fmt::format("a gzip section unpacks to more than {} bytes", limit));
    if (size / most_ratio > bytes.size()) throw damaged();

    const std::unique_ptr<libdeflate_decompressor, DecompressorDeleter> decompressor(libdeflate_alloc_decompressor());
    if (!decompressor) throw std::bad_alloc();
    std::vector<std::byte> out(size);
    std::size_t used = 0;
    const libdeflate_result result = libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(),
                                                                   out.data(), out.size(), &used, nullptr);
    if (result != LIBDEFLATE_SUCCESS || used != bytes.size()) throw damaged();
    return out;
}

} // namespace harmattan::tiles
