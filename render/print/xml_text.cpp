#include "render/print/xml_text.hpp"

#include "geo/utf8.hpp"

#include <cmath>
#include <cstdint>

namespace harmattan::render {

std::string to_xml(std::string_view text) {
    const std::string valid = geo::to_valid_utf8(text);
    std::string out;
    out.reserve(valid.size());
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const auto byte = [&](std::size_t at) {
            return at < valid.size() ? static_cast<unsigned char>(valid[at]) : 0u;
        };
        switch (byte(i)) {
        case '&': out += "&amp;"; continue;
        case '<': out += "&lt;"; continue;
        case '>': out += "&gt;"; continue;
        case '"': out += "&quot;"; continue;
        case '\t':
        case '\n':
        case '\r': out += ' '; continue;
        default: break;
        }
        if (byte(i) < 0x20 || byte(i) == 0x7f) continue;
        if (byte(i) == 0xc2 && byte(i + 1) < 0xa0) { // C1 controls
            ++i;
            continue;
        }
        if (byte(i) == 0xef && byte(i + 1) == 0xbf && byte(i + 2) >= 0xbe) { // U+FFFE, U+FFFF
            out += "\xef\xbf\xbd";
            i += 2;
            continue;
        }
        out += valid[i];
    }
    return out;
}

void append_hundredths(std::string& to, double value) {
    if (!std::isfinite(value)) value = 0;
    const std::int64_t hundredths = std::llround(value * 100);
    const std::int64_t size = std::abs(hundredths);
    if (hundredths < 0) to += '-';
    to += std::to_string(size / 100);
    if (size % 100 == 0) return;
    to += '.';
    to += static_cast<char>('0' + size % 100 / 10);
    if (size % 10 != 0) to += static_cast<char>('0' + size % 10);
}

std::string XmlIds::make(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    std::string id;
    if (name.empty() || !(is_letter(name[0]) || name[0] == '_')) id += '_';
    for (const char c : name)
        id += is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ? c : '-';
    std::string free = id;
    for (int n = 2; !m_given.insert(free).second; ++n) free = id + '-' + std::to_string(n);
    return free;
}

} // namespace harmattan::render
