#pragma once
// UTF-8 text by characters (code points), and its case. Bytes that are not UTF-8 count as one character each and are
// kept as they are.

#include <string>
#include <string_view>

namespace harmattan::styles {

std::size_t count_characters(std::string_view text);
/// The offset of the first byte of character `index`; the size of the text where it has fewer.
std::size_t byte_of_character(std::string_view text, std::size_t index);

/// Simple case mapping of Unicode, the same whatever the locale of the process; ß becomes SS.
std::string uppercase(std::string_view text);
std::string lowercase(std::string_view text);

} // namespace harmattan::styles
