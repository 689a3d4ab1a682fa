#pragma once
// gzip of whole buffers (libdeflate): time stamp 0, so the bytes depend on the input alone.

#include <cstddef>
#include <span>
#include <vector>

namespace harmattan::tiles {

std::vector<std::byte> gzip(std::span<const std::byte> bytes);
/// The one member that `bytes` holds, checked by its CRC. Throws bad_data if it is damaged, followed by anything, or
/// larger than `limit` bytes, which is less than 4 GiB.
std::vector<std::byte> gunzip(std::span<const std::byte> bytes, std::size_t limit);

} // namespace harmattan::tiles
