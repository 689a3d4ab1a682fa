#include "render/print/paper_size.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <utility>

namespace harmattan::render {

namespace {

// ISO 216 and ANSI/ASME Y14.1.
constexpr std::array<std::pair<std::string_view, PaperSize>, 9> known{{{"a5", {148, 210}},
                                                                       {"a4", {210, 297}},
                                                                       {"a3", {297, 420}},
                                                                       {"a2", {420, 594}},
                                                                       {"a1", {594, 841}},
                                                                       {"a0", {841, 1189}},
                                                                       {"letter", {215.9, 279.4}},
                                                                       {"legal", {215.9, 355.6}},
                                                                       {"tabloid", {279.4, 431.8}}}};

std::optional<double> side(std::string_view text) {
    double mm = 0;
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), mm);
    if (failed != std::errc() || stop != text.data() + text.size() || !(mm >= least_side_mm && mm <= greatest_side_mm))
        return std::nullopt;
    return mm;
}

} // namespace

std::optional<PaperSize> find_paper_size(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto& [name, size] : known)
        if (lower == name) return size;
    const std::size_t by = lower.find('x');
    if (by == std::string::npos) return std::nullopt;
    const auto width = side(std::string_view(lower).substr(0, by)),
               height = side(std::string_view(lower).substr(by + 1));
    if (!width || !height) return std::nullopt;
    return PaperSize{*width, *height};
}

} // namespace harmattan::render
