#include "render/print/numerals.hpp"

#include <cmath>
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

std::string on_axis(double value, double step, std::string_view lang) {
    if (step >= 1) return grouped(value, lang);
    std::string text = fmt::format("{:.{}f}", value, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    if (lang == "fr") text[text.find('.')] = ',';
    return text;
}

} // namespace harmattan::render
