#pragma once
// Sizes of paper, millimetres.

#include <optional>
#include <string_view>

namespace harmattan::render {

struct PaperSize {
    double width_mm = 210, height_mm = 297;
    bool operator==(const PaperSize&) const = default;
    PaperSize turned() const { return {height_mm, width_mm}; }
    bool is_landscape() const { return width_mm > height_mm; }
};

inline constexpr double least_side_mm = 100, greatest_side_mm = 3000;

/// "A5" to "A0", "Letter", "Legal", "Tabloid" (whatever their case) upright, or "297x210" in mm. Nothing for another
/// text or for sides beyond the bounds above.
std::optional<PaperSize> find_paper_size(std::string_view text);

} // namespace harmattan::render
