#include "tiles/serve/entity_tag.hpp"

#include "tiles/serve/field_list.hpp"

#include <cstddef>

namespace harmattan::tiles {

namespace {

/// etagc: anything visible but the quote, and bytes over 0x7F.
constexpr bool is_tag_char(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x21 || (byte >= 0x23 && byte != 0x7F);
}

void skip_white(std::string_view& rest) {
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
}

/// Takes a quoted tag off `rest`, without the "W/" before it; false if there is none.
bool take_tag(std::string_view& rest, std::string_view& tag) {
    if (rest.starts_with("W/")) rest.remove_prefix(2);
    if (rest.empty() || rest[0] != '"') return false;
    std::size_t end = 1;
    while (end < rest.size() && is_tag_char(rest[end])) ++end;
    if (end == rest.size() || rest[end] != '"') return false;
    tag = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    return true;
}

} // namespace

bool none_match_names(std::string_view field, std::string_view tag) {
    std::string_view rest = trim(field);
    if (rest == "*") return true;
    bool named = false;
    for (bool comma_needed = false; skip_white(rest), !rest.empty();) { // tags may hold commas: not a plain list
        if (rest[0] == ',') {
            rest.remove_prefix(1);
            comma_needed = false;
            continue;
        }
        std::string_view other;
        if (comma_needed || !take_tag(rest, other)) return false;
        named |= other == tag;
        comma_needed = true;
    }
    return named;
}

bool if_range_holds(std::string_view field, std::string_view tag) { return trim(field) == tag; }

} // namespace harmattan::tiles
