#pragma once
// Features of a layer gathered by how they look, so that one look is one path on the canvas.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace harmattan::render {

template <class Look>
struct Group {
    Look look;
    std::vector<std::uint32_t> features; ///< in order
};

/// One feature with its look and sort key, before grouping.
template <class Look>
struct Styled {
    Look look;
    std::uint32_t feature = 0;
    double sort_key = 0;
};

/// Groups in drawing order. Where sort keys are used, features are drawn in their order and only neighbours of equal
/// look are joined; without them all features of a look are drawn together, looks in order of first appearance.
template <class Look>
std::vector<Group<Look>> group_by_look(std::vector<Styled<Look>> features, bool sorted) {
    std::vector<Group<Look>> groups;
    if (sorted)
        std::stable_sort(features.begin(), features.end(),
                         [](const auto& a, const auto& b) { return a.sort_key < b.sort_key; });
    for (Styled<Look>& f : features) {
        std::size_t g = groups.size();
        if (sorted) {
            if (g > 0 && groups.back().look == f.look) --g;
        } else {
            for (g = 0; g < groups.size() && !(groups[g].look == f.look);) ++g;
        }
        if (g == groups.size()) groups.push_back({std::move(f.look), {}});
        groups[g].features.push_back(f.feature);
    }
    return groups;
}

} // namespace harmattan::render
