#include "render/print/strip_labels.hpp"

#include <algorithm>

namespace harmattan::render {

namespace {

struct Reach {
    double left, right;
};

Reach reach_of(const StripLabel& label, double width) {
    double left = label.at - label.left_of, right = label.at + label.right_of;
    if (!label.may_slide) return {left, right};
    const double shift = left < 0 ? -left : std::min(0.0, width - right);
    return {left + shift, right + shift};
}

} // namespace

std::vector<PlacedStripLabel> place_strip_labels(std::span<const StripLabel> labels, double width, std::size_t rows, double gap, double clear) {
    std::vector<PlacedStripLabel> placed;
    const auto at_of = [&](const PlacedStripLabel& p) { return labels[p.label].at; };
    const auto fits = [&](const PlacedStripLabel& wanted) {
        return std::none_of(placed.begin(), placed.end(), [&](const PlacedStripLabel& p) {
            if (p.row == wanted.row) return wanted.left < p.right + gap && p.left < wanted.right + gap;
            const auto& [lower, higher] = p.row < wanted.row ? std::pair(p, wanted) : std::pair(wanted, p);
            return at_of(higher) > lower.left - clear && at_of(higher) < lower.right + clear;
        });
    };
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const Reach reach = reach_of(labels[i], width);
        if (reach.left < -1e-9 || reach.right > width + 1e-9) continue;
        for (std::size_t row = 0; row < rows; ++row) {
            const PlacedStripLabel wanted{i, reach.left, reach.right, row};
            if (!fits(wanted)) continue;
            placed.push_back(wanted);
            break;
        }
    }
    return placed;
}

} // namespace harmattan::render
