// The checksum at the end of each page of a database: see write_page_checksums in sqlite.hpp.

#include "tiles/file.hpp"
#include "tiles/sqlite.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::size_t checksum_bytes = 8;
constexpr std::uint64_t pages_per_block = 256;

// Bytes of a page and the number of pages, from the database header (SQLite file format, 1.3).
struct Layout {
    std::size_t page = 0;
    std::uint64_t pages = 0;
};

Layout layout_of(const File& file) {
    const std::vector<std::byte> header = file.read_at(0, 100);
    const auto byte = [&](std::size_t i) { return std::to_integer<std::uint32_t>(header[i]); };
    const std::size_t size = byte(16) << 8 | byte(17);
    const std::uint64_t pages = byte(28) << 24 | byte(29) << 16 | byte(30) << 8 | byte(31);
    const Layout layout{size == 1 ? std::size_t{65536} : size, pages};
    if (layout.page < 512 || (layout.page & (layout.page - 1)) != 0 || byte(20) != checksum_bytes)
        throw Error(ErrorKind::bad_data,
                    fmt::format("pages of {} bytes with {} set aside are not as this program writes them", layout.page,
                                byte(20)));
    if (file.size() != layout.page * layout.pages)
        throw Error(ErrorKind::bad_data, fmt::format("the file has {} bytes where {} pages have {}", file.size(),
                                                     layout.pages, layout.page * layout.pages));
    return layout;
}

// Two running sums over pairs of little-endian 32-bit words; each step can be undone, so a single change never cancels
// out.
std::array<std::uint32_t, 2> checksum(std::span<const std::byte> page) {
    std::array<std::uint32_t, 2> sums{};
    for (std::size_t i = 0; i < page.size(); i += 8) {
        std::array<std::uint32_t, 2> words;
        std::memcpy(words.data(), &page[i], 8);
        sums[0] += words[0] + sums[1];
        sums[1] += words[1] + sums[0];
    }
    return sums;
}

// Calls `use(page number from 1, page)` for all pages, a block at a time; `after` gets each block with its offset.
template <class Use, class After>
void each_page(const File& file, const Layout& layout, Use use, After after) {
    std::vector<std::byte> block;
    for (std::uint64_t first = 0; first < layout.pages; first += pages_per_block) {
        const std::uint64_t count = std::min(pages_per_block, layout.pages - first);
        block.resize(static_cast<std::size_t>(count) * layout.page);
        file.read_at(first * layout.page, block);
        for (std::uint64_t i = 0; i < count; ++i)
            use(first + i + 1, std::span(block).subspan(static_cast<std::size_t>(i) * layout.page, layout.page));
        after(first * layout.page, std::span<const std::byte>(block));
    }
}

} // namespace

void write_page_checksums(File& file) {
    const auto fill = [](std::uint64_t, std::span<std::byte> page) {
        const auto sums = checksum(page.first(page.size() - checksum_bytes));
        std::memcpy(&page[page.size() - checksum_bytes], sums.data(), checksum_bytes);
    };
    each_page(file, layout_of(file), fill,
              [&](std::uint64_t at, std::span<const std::byte> block) { file.write_at(at, block); });
}

std::uint64_t find_bad_page(const File& file) {
    std::uint64_t bad = 0;
    const auto compare = [&](std::uint64_t number, std::span<const std::byte> page) {
        const auto sums = checksum(page.first(page.size() - checksum_bytes));
        if (bad == 0 && std::memcmp(&page[page.size() - checksum_bytes], sums.data(), checksum_bytes) != 0)
            bad = number;
    };
    each_page(file, layout_of(file), compare, [](std::uint64_t, std::span<const std::byte>) {});
    return bad;
}

} // namespace harmattan::tiles
