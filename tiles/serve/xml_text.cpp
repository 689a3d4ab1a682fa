#include "tiles/serve/xml_text.hpp"

#include "geo/utf8.hpp"

namespace harmattan::tiles {

namespace {

bool is_noncharacter(std::string_view rest) {
    return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

} // namespace

std::string xml_text(std::string_view text) {
    const std::string valid = geo::to_valid_utf8(text);
    std::string out;
    out.reserve(valid.size());
    for (std::size_t at = 0; at < valid.size(); ++at) {
        const char c = valid[at];
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\t': out += "&#9;"; break; // as references, attributes keep them too
        case '\n': out += "&#10;"; break;
        case '\r': out += "&#13;"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) continue;
            if (is_noncharacter(std::string_view(valid).substr(at))) at += 2;
            else out += c;
        }
    }
    return out;
}

} // namespace harmattan::tiles
