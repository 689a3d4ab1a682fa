#include "render/layers/layer.hpp"

#include "geo/error.hpp"
#include "render/text/french_spacing.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

constexpr std::array<std::string_view, set_count> set_names{"base", "heat", "corridors", "points", "labels"};

Set default_set(styles::LayerType type) {
    switch (type) {
    case styles::LayerType::circle: return Set::points;
    case styles::LayerType::symbol: return Set::labels;
    case styles::LayerType::heatmap: return Set::heat;
    default: return Set::base;
    }
}

// False only where all of the edge lies beyond one side of the box, or all of the box on one side of the edge.
bool edge_meets(PixelPoint a, PixelPoint b, const PixelExtent& box) {
    if (!PixelExtent{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)}.meets(box))
        return false;
    const auto side = [&](double x, double y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); };
    const double corners[]{side(box.min_x, box.min_y), side(box.min_x, box.max_y), side(box.max_x, box.min_y),
                           side(box.max_x, box.max_y)};
    return !(std::all_of(std::begin(corners), std::end(corners), [](double s) { return s > 0; }) ||
             std::all_of(std::begin(corners), std::end(corners), [](double s) { return s < 0; }));
}

Set set_of(const styles::Layer& style) {
    const styles::Value& note = style.note("set");
    if (note.is_null()) return default_set(style.type);
    if (const std::string* name = note.string())
        for (std::size_t i = 0; i < set_names.size(); ++i)
            if (*name == set_names[i]) return static_cast<Set>(i);
    throw geo::Error(geo::ErrorKind::bad_config,
                     fmt::format("layer '{}': {} is no set", style.id, styles::to_text(note)));
}

} // namespace

std::string_view set_name(Set set) { return set_names[static_cast<std::size_t>(set)]; }

Layer::Layer(const styles::Layer& style) : m_style(style), m_set(set_of(style)) {}

std::string Layer::legend_label(std::string_view lang) const {
    const styles::Value& note = m_style.note("legend");
    if (const std::string* text = note.string()) return *text;
    const styles::Object* by_language = note.object();
    if (!by_language) return {};
    for (const std::string_view wanted : {lang, std::string_view("en")})
        if (const auto found = by_language->find(std::string(wanted)); found != by_language->end())
            if (const std::string* text = found->second.string()) return wanted == "fr" ? french_spacing(*text) : *text;
    return {};
}

void Layer::add_to_legend(Legend&, std::string_view) const {}

PixelExtent extent_of(const View& view) {
    return {static_cast<double>(view.x), static_cast<double>(view.y), static_cast<double>(view.x + view.width),
            static_cast<double>(view.y + view.height)};
}

bool edges_meet(const PixelGeometry& geometry, std::uint32_t feature, const PixelExtent& box) {
    if (!geometry.extent[feature].meets(box)) return false;
    for (std::uint32_t p = geometry.part_begin[feature]; p < geometry.part_begin[feature + 1]; ++p) {
        const std::span<const PixelPoint> points = geometry.part_points(p);
        for (std::uint32_t c = geometry.chunk_begin[p]; c < geometry.chunk_begin[p + 1]; ++c) {
            if (!geometry.chunks[c].box.meets(box)) continue;
            const std::size_t begin = (c - geometry.chunk_begin[p]) * Curve::chunk_edges,
                              end = std::min(begin + Curve::chunk_edges, points.size() - 1);
            if (begin == end && box.contains(points[begin])) return true; // a part of one point
            for (std::size_t i = begin; i < end; ++i)
                if (edge_meets(points[i], points[i + 1], box)) return true;
        }
    }
    return false;
}

void add_feature(Fingerprint& fingerprint, const PixelGeometry& geometry, std::uint32_t feature) {
    for (std::uint32_t p = geometry.part_begin[feature]; p < geometry.part_begin[feature + 1]; ++p)
        fingerprint.add_all(geometry.part_points(p));
}

std::unique_ptr<Layer> make_layer(const styles::Layer& style) {
    switch (style.type) {
    case styles::LayerType::background: return make_background_layer(style);
    case styles::LayerType::fill: return make_fill_layer(style);
    case styles::LayerType::line: return make_line_layer(style);
    case styles::LayerType::circle: return make_circle_layer(style);
    case styles::LayerType::symbol: return make_symbol_layer(style);
    case styles::LayerType::heatmap: return make_heat_layer(style);
    }
    throw geo::Error(geo::ErrorKind::internal, fmt::format("layer '{}' is of a type that nothing draws", style.id));
}

} // namespace harmattan::render
