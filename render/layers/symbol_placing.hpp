#pragma once
// Labels find their places: each once per zoom, on the whole map, in a fixed order.

#include "render/layers/symbol_candidate.hpp"
#include "render/text/collision_grid.hpp"
#include "render/text/label.hpp"

#include <span>
#include <string>
#include <vector>

namespace harmattan::render {

struct PlacedSymbol {
    Label label;
    std::string text;
    SymbolLook look;
};

/// Those of `candidates` that find a place inside `bounds`, in their order; `taken` then holds what they cover. On
/// paper a point that stays without its name goes, for no further zoom will tell what it is.
std::vector<PlacedSymbol> place_symbols(std::span<const SymbolCandidate> candidates, const PixelExtent& bounds,
                                        bool is_paper, CollisionGrid& taken);

} // namespace harmattan::render
