#include "tests/fuzz/require.hpp"
#include "tiles/gzip.hpp"

#include <algorithm>

using namespace harmattan;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t limit = 1 << 20;
    const auto bytes = fuzz::bytes_of(data, size);
    fuzz::read_or_refuse([&] { require(tiles::gunzip(bytes, limit).size() <= limit, "no more than the limit"); });
    require(std::ranges::equal(tiles::gunzip(tiles::gzip(bytes), size), bytes), "packed and unpacked it is the same");
    return 0;
}
