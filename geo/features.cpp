#include "geo/features.hpp"

#include <fmt/format.h>

namespace harmattan::geo {

const PropertyColumn* FeatureTable::find_column(std::string_view wanted) const {
    for (const PropertyColumn& c : columns)
        if (c.name == wanted) return &c;
    return nullptr;
}

PropertyColumn& FeatureTable::column(std::string_view wanted) {
    for (PropertyColumn& c : columns)
        if (c.name == wanted) return c;
    columns.push_back({std::string(wanted), std::vector<PropertyValue>(size())});
    return columns.back();
}

const PropertyValue& FeatureTable::property(std::size_t feature, std::string_view wanted) const {
    static const PropertyValue null;
    const PropertyColumn* c = find_column(wanted);
    return c ? c->values[feature] : null;
}

std::string FeatureTable::text(std::size_t feature, std::string_view wanted) const {
    const PropertyValue& value = property(feature, wanted);
    if (const auto* s = std::get_if<std::string>(&value)) return *s;
    if (const auto* d = std::get_if<double>(&value)) return fmt::format("{}", *d);
    if (const auto* b = std::get_if<bool>(&value)) return *b ? "true" : "false";
    return {};
}

std::size_t FeatureTable::add_feature(GeometryType t) {
    type.push_back(t);
    part_begin.push_back(part_begin.back());
    for (PropertyColumn& c : columns) c.values.emplace_back();
    return size() - 1;
}

void FeatureTable::add_part(std::span<const LonLat> part) {
    vertices.insert(vertices.end(), part.begin(), part.end());
    vertex_begin.push_back(static_cast<std::uint32_t>(vertices.size()));
    ++part_begin.back();
}

void FeatureTable::set(std::size_t feature, std::string_view wanted, PropertyValue value) {
    column(wanted).values[feature] = std::move(value);
}

FeatureTable select_features(const FeatureTable& table, const std::function<bool(std::size_t)>& keep) {
    FeatureTable chosen;
    chosen.name = table.name;
    for (const PropertyColumn& c : table.columns) chosen.columns.push_back({c.name, {}});
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (!keep(i)) continue;
        const std::size_t feature = chosen.add_feature(table.type[i]);
        for (std::size_t p = table.part_begin[i]; p < table.part_begin[i + 1]; ++p) chosen.add_part(table.part(p));
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            chosen.columns[c].values[feature] = table.columns[c].values[i];
    }
    return chosen;
}

Extent<LonLat> envelope(const FeatureTable& table, std::size_t feature) {
    Extent<LonLat> box;
    for (std::size_t p = table.part_begin[feature]; p < table.part_begin[feature + 1]; ++p)
        for (const LonLat& at : table.part(p)) box.add({at.lon, at.lat});
    return box;
}

} // namespace harmattan::geo
