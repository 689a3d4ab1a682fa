#include "tiles/gzip.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <libdeflate.h>
#include <memory>
#include <new>

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

} // namespace

std::vector<std::byte> gzip(std::span<const std::byte> bytes) {
    const std::unique_ptr<libdeflate_compressor, CompressorDeleter> compressor(libdeflate_alloc_compressor(level));
    if (!compressor) throw std::bad_alloc();
    std::vector<std::byte> out(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()));
    out.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

std::vector<std::byte> gunzip(std::span<const std::byte> bytes, std::size_t limit) {
    const std::unique_ptr<libdeflate_decompressor, DecompressorDeleter> decompressor(libdeflate_alloc_decompressor());
    if (!decompressor) throw std::bad_alloc();
    std::vector<std::byte> out;
    for (std::size_t room = std::min(limit, 8 * bytes.size() + 1024);; room = std::min(limit, 2 * room)) {
        out.resize(room);
        std::size_t used = 0, made = 0;
        const libdeflate_result result = libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(),
                                                                       out.data(), out.size(), &used, &made);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room < limit) continue;
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
            throw Error(ErrorKind::bad_data, fmt::format("a gzip section unpacks to more than {} bytes", limit));
        if (result != LIBDEFLATE_SUCCESS) throw Error(ErrorKind::bad_data, "a gzip section is damaged");
        if (used != bytes.size()) throw Error(ErrorKind::bad_data, "a gzip section is followed by other bytes");
        out.resize(made);
        return out;
    }
}

} // namespace harmattan::tiles
