#pragma once
// A MapLibre style (specification v8) read into layers whose properties are expressions with the specification's
// defaults. What the specification lacks stands in a layer's or the style's `metadata` under "harmattan:" keys.

#include "styles/expression.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::styles {

enum class LayerType { background, fill, line, circle, symbol, heatmap };

/// A source by name: a GeoJSON (or other vector) file, or one of the sources the program itself provides.
struct Source {
    std::string type; ///< "geojson" is what is drawn
    std::string data; ///< as written: a path relative to the style, or empty
    std::string attribution;
};

class Layer {
public:
    std::string id;
    LayerType type = LayerType::background;
    std::string source;
    double minzoom = 0, maxzoom = 24; ///< drawn where minzoom <= zoom < maxzoom
    std::optional<Expression> filter;
    bool visible = true;
    Object metadata;
    std::map<std::string, Expression, std::less<>> properties; ///< layout and paint as written, parsed

    bool drawn_at(double zoom) const { return visible && zoom >= minzoom && zoom < maxzoom; }
    bool accepts(const EvaluationContext& context) const; ///< the filter; true where there is none
    bool has(std::string_view property) const { return properties.find(property) != properties.end(); }
    /// Whether the property's value may differ between features.
    bool varies_by_feature(std::string_view property) const;

    /// The property's value, or the specification's default where it is not set or its evaluation fails. A property
    /// that has no default and is not set gives 0, false, a transparent colour, an empty text or an empty list: ask
    /// `has` first where that matters.
    double number(std::string_view property, const EvaluationContext& context) const;
    bool boolean(std::string_view property, const EvaluationContext& context) const;
    Color color(std::string_view property, const EvaluationContext& context) const;
    std::string text(std::string_view property, const EvaluationContext& context) const; ///< strings and enums
    std::vector<double> numbers(std::string_view property, const EvaluationContext& context) const; ///< offsets, dashes
    std::vector<std::string> texts(std::string_view property,
                                   const EvaluationContext& context) const; ///< fonts, anchors
    /// As the accessors above, of whatever type the property has; null where there is nothing.
    Value value(std::string_view property, const EvaluationContext& context) const;

    /// metadata["harmattan:" + key]; null where absent.
    const Value& note(std::string_view key) const;
};

struct Style {
    std::string name;
    std::map<std::string, Source> sources;
    std::vector<Layer> layers; ///< bottom first
    Object metadata;
    std::filesystem::path folder; ///< that relative source paths start from

    const Layer* find_layer(std::string_view id) const;
    const Value& note(std::string_view key) const;
};

/// The sets a tileset may be made of; a layer says which it belongs to in metadata "harmattan:set".
inline constexpr std::string_view set_names[] = {"base", "heat", "corridors", "points", "labels"};

/// Everything there is to say about a style's text: faults stop it, warnings name what is not drawn. Both in the order
/// of the layers. The style holds what could be read even where there are faults.
struct StyleReading {
    Style style;
    std::vector<Fault> faults, warnings;
};
/// Throws geo::Error bad_config only where the text is not JSON.
StyleReading check_style(std::string_view json, const std::string& name);

/// Throws geo::Error bad_config that lists all faults of the text, with JSON pointers, sorted.
/// `name` is what messages call the text (a file name).
Style parse_style(std::string_view json, const std::string& name);
/// Warnings (layer types and properties that are not drawn), one line each with its JSON pointer.
std::vector<std::string> style_warnings(std::string_view json);

Style read_style(const std::filesystem::path& file);

} // namespace harmattan::styles
