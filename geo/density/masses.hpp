#pragma once
// What the kernels with a rim are stamped from: the events' own places where those are few, else the bins' nodes.

#include "geo/density/layer.hpp"

#include <cstddef>
#include <optional>

namespace harmattan::geo {

/// Every distinct place of the layer's events once, with their whole weight; nothing where there are more than `most`.
std::optional<Masses> masses_at_places(const Events& events, const Layout& layout, int layer, std::size_t most);

/// Every node with a mass.
Masses masses_at_nodes(const Bins& bins, const LayerGrid& grid, const EqualArea& crs);

/// The grid of twice the step on which every second node of `grid` lies.
LayerGrid coarser(const LayerGrid& grid);
/// The masses shared out to the nodes of coarser(grid).
Masses masses_at_coarse_nodes(const Bins& bins, const LayerGrid& grid, const EqualArea& crs);

} // namespace harmattan::geo
