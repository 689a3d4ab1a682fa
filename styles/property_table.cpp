#include "styles/property_table.hpp"

#include "styles/json.hpp"

#include <algorithm>
#include <sstream>

namespace harmattan::styles {

namespace {

// clang-format off
/// A row under construction: the calls read like the specification's own table.
struct Row : PropertySpec {
    Row& at_least(double low) { minimum = low; return *this; }
    Row& within(double low, double high) { minimum = low; maximum = high; return *this; }
    Row& by(DependsOn what) { depends_on = what; return *this; }
    Row& by_feature() { return by(DependsOn::zoom_and_feature); }
    Row& stepped() { interpolated = false; return *this; }
    Row& with_tokens() { tokens = true; return *this; }
    Row& not_drawn() { drawn = Drawn::no; return *this; }
    Row& flat() { drawn = Drawn::flat; return *this; }
};
// clang-format on

Row of_type(std::string name, std::string type, Value otherwise = {}) {
    Row row;
    row.name = std::move(name);
    row.interpolated = type == "number" || type == "color" || type.starts_with("array<number");
    row.type = std::move(type);
    row.otherwise = std::move(otherwise);
    return row;
}

std::vector<std::string> split_words(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

Row number(std::string name) { return of_type(std::move(name), "number"); }
Row number(std::string name, double otherwise) { return of_type(std::move(name), "number", otherwise); }
Row boolean(std::string name, bool otherwise) { return of_type(std::move(name), "boolean", otherwise); }
Row color(std::string name) { return of_type(std::move(name), "color"); }
Row color(std::string name, const char* otherwise) {
    return of_type(std::move(name), "color", parse_color(otherwise).value());
}
Row word(std::string name, const std::string& allowed, Value otherwise = {}) {
    Row row = of_type(std::move(name), "string", std::move(otherwise));
    row.words = split_words(allowed);
    return row;
}
Row words(std::string name, const std::string& allowed) {
    Row row = of_type(std::move(name), "array<string>");
    row.words = split_words(allowed);
    return row;
}

/// A default that is an expression.
Row computed(Row row, std::string_view json) {
    std::vector<Fault> faults;
    row.computed = parse_expression(parse_json(json, "the default of " + row.name), {row.type}, faults);
    return row;
}

constexpr std::string_view heatmap_default = R"json(["interpolate", ["linear"], ["heatmap-density"],
    0, "rgba(0, 0, 255, 0)", 0.1, "royalblue", 0.3, "cyan", 0.5, "lime", 0.7, "yellow", 1, "red"])json";

Value numbers(std::initializer_list<double> list) { return Value(Array(list.begin(), list.end())); }
Value texts(std::initializer_list<const char*> list) { return Value(Array(list.begin(), list.end())); }

void section(std::vector<PropertySpec>& table, LayerType layer, PropertyGroup group, const std::vector<Row>& rows) {
    for (PropertySpec spec : rows) {
        spec.layer = layer;
        spec.group = group;
        table.push_back(std::move(spec));
    }
}

struct Table {
    std::vector<PropertySpec> table;
    std::map<std::string, const PropertySpec*, std::less<>> by_name;

