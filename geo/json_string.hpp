#pragma once
// Text as JSON holds it.

#include <string>
#include <string_view>

namespace harmattan::geo {

/// `text` as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);

} // namespace harmattan::geo
