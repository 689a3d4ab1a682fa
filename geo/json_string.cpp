#include "geo/json_string.hpp"

#include "geo/utf8.hpp"

#include <fmt/format.h>
#include <iterator>

namespace harmattan::geo {

std::string json_string(std::string_view text) {
    const std::string valid = is_valid_utf8(text) ? std::string(text) : to_valid_utf8(text);
    std::string out = "\"";
    for (const char c : valid) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
            else out += c;
        }
    }
    return out + '"';
}

} // namespace harmattan::geo
