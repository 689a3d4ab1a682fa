#include "render/print/numerals.hpp"

#include <fmt/format.h>

namespace harmattan::render {

std::string grouped(double whole, std::string_view lang) {
    const std::string digits = fmt::format("{:.0f}", whole);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += lang == "fr" ? "\u202f" : ",";
        out += digits[i];
    }
    return out;
}

} // namespace harmattan::render
