#pragma once
// UTF-8 at the border: every text that enters is checked, so that nothing invalid can leave.

#include <string>
#include <string_view>

namespace harmattan::geo {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
/// Source: Unicode 15, table 3-7. ASCII is passed eight bytes at a time.
bool is_valid_utf8(std::string_view text) noexcept;

/// The text with each ill-formed byte replaced by U+FFFD; for messages, never for data.
std::string to_valid_utf8(std::string_view text);

/// The longest prefix of at most `bytes` bytes that does not cut a character; `text` must be valid.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes) noexcept;

} // namespace harmattan::geo
