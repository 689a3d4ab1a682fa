#include "geo/read_features.hpp"

#include "geo/error.hpp"
#include "geo/ogr/field_value.hpp"
#include "geo/ogr/geometry.hpp"
#include "geo/ogr/messages.hpp"
#include "geo/ogr/open.hpp"
#include "geo/utf8.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <limits>
#include <utility>

namespace harmattan::geo {

namespace {

/// The first table that has geometry, else the first.
OGRLayer& choose_layer(VectorFile& file, const std::string& wanted) {
    if (!wanted.empty()) return find_layer(file, wanted);
    for (const std::string& name : file.tables)
        if (OGRLayer& layer = find_layer(file, name); layer.GetGeomType() != wkbNone) return layer;
    throw Error(ErrorKind::bad_data,
                fmt::format("'{}' holds tables without geometry; boundaries and lines need some", file.path.string()));
}

class Reader {
public:
    Reader(const std::filesystem::path& file, const ReadFeaturesOptions& options)
        : m_options(options), m_file(open_vector_file(file, "features")), m_layer(choose_layer(m_file, options.layer)),
          m_to_wgs84(m_layer, options.assume_crs, file.string()) {}

    FeatureImport read() {
        FeatureNotes& notes = m_out.notes;
        m_out.table.name = m_layer.GetName();
        notes.format = format_name(m_file.format);
        if (!m_to_wgs84.is_identity()) notes.source_crs = m_to_wgs84.source_name();
        for (const std::string& name : m_file.tables)
            if (name != m_layer.GetName()) notes.unread_layers.push_back(name);
        make_columns();
        read_rows();
        return std::move(m_out);
    }

private:
    void make_columns() {
        OGRFeatureDefn& definition = *m_layer.GetLayerDefn();
        for (int f = 0; f < definition.GetFieldCount(); ++f) {
            OGRFieldDefn& field = *definition.GetFieldDefn(f);
            m_kinds.push_back(field_kind(field));
            if (!is_valid_utf8(field.GetNameRef())) refuse_text(to_valid_utf8(field.GetNameRef()), 0);
            m_out.table.columns.push_back({field.GetNameRef(), {}});
        }
    }

    void read_rows() {
        // why: of the formats only FlatGeobuf's header count can be trusted (a shapefile's includes deleted rows)
        const GIntBig expected =
            m_file.format == VectorFormat::flatgeobuf ? m_layer.GetFeatureCount(FALSE) : GIntBig{-1};
        if (m_options.meeting && m_to_wgs84.is_identity() && m_options.meeting->west <= m_options.meeting->east) {
            const LonLatBox& box = *m_options.meeting;
            m_layer.SetSpatialFilterRect(box.west, box.south, box.east, box.north);
        }
        while (const OGRFeatureUniquePtr row{m_layer.GetNextFeature()}) add_row(*row);
        check_read_out(expected);
        m_file.dataset.reset();
        check_read_out(-1);
    }

    void check_read_out(GIntBig expected) {
        if (m_messages.failed())
            throw Error(ErrorKind::bad_data, fmt::format("'{}' is damaged or cut off after {} features: {}",
                                                         m_file.path.string(), m_rows, m_messages.first_text("")));
        if (!m_options.meeting && expected >= 0 && static_cast<GIntBig>(m_rows) < expected)
            throw Error(ErrorKind::bad_data, fmt::format("'{}' says it holds {} features, but ends after {}",
                                                         m_file.path.string(), expected, m_rows));
    }

    void add_row(OGRFeature& row) {
        ++m_rows;
        const OGRGeometry* geometry = row.GetGeometryRef();
        m_parts.clear();
        if (geometry) take_apart(*geometry, m_parts);
        if (m_parts.empty()) {
            ++m_out.notes.null_geometries;
            return;
        }
        if (m_parts.finite()) to_wgs84(m_parts, m_to_wgs84);
        if (!m_parts.finite()) {
            ++m_out.notes.non_finite;
            return;
        }
        check_degrees();
        if (m_options.meeting && !meets(*m_options.meeting, envelope_of_parts())) return;
        if (m_parts.rings.size() > 0) {
            if (repair(m_parts.rings)) ++m_out.notes.repaired;
            if (m_parts.empty()) { // its rings enclosed nothing
                ++m_out.notes.null_geometries;
                return;
            }
        }
        check_room();
        add_features(row);
    }

