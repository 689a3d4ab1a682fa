#include "tests/fuzz/require.hpp"
#include "tiles/serve/accepts.hpp"
#include "tiles/serve/byte_range.hpp"
#include "tiles/serve/entity_tag.hpp"
#include "tiles/serve/host_list.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

using namespace harmattan;
using fuzz::require;

namespace {

void check_range(std::string_view field, std::uint64_t size) {
    const tiles::ByteRange range = tiles::parse_range(field, size);
    require(range.offset <= size && range.length <= size - range.offset, "the range lies within the size");
    if (range.kind == tiles::RangeKind::whole) require(range.length == size, "the whole is the whole");
    if (range.kind == tiles::RangeKind::unsatisfiable) require(range.length == 0, "nothing is sent of nothing");
    if (range.kind == tiles::RangeKind::part) {
        require(range.length > 0, "a part is not empty");
        require(tiles::parse_range(fmt::format("bytes={}-{}", range.offset, range.offset + range.length - 1), size) ==
                    range,
                "a part, written plainly, is the same part");
    }
}

void check_tag(std::string_view field) {
    constexpr std::string_view tag = R"("06b0")";
    const bool stands_in_it = field.find(tag) != std::string_view::npos;
    if (tiles::none_match_names(field, tag))
        require(stands_in_it || field.find('*') != std::string_view::npos, "a tag that matches stands in the field");
    if (tiles::if_range_holds(field, tag)) require(stands_in_it, "If-Range holds for the tag alone");
}

void check_host(std::string_view field) {
    static const tiles::HostList hosts({"maps.example.org"});
    if (!hosts.allows(field)) return;
    require(field.size() < 64 &&
                std::all_of(field.begin(), field.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '/'; }),
            "a host that is allowed is plain");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::uint64_t of = 0;
    if (size < sizeof of) return 0;
    std::memcpy(&of, data, sizeof of);
    const std::string_view field = fuzz::text_of(data + sizeof of, size - sizeof of);
    check_range(field, of);
    check_tag(field);
    check_host(field);
    if (tiles::accepts_gzip(field)) require(field.find_first_of("gG*") != std::string_view::npos, "gzip is named");
    if (tiles::prefers_json(field)) require(field.find('/') != std::string_view::npos, "a media type is named");
    return 0;
}
