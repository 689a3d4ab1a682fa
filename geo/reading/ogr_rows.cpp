#include "geo/error.hpp"
#include "geo/ogr/field_value.hpp"
#include "geo/ogr/messages.hpp"
#include "geo/ogr/open.hpp"
#include "geo/ogr/to_wgs84.hpp"
#include "geo/reading/row_source.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace harmattan::geo {

namespace {

/// The first table of points with rows, else the first with rows.
OGRLayer& choose_table(VectorFile& file) {
    OGRLayer* with_rows = nullptr;
    for (const std::string& name : file.tables) {
        OGRLayer& layer = find_layer(file, name);
        if (layer.GetFeatureCount() == 0) continue;
        const OGRwkbGeometryType type = wkbFlatten(layer.GetGeomType());
        if (type == wkbPoint || type == wkbMultiPoint) return layer;
        if (!with_rows) with_rows = &layer;
    }
    if (!with_rows)
        throw Error(ErrorKind::bad_data,
                    fmt::format("'{}' ({}) has no {} with rows", file.path.string(), format_name(file.format),
                                file.format == VectorFormat::xlsx ? "sheet" : "layer"));
    return *with_rows;
}

/// The one point of a geometry, where it is one.
std::optional<LonLat> single_point(const OGRGeometry& geometry) {
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPoint) return LonLat{geometry.toPoint()->getX(), geometry.toPoint()->getY()};
    if (type != wkbMultiPoint && type != wkbGeometryCollection) return std::nullopt;
    const OGRGeometryCollection& several = *geometry.toGeometryCollection();
    if (several.getNumGeometries() != 1) return std::nullopt;
    return single_point(*several.getGeometryRef(0));
}

class OgrRows final : public RowSource {
public:
    explicit OgrRows(const std::filesystem::path& file)
        : m_name(file.string()), m_file(open_vector_file(file, "event table")), m_layer(choose_table(m_file)) {
        if (m_layer.GetGeomType() != wkbNone) m_to_wgs84.emplace(m_layer, std::string(), m_name);
        OGRFeatureDefn& definition = *m_layer.GetLayerDefn();
        for (int f = 0; f < definition.GetFieldCount(); ++f) {
            OGRFieldDefn& field = *definition.GetFieldDefn(f);
            m_columns.emplace_back(field.GetNameRef());
            m_kinds.push_back(field_kind(field));
        }
        m_cells.resize(m_columns.size());
        m_layer.ResetReading();
    }

    std::string format() const override {
        return fmt::format("{}, {} {}", format_name(m_file.format), is_sheet() ? "sheet" : "layer", m_layer.GetName());
    }
    const std::vector<std::string>& columns() const override { return m_columns; }

    std::vector<std::string> notes() const override {
        std::vector<std::string> lines, others;
        for (const std::string& name : m_file.tables)
            if (name != m_layer.GetName()) others.push_back(name);
        if (!others.empty())
            lines.push_back(fmt::format("{} other {} not read ({})", others.size(),
                                        others.size() == 1 ? (is_sheet() ? "sheet is" : "layer is")
                                                           : (is_sheet() ? "sheets are" : "layers are"),
                                        fmt::join(others, ", ")));
        if (m_to_wgs84 && !m_to_wgs84->is_identity())
            lines.push_back(fmt::format("coordinates brought from {}", m_to_wgs84->source_name()));
        return lines;
    }

    bool next(SourceRow& row) override {
        const OGRFeatureUniquePtr feature(m_layer.GetNextFeature());
        if (m_messages.failed())
            throw Error(ErrorKind::bad_data, fmt::format("'{}' is damaged or cut off after {} rows: {}", m_name, m_rows,
                                                         m_messages.first_text("")));
        if (!feature) return false;
        ++m_rows;
        row.number = is_sheet() ? static_cast<std::uint64_t>(feature->GetFID()) : m_rows;
        row.cells.resize(m_columns.size());
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            field_text(*feature, static_cast<int>(c), m_kinds[c], m_cells[c]);
            row.cells[c] = m_cells[c];
        }
        locate(feature->GetGeometryRef(), row);
        return true;
    }

private:
    bool is_sheet() const { return m_file.format == VectorFormat::xlsx; }

    void locate(const OGRGeometry* geometry, SourceRow& row) const {
        row.at = {};
        row.geometry = RowGeometry::none;
        if (!geometry || geometry->IsEmpty()) return;
        std::optional<LonLat> at = single_point(*geometry);
        row.geometry = RowGeometry::other;
        if (!at) return;
        row.geometry = RowGeometry::bad;
        if (!std::isfinite(at->lon) || !std::isfinite(at->lat)) return;
        if (m_to_wgs84) m_to_wgs84->apply({&*at, 1});
        if (!std::isfinite(at->lon) || !std::isfinite(at->lat)) return;
        row.geometry = RowGeometry::point;
        row.at = *at;
    }

    std::string m_name;
    GdalMessages m_messages{costs_one_geometry}; // before the file, so that it hears what the file says
    VectorFile m_file;
    OGRLayer& m_layer;
    std::optional<ToWgs84> m_to_wgs84;
    std::vector<std::string> m_columns;
    std::vector<FieldKind> m_kinds;
    std::vector<std::string> m_cells;
    std::uint64_t m_rows = 0;
};

} // namespace

std::unique_ptr<RowSource> open_ogr_rows(const std::filesystem::path& file) { return std::make_unique<OgrRows>(file); }

} // namespace harmattan::geo