    template <class Visit>
    void each_vertex(Visit&& visit) const {
        for (const auto* list : {&m_parts.points, &m_parts.line_vertices, &m_parts.rings.vertices})
            for (const LonLat& at : *list) visit(at);
    }

    Extent<LonLat> envelope_of_parts() const {
        Extent<LonLat> box;
        each_vertex([&](const LonLat& at) { box.add({at.lon, at.lat}); });
        return box;
    }

    void check_degrees() const {
        each_vertex([&](const LonLat& at) {
            if (std::abs(at.lat) > 90 || std::abs(at.lon) > 360)
                throw Error(
                    ErrorKind::bad_data,
                    fmt::format("coordinates ({}, {}) of feature {} in '{}' are not degrees, though the file says "
                                "so; name its real coordinate system (ogr2ogr -a_srs EPSG:CODE out.gpkg IN)",
                                at.lon, at.lat, m_rows, m_file.path.string()));
        });
    }

    void check_room() const {
        constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
        if (m_out.table.vertices.size() + m_parts.rings.vertices.size() + m_parts.line_vertices.size() > most)
            throw Error(ErrorKind::bad_data, fmt::format("'{}' has more than {} vertices; cut it to the region",
                                                         m_file.path.string(), most));
    }

    void add_features(OGRFeature& row) {
        FeatureTable& table = m_out.table;
        if (m_parts.rings.size() > 0) {
            add_feature(row, GeometryType::polygon);
            for (std::size_t r = 0; r < m_parts.rings.size(); ++r) table.add_part(m_parts.rings.ring(r));
        }
        if (m_parts.line_begin.size() > 1) {
            add_feature(row, GeometryType::line);
            for (std::size_t l = 0; l + 1 < m_parts.line_begin.size(); ++l)
                table.add_part(std::span(m_parts.line_vertices)
                                   .subspan(m_parts.line_begin[l], m_parts.line_begin[l + 1] - m_parts.line_begin[l]));
        }
        if (!m_parts.points.empty()) {
            add_feature(row, GeometryType::point);
            for (const LonLat& at : m_parts.points) table.add_part({&at, 1});
        }
    }

    void add_feature(OGRFeature& row, GeometryType type) {
        const std::size_t feature = m_out.table.add_feature(type);
        for (std::size_t c = 0; c < m_kinds.size(); ++c) {
            PropertyValue& value = m_out.table.columns[c].values[feature];
            value = field_value(row, static_cast<int>(c), m_kinds[c]);
            const auto* text = std::get_if<std::string>(&value);
            if (text && !is_valid_utf8(*text)) refuse_text(to_valid_utf8(*text), c);
        }
    }

    [[noreturn]] void refuse_text(const std::string& text, std::size_t column) const {
        const std::string remedy = m_file.format == VectorFormat::shapefile
                                       ? "put the name of its encoding (ISO-8859-1, say) into a .cpg file beside it"
                                       : "save it again as UTF-8";
        throw Error(
            ErrorKind::bad_data,
            fmt::format("text '{}' in '{}' (feature {}{}) is not UTF-8; {}", utf8_prefix(text, 60),
                        m_file.path.string(), m_rows,
                        column < m_out.table.columns.size() ? ", field " + m_out.table.columns[column].name : "",
                        remedy));
    }

    const ReadFeaturesOptions& m_options;
    GdalMessages m_messages{costs_one_geometry}; // before the file, so that it hears the close
    VectorFile m_file;
    OGRLayer& m_layer;
    ToWgs84 m_to_wgs84;
    std::vector<FieldKind> m_kinds;
    GeometryParts m_parts;
    FeatureImport m_out;
    std::uint64_t m_rows = 0;
};

} // namespace

FeatureImport read_features(const std::filesystem::path& file, const ReadFeaturesOptions& options) {
    return Reader(file, options).read();
}

} // namespace harmattan::geo
