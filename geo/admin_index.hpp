#pragma once
// Which polygon a place lies in: exact even-odd test, quick for millions of places.

#include "geo/features.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace harmattan::geo {

/// Immutable; safe to ask from many threads. Polygons may overlap: the one that stands first in the table wins.
class AdminIndex {
public:
    /// Features that are not polygons are passed over. The table need not outlive the index.
    explicit AdminIndex(const FeatureTable& units);

    /// Index of the feature that holds the place; nothing where none does.
    std::optional<std::size_t> unit_at(LonLat place) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

} // namespace harmattan::geo
