#pragma once
// Parts of HTTP field values: comma-separated lists, white space, case. Views, no allocation, ASCII whatever the
// locale. Source: RFC 9110, 5.6.

#include <string_view>

namespace harmattan::tiles {

/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Takes the next element that is not empty off `rest`, trimmed; false if there is none. Knows no quoted strings.
bool next_element(std::string_view& rest, std::string_view& element, char separator = ',');

} // namespace harmattan::tiles