    Table() {
        // clang-format off
        // MapLibre Style Specification v8, as of its package 26.6.0; `visibility` is read with the layer itself.
        section(table, LayerType::background, PropertyGroup::paint, {
            color("background-color", "#000000"),
            of_type("background-pattern", "image").not_drawn(),
            number("background-opacity", 1).within(0, 1)});
        section(table, LayerType::fill, PropertyGroup::layout, {
            number("fill-sort-key").by_feature().stepped()});
        section(table, LayerType::fill, PropertyGroup::paint, {
            boolean("fill-antialias", true),
            number("fill-opacity", 1).within(0, 1).by_feature(),
            number("fill-layer-opacity", 1).within(0, 1).not_drawn(),
            word("fill-layer-blend", "normal multiply color luminosity plus-lighter screen overlay",
                "normal").by(DependsOn::nothing).not_drawn(),
            color("fill-color", "#000000").by_feature(),
            color("fill-outline-color").by_feature(),
            of_type("fill-translate", "array<number, 2>", numbers({0, 0})).not_drawn(),
            word("fill-translate-anchor", "map viewport", "map").flat(),
            of_type("fill-pattern", "image").by_feature().not_drawn()});
        section(table, LayerType::line, PropertyGroup::layout, {
            word("line-cap", "butt round square", "butt").by_feature(),
            word("line-join", "bevel round miter", "miter").by_feature(),
            number("line-miter-limit", 2).by_feature(),
            number("line-round-limit", 1.05).by_feature().not_drawn(),
            number("line-sort-key").by_feature().stepped()});
        section(table, LayerType::line, PropertyGroup::paint, {
            number("line-opacity", 1).within(0, 1).by_feature(),
            number("line-layer-opacity", 1).within(0, 1).not_drawn(),
            word("line-layer-blend", "normal multiply color luminosity plus-lighter screen overlay",
                "normal").by(DependsOn::nothing).not_drawn(),
            color("line-color", "#000000").by_feature(),
            of_type("line-translate", "array<number, 2>", numbers({0, 0})).not_drawn(),
            word("line-translate-anchor", "map viewport", "map").flat(),
            number("line-width", 1).at_least(0).by_feature(),
            number("line-gap-width", 0).at_least(0).by_feature(),
            number("line-offset", 0).by_feature(),
            number("line-blur", 0).at_least(0).by_feature().not_drawn(),
            of_type("line-dasharray", "array<number>").at_least(0).by_feature().stepped(),
            of_type("line-pattern", "image").by_feature().not_drawn(),
            color("line-gradient").by(DependsOn::progress).not_drawn()});
        section(table, LayerType::circle, PropertyGroup::layout, {
            number("circle-sort-key").by_feature().stepped()});
        section(table, LayerType::circle, PropertyGroup::paint, {
            number("circle-radius", 5).at_least(0).by_feature(),
            color("circle-color", "#000000").by_feature(),
            number("circle-blur", 0).by_feature().not_drawn(),
            number("circle-opacity", 1).within(0, 1).by_feature(),
            of_type("circle-translate", "array<number, 2>", numbers({0, 0})).not_drawn(),
            word("circle-translate-anchor", "map viewport", "map").flat(),
            word("circle-pitch-scale", "map viewport", "map").flat(),
            word("circle-pitch-alignment", "map viewport", "viewport").flat(),
            number("circle-stroke-width", 0).at_least(0).by_feature(),
            color("circle-stroke-color", "#000000").by_feature(),
            number("circle-stroke-opacity", 1).within(0, 1).by_feature()});
        section(table, LayerType::symbol, PropertyGroup::layout, {
            word("symbol-placement", "point line line-center", "point"),
            number("symbol-spacing", 250).at_least(1),
            boolean("symbol-avoid-edges", false).flat(),
            number("symbol-sort-key").by_feature().stepped(),
            word("symbol-z-order", "auto viewport-y source", "auto").flat(),
            boolean("icon-allow-overlap", false).flat(),
            word("icon-overlap", "never always cooperative").flat(),
            boolean("icon-ignore-placement", false).flat(),
            boolean("icon-optional", false).flat(),
            word("icon-rotation-alignment", "map viewport auto", "auto").by_feature().flat(),
            number("icon-size", 1).at_least(0).by_feature().flat(),
            word("icon-text-fit", "none width height both", "none").flat(),
            of_type("icon-text-fit-padding", "array<number, 4>", numbers({0, 0, 0, 0})).flat(),
            of_type("icon-image", "image").by_feature().with_tokens().not_drawn(),
            number("icon-rotate", 0).by_feature().flat(),
            of_type("icon-padding", "padding").by_feature().flat(),
            boolean("icon-keep-upright", false).flat(),
            of_type("icon-offset", "array<number, 2>", numbers({0, 0})).by_feature().flat(),
            word("icon-anchor", "center left right top bottom top-left top-right bottom-left bottom-right",
                "center").by_feature().flat(),
            word("icon-pitch-alignment", "map viewport auto", "auto").flat(),
            word("text-pitch-alignment", "map viewport auto", "auto").flat(),
            word("text-rotation-alignment", "map viewport viewport-glyph auto", "auto").flat(),
            of_type("text-field", "formatted", "").by_feature().with_tokens(),
            of_type("text-font", "array<string>", texts({"Open Sans Regular",
                "Arial Unicode MS Regular"})).by_feature(),
            number("text-size", 16).at_least(0).by_feature(),
            number("text-max-width", 10).at_least(0).by_feature(),
            number("text-line-height", 1.2),
            number("text-letter-spacing", 0).by_feature(),
            word("text-justify", "auto left center right", "center").by_feature(),
            number("text-radial-offset", 0).by_feature(),
            words("text-variable-anchor", "center left right top bottom top-left top-right bottom-left bottom-right"),
            of_type("text-variable-anchor-offset", "variableAnchorOffsetCollection").by_feature().not_drawn(),
            word("text-anchor", "center left right top bottom top-left top-right bottom-left bottom-right",
                "center").by_feature(),
            number("text-max-angle", 45),
            words("text-writing-mode", "horizontal vertical").not_drawn(),
            number("text-rotate", 0).by_feature().not_drawn(),
            number("text-padding", 2).at_least(0),
            boolean("text-keep-upright", true),
            word("text-transform", "none uppercase lowercase", "none").by_feature(),
            of_type("text-offset", "array<number, 2>", numbers({0, 0})).by_feature(),
            boolean("text-allow-overlap", false),
            word("text-overlap", "never always cooperative"),
            boolean("text-ignore-placement", false),
            boolean("text-optional", false).flat(),
            number("symbol-height-offset", 0).by_feature().flat(),
            word("symbol-height-anchor", "ground absolute", "ground").flat()});
        section(table, LayerType::symbol, PropertyGroup::paint, {
            number("icon-opacity", 1).within(0, 1).by_feature().flat(),
            color("icon-color", "#000000").by_feature().flat(),
            color("icon-halo-color", "rgba(0, 0, 0, 0)").by_feature().flat(),
            number("icon-halo-width", 0).at_least(0).by_feature().flat(),
            number("icon-halo-blur", 0).at_least(0).by_feature().flat(),
            of_type("icon-translate", "array<number, 2>", numbers({0, 0})).not_drawn(),
            word("icon-translate-anchor", "map viewport", "map").flat(),
            number("text-opacity", 1).within(0, 1).by_feature(),
            color("text-color", "#000000").by_feature(),
            color("text-halo-color", "rgba(0, 0, 0, 0)").by_feature(),
            number("text-halo-width", 0).at_least(0).by_feature(),
            number("text-halo-blur", 0).at_least(0).by_feature().not_drawn(),
            of_type("text-translate", "array<number, 2>", numbers({0, 0})).not_drawn(),
            word("text-translate-anchor", "map viewport", "map").flat()});
        section(table, LayerType::heatmap, PropertyGroup::paint, {
            number("heatmap-radius", 30).at_least(1).by_feature(),
            number("heatmap-weight", 1).at_least(0).by_feature(),
            number("heatmap-intensity", 1).at_least(0),
            computed(color("heatmap-color"), heatmap_default).by(DependsOn::density),
            number("heatmap-opacity", 1).within(0, 1)});
        // clang-format on
        for (const PropertySpec& spec : table) by_name.emplace(spec.name, &spec);
    }
};

const Table& the_table() {
    static const Table table;
    return table;
}

} // namespace

std::span<const PropertySpec> property_table() { return the_table().table; }

const PropertySpec* find_property(std::string_view name) {
    const auto found = the_table().by_name.find(name);
    return found == the_table().by_name.end() ? nullptr : found->second;
}

std::string_view layer_type_name(LayerType type) {
    switch (type) {
    case LayerType::background: return "background";
    case LayerType::fill: return "fill";
    case LayerType::line: return "line";
    case LayerType::circle: return "circle";
    case LayerType::symbol: return "symbol";
    case LayerType::heatmap: return "heatmap";
    }
    return "background";
}

} // namespace harmattan::styles
