#include "render/print/strip_labels.hpp"

#include <algorithm>

namespace harmattan::render {

std::vector<PlacedStripLabel> place_strip_labels(std::span<const StripLabel> labels, double left, double right, double gap) {
    constexpr double rounding = 1e-9;
    std::vector<PlacedStripLabel> placed;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const StripLabel& label = labels[i];
        PlacedStripLabel wanted{i, label.at - label.left_of, label.at + label.right_of};
        if (label.may_slide) {
            const double shift = wanted.left < left ? left - wanted.left : std::min(0.0, right - wanted.right);
            wanted.left += shift, wanted.right += shift;
        }
        if (wanted.left < left - rounding || wanted.right > right + rounding) continue;
        const auto meets = [&](const PlacedStripLabel& p) { return wanted.left < p.right + gap && p.left < wanted.right + gap; };
        if (std::none_of(placed.begin(), placed.end(), meets)) placed.push_back(wanted);
    }
    return placed;
}

} // namespace harmattan::render
