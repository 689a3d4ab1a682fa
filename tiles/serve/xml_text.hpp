#pragma once
// Text as XML holds it.

#include <string>
#include <string_view>

namespace harmattan::tiles {

/// For an element's content or an attribute in double quotes. Bytes that are not UTF-8 become U+FFFD; characters that
/// XML 1.0 has no form for (controls but tab and line ends, U+FFFE, U+FFFF) are left out.
std::string xml_text(std::string_view text);

} // namespace harmattan::tiles
