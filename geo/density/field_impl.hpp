#pragma once
// The inside of a Field, shared by the files that build, sample and summarise it.

#include "geo/density/field.hpp"
#include "geo/density/layer.hpp"

#include <vector>

namespace harmattan::geo {

/// A value and the area on the ground, m², on which the field has about that value.
struct ValueArea {
    float value = 0;
    double area = 0;
};

struct Field::Impl {
    FieldOptions options;
    Layout layout;
    std::vector<Layer> layers; ///< finest first
    double lone_peak = 0;
    // From summarise():
    double peak = 0;
    Extent<Analysis> reach;        ///< of the nodes above zero
    std::vector<ValueArea> values; ///< ascending

    /// Looks at the field at the nodes of every layer's blocks, those of a coarser layer only where no finer one has a
    /// block.
    void summarise(Workers& workers);
};

} // namespace harmattan::geo
