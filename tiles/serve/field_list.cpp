#include "tiles/serve/field_list.hpp"

#include <algorithm>

namespace harmattan::tiles {

namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view white = " \t";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) + 1 - first);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool next_element(std::string_view& rest, std::string_view& element, char separator) {
    while (!rest.empty()) {
        const std::size_t end = rest.find(separator);
        element = trim(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (!element.empty()) return true;
    }
    return false;
}

} // namespace harmattan::tiles
