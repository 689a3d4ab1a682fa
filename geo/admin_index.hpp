#pragma once
// Which polygon a place lies in: exact even-odd test, quick for millions of places.

#include "geo/features.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace harmattan::geo {

/// Stands for "in none" where a feature's index is kept as 32 bits.
inline constexpr std::uint32_t no_unit = std::numeric_limits<std::uint32_t>::max();

/// Immutable; safe to ask from many threads. Polygons may overlap: the one that stands first in the table wins. A place
/// on a boundary belongs to the polygons on both sides, so the first of them wins too. The test is exact for the
/// vertices and the place as given; edges are straight in longitude and latitude.
class AdminIndex {
public:
    /// Features that are not polygons are passed over. The table need not outlive the index.
    /// About 0.4 µs an edge; memory 40 bytes an edge and row it meets, at most 16 MB more.
    explicit AdminIndex(const FeatureTable& units);

    /// Index of the feature that holds the place; nothing where none does. Typically 10 to 100 ns.
    std::optional<std::size_t> unit_at(LonLat place) const;

    /// The same for many: one index or `no_unit` for each place.
    std::vector<std::uint32_t> units_of(std::span<const LonLatE7> places) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

} // namespace harmattan::geo
