#include "render/text/french_spacing.hpp"

namespace harmattan::render {

namespace {

constexpr std::string_view narrow = "\u202f", wide = "\u00a0", opening = "«", closing = "»";

/// The space that `text` begins with; empty: none.
std::string_view space_at(std::string_view text) {
    for (const std::string_view space : {std::string_view(" "), wide, narrow})
        if (text.starts_with(space)) return space;
    return {};
}

/// What has to stand before that which `text` begins with; empty: nothing special.
std::string_view space_before(std::string_view text) {
    if (text.empty()) return {};
    if (text.starts_with(':') || text.starts_with(closing)) return wide;
    return std::string_view(";!?%").find(text.front()) != std::string_view::npos ? narrow : std::string_view();
}

} // namespace

std::string french_spacing(std::string_view text) {
    std::string out;
    bool opened = false;
    while (!text.empty()) {
        const std::string_view space = space_at(text);
        if (space.empty()) {
            opened = text.starts_with(opening);
            const std::size_t taken = opened ? opening.size() : 1;
            out += text.substr(0, taken);
            text.remove_prefix(taken);
            continue;
        }
        text.remove_prefix(space.size());
        const std::string_view wanted = opened ? wide : space_before(text);
        out += wanted.empty() ? space : wanted;
        opened = false;
    }
    return out;
}

} // namespace harmattan::render
