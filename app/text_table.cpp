#include "app/text_table.hpp"

#include <algorithm>

namespace harmattan::app {

namespace {

/// Code points: near enough to columns for the names of this part of the world.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

std::string in_one_line(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return text;
}

std::string text_table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& numbers,
                       std::size_t indent) {
    std::vector<std::size_t> widths(numbers.size());
    for (const std::vector<std::string>& row : rows)
        for (std::size_t c = 0; c < widths.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
    std::string text;
    for (const std::vector<std::string>& row : rows) {
        std::string line(indent, ' ');
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const std::string air(widths[c] - width_of(row[c]), ' ');
            if (c > 0) line += "  ";
            line += numbers[c] ? air + row[c] : in_one_line(row[c]) + air;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace harmattan::app
