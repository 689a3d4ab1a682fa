#pragma once
// The places of events, each once: what kernels are stamped from where the places are few.

#include "geo/density/layer.hpp"

#include <cstddef>
#include <optional>

namespace harmattan::geo {

/// Every distinct place of the layer's events once, with their whole weight; nothing where there are more than `most`.
std::optional<Masses> masses_at_places(const Events& events, const Layout& layout, int layer, std::size_t most);

} // namespace harmattan::geo
