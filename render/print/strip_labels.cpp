#include "render/print/strip_labels.hpp"

#include <algorithm>

namespace harmattan::render {

namespace {

/// Where a label may lie, the best first.
std::vector<PlacedStripLabel> candidates(const StripLabel& label, std::size_t number, double left, double right,
                                         double gap) {
    PlacedStripLabel over{number, label.at - label.left_of, label.at + label.right_of, false};
    if (label.may_slide) {
        const double shift = over.left < left ? left - over.left : std::min(0.0, right - over.right);
        over.left += shift, over.right += shift;
    }
    std::vector<PlacedStripLabel> all{over};
    for (int quarters = 0; quarters <= 4 && label.beside > 0; ++quarters) { // off its tick by its own width at most
        const double off = gap / 2 + quarters * label.beside / 4;
        all.push_back({number, label.at - off - label.beside, label.at - off, true});
        all.push_back({number, label.at + off, label.at + off + label.beside, true});
    }
    return all;
}

} // namespace

std::vector<PlacedStripLabel> place_strip_labels(std::span<const StripLabel> labels, double left, double right,
                                                 double gap) {
    constexpr double rounding = 1e-9;
    std::vector<PlacedStripLabel> placed;
    const auto has_room = [&](const PlacedStripLabel& wanted) {
        return wanted.left >= left - rounding && wanted.right <= right + rounding &&
               std::ranges::none_of(placed, [&](const PlacedStripLabel& p) {
                   return wanted.left < p.right + gap && p.left < wanted.right + gap;
               });
    };
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::vector<PlacedStripLabel> wanted = candidates(labels[i], i, left, right, gap);
        if (const auto found = std::ranges::find_if(wanted, has_room); found != wanted.end()) placed.push_back(*found);
    }
    return placed;
}

} // namespace harmattan::render
