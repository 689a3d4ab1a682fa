#pragma once
// The properties of the six drawn layer types as the MapLibre Style Specification v8 defines them: type, default,
// range, words allowed, and what their expressions may depend on. Facts of the specification, and whether harmattan
// draws them.

#include "styles/style.hpp"

#include <limits>
#include <span>

namespace harmattan::styles {

enum class PropertyGroup { layout, paint };

/// What a property's expression may depend on, besides nothing.
enum class DependsOn { nothing, zoom, zoom_and_feature, density, progress };

enum class Drawn {
    yes,
    no,   ///< accepted with a warning and not drawn
    flat, ///< says nothing about a flat picture without icons: accepted in silence
};

struct PropertySpec {
    std::string name;
    std::string type;                   ///< as in ExpressionPlace; "image" and the like for what is not drawn
    Value otherwise;                    ///< the default; null where there is none
    std::optional<Expression> computed; ///< the default where it is an expression
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    std::vector<std::string> words; ///< all a text (or each text of an array) may be; empty: anything
    DependsOn depends_on = DependsOn::zoom;
    bool interpolated = false; ///< whether there is something between two values
    bool tokens = false;       ///< whether "{name}" in a text stands for a property
    Drawn drawn = Drawn::yes;
    LayerType layer = LayerType::background;
    PropertyGroup group = PropertyGroup::paint;
};

/// All of them, by layer type in the order of LayerType.
std::span<const PropertySpec> property_table();
/// Null where no drawn layer type has it.
const PropertySpec* find_property(std::string_view name);
std::string_view layer_type_name(LayerType type);

} // namespace harmattan::styles
