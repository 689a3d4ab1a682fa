#pragma once
// Features with geometry and properties: boundaries, roads, corridors, places, derived layers.
// Geometry is flat: feature i owns parts [part_begin[i], part_begin[i+1]), part p owns vertices
// [vertex_begin[p], vertex_begin[p+1]). A part is a point, a line, or a ring (closed: first vertex repeated last;
// outer rings and holes alike, filled even-odd).

#include "geo/space.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harmattan::geo {

enum class GeometryType : std::uint8_t { none, point, line, polygon };

/// What a property may hold; numbers are doubles as in JSON.
using PropertyValue = std::variant<std::monostate, bool, double, std::string>;

struct PropertyColumn {
    std::string name;
    std::vector<PropertyValue> values; ///< one per feature
};

struct FeatureTable {
    std::string name;
    std::vector<GeometryType> type; ///< one per feature
    std::vector<std::uint32_t> part_begin{0};
    std::vector<std::uint32_t> vertex_begin{0};
    std::vector<LonLat> vertices;
    std::vector<PropertyColumn> columns;

    std::size_t size() const { return type.size(); }
    std::span<const LonLat> part(std::size_t p) const {
        return std::span(vertices).subspan(vertex_begin[p], vertex_begin[p + 1] - vertex_begin[p]);
    }
    const PropertyColumn* find_column(std::string_view name) const;
    /// The column of that name, made of nulls where it is not there yet.
    PropertyColumn& column(std::string_view name);
    /// Null where the feature has no such property.
    const PropertyValue& property(std::size_t feature, std::string_view name) const;
    /// Text of a property: a number in its shortest form, empty for null.
    std::string text(std::size_t feature, std::string_view name) const;

    /// Starts a feature; parts follow by add_part. Properties not set stay null.
    std::size_t add_feature(GeometryType t);
    void add_part(std::span<const LonLat> part);
    void set(std::size_t feature, std::string_view name, PropertyValue value);
};

/// A table of the features for which `keep(index)` says so, with all their properties.
FeatureTable select_features(const FeatureTable& table, const std::function<bool(std::size_t)>& keep);

/// Degrees; empty for a feature without vertices.
Extent<LonLat> envelope(const FeatureTable& table, std::size_t feature);

} // namespace harmattan::geo
