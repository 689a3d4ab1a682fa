#include "geo/fold_name.hpp"

#include <array>

namespace harmattan::geo {

namespace {

/// U+00C0 … U+00FF without their accents; blank: not a letter.
constexpr std::array<std::string_view, 64> latin1 = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e",  "e", "e", "i", "i", "i", "i", "d",  "n", "o",  "o", "o", "o",
    "o", " ", "o", "u", "u", "u", "u",  "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e", "e", "e",
    "i", "i", "i", "i", "d", "n", "o",  "o", "o",  "o",  "o", " ", "o", "u", "u", "u", "u",  "y", "th", "y"};

/// U+0100 … U+017F, two code points (capital, small) to a letter, by first code point of each run.
std::string_view latin_extended(unsigned code) {
    struct Run {
        unsigned from;
        std::string_view letter;
    };
    static constexpr std::array<Run, 22> runs = {
        {{0x100, "a"}, {0x106, "c"},  {0x10E, "d"}, {0x112, "e"}, {0x11C, "g"}, {0x124, "h"},
         {0x128, "i"}, {0x132, "ij"}, {0x134, "j"}, {0x136, "k"}, {0x139, "l"}, {0x143, "n"},
         {0x14C, "o"}, {0x152, "oe"}, {0x154, "r"}, {0x15A, "s"}, {0x162, "t"}, {0x168, "u"},
         {0x174, "w"}, {0x176, "y"},  {0x179, "z"}, {0x17F, "s"}}};
    std::string_view letter;
    for (const Run& run : runs)
        if (code >= run.from) letter = run.letter;
    return letter;
}

} // namespace

std::string fold_name(std::string_view utf8) {
    std::string out;
    bool gap = false;
    const auto put = [&](std::string_view letters) {
        if (letters.empty()) return;
        if (letters == " ") {
            gap = true;
            return;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += letters;
    };
    for (std::size_t i = 0; i < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        const std::string_view character = utf8.substr(i, length);
        i += length;
        if (length == 1) {
            const char lower = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte);
            const bool kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
            put(kept ? std::string_view(&lower, 1) : " ");
            continue;
        }
        unsigned code = byte & (0xFFu >> (length + 1));
        for (const char c : character.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
        if (code >= 0xC0 && code < 0x100) put(latin1[code - 0xC0]);
        else if (code >= 0x100 && code < 0x180) put(latin_extended(code));
        else if (code >= 0x300 && code < 0x370) // combining accents
            continue;
        else if (code < 0xC0 || (code >= 0x2000 && code < 0x2070)) // signs, dashes, quotes
            put(" ");
        else put(character);
    }
    return out;
}

} // namespace harmattan::geo
