// A header if there are the bytes for one, and a directory, both unpacked as they come.

#include "tests/fuzz/require.hpp"
#include "tiles/pmtiles.hpp"

#include <algorithm>

using namespace harmattan;
using namespace harmattan::tiles;
using fuzz::require;

namespace {

void check_header(std::span<const std::byte> bytes) {
    const auto first = bytes.first<pmtiles::header_bytes>();
    const pmtiles::Header header = pmtiles::parse_header(first);
    require(std::ranges::equal(pmtiles::serialise(header), first), "a header, written again, is the same");
}

void check_directory(std::span<const std::byte> bytes) {
    const std::vector<pmtiles::Entry> entries = pmtiles::parse_directory(bytes);
    require(pmtiles::parse_directory(pmtiles::serialise(entries)) == entries,
            "a directory, written and read, is the same");
    for (std::size_t i = 0; i < std::min<std::size_t>(entries.size(), 50); ++i) {
        const pmtiles::Entry& e = entries[i];
        require(pmtiles::find_entry(entries, e.number) == &e, "the first tile of a run is found");
        require(pmtiles::find_entry(entries, e.number + std::max(e.run, 1u) - 1) == &e,
                "the last tile of a run is found");
        const pmtiles::Entry* before = e.number == 0 ? nullptr : pmtiles::find_entry(entries, e.number - 1);
        require(before == nullptr || (i > 0 && before == &entries[i - 1]), "a tile before a run is not in it");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::bytes_of(data, size);
    if (size >= pmtiles::header_bytes) fuzz::read_or_refuse([&] { check_header(bytes); });
    fuzz::read_or_refuse([&] { check_directory(bytes); });
    return 0;
}
