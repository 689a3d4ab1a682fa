#pragma once
// JSON text to values and back. Members of an object come out in the order of their names.

#include "styles/value.hpp"

#include <string>
#include <string_view>

namespace harmattan::styles {

/// Deepest nesting read; a style that means something stays far below, and a hostile one ends here.
inline constexpr int json_depth_limit = 200;

/// Throws geo::Error bad_config with line and column. `name` is what messages call the text (a file name).
Value parse_json(std::string_view text, const std::string& name);

/// Compact, UTF-8 as it is; colours as CSS text, formatted text as its text.
std::string to_json(const Value& value);

/// `key` as one step of a JSON pointer (RFC 6901): "/" + key with ~ and / escaped.
std::string pointer_step(std::string_view key);
std::string pointer_step(std::size_t index);

} // namespace harmattan::styles
