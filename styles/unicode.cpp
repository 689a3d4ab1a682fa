#include "styles/unicode.hpp"

#include "geo/error.hpp"

#include <clocale>
#include <cwctype>

namespace harmattan::styles {

namespace {

/// Bytes of the character that begins at `text[at]`.
std::size_t character_size(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80                   ? 1
                             : lead >= 0xF0 && lead < 0xF8 ? 4
                             : lead >= 0xE0                ? 3
                             : lead >= 0xC2                ? 2
                                                           : 1;
    if (lead >= 0xF8 || at + size > text.size()) return 1;
    for (std::size_t i = 1; i < size; ++i)
        if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 1;
    return size;
}

char32_t decode(std::string_view c) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(c[i])); };
    switch (c.size()) {
    case 2: return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3: return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4: return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    default: return byte(0);
    }
}

void append(std::string& out, char32_t c) {
    const auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xC0 | c >> 6);
        add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        add(0xE0 | c >> 12);
        add(0x80 | (c >> 6 & 0x3F));
        add(0x80 | (c & 0x3F));
    } else {
        add(0xF0 | c >> 18);
        add(0x80 | (c >> 12 & 0x3F));
        add(0x80 | (c >> 6 & 0x3F));
        add(0x80 | (c & 0x3F));
    }
}

/// glibc carries the tables of Unicode in its built-in C.UTF-8, whatever locales are installed.
locale_t unicode_locale() {
    static const locale_t locale = [] {
        const locale_t made = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        if (!made)
            throw geo::Error(geo::ErrorKind::internal, "the C library has no locale C.UTF-8 to change case with");
        return made;
    }();
    return locale;
}

template <class Map>
std::string map_characters(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view c = text.substr(at, character_size(text, at));
        at += c.size();
        if (c.size() == 1 && static_cast<unsigned char>(c[0]) >= 0x80) out += c; // not UTF-8
        else map(out, decode(c));
    }
    return out;
}

} // namespace

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += character_size(text, at)) ++count;
    return count;
}

std::size_t byte_of_character(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < index && at < text.size(); ++i) at += character_size(text, at);
    return at;
}

std::string uppercase(std::string_view text) {
    const locale_t locale = unicode_locale();
    return map_characters(text, [locale](std::string& out, char32_t c) {
        if (c == U'ß') out += "SS";
        else append(out, static_cast<char32_t>(towupper_l(static_cast<wint_t>(c), locale)));
    });
}

std::string lowercase(std::string_view text) {
    const locale_t locale = unicode_locale();
    return map_characters(text, [locale](std::string& out, char32_t c) {
        append(out, static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), locale)));
    });
}

} // namespace harmattan::styles
