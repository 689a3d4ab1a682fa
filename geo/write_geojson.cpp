#include "geo/write_geojson.hpp"

#include "geo/json_string.hpp"
#include "geo/ring_nesting.hpp"
#include "geo/rings.hpp"
#include "geo/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace harmattan::geo {

namespace {

/// A coordinate as an integer of the last decimal.
struct GridPoint {
    std::int64_t x, y;
    bool operator==(const GridPoint&) const = default;
};

class Writer {
public:
    Writer(const FeatureTable& table, int decimals) : m_table(table), m_decimals(std::clamp(decimals, 0, 9)) {
        for (int i = 0; i < m_decimals; ++i) m_scale *= 10;
    }

    std::string write() {
        std::string features;
        std::swap(features, m_out);
        for (std::size_t f = 0; f < m_table.size(); ++f) {
            if (f > 0) m_out += ",\n";
            write_feature(f);
        }
        std::swap(features, m_out);
        m_out = "{\"type\":\"FeatureCollection\",\n";
        if (!m_box.empty()) {
            m_out += "\"bbox\":[";
            number(m_box.min_x), m_out += ',', number(m_box.min_y), m_out += ',';
            number(m_box.max_x), m_out += ',', number(m_box.max_y);
            m_out += "],\n";
        }
        m_out += "\"features\":[\n";
        m_out += features;
        m_out += "\n]}\n";
        return std::move(m_out);
    }

private:
    void number(double grid) { coordinate(static_cast<std::int64_t>(grid)); }

    void coordinate(std::int64_t grid) {
        if (grid < 0) m_out += '-';
        const std::int64_t magnitude = grid < 0 ? -grid : grid;
        fmt::format_to(std::back_inserter(m_out), "{}", magnitude / m_scale);
        const std::int64_t rest = magnitude % m_scale;
        if (rest == 0) return;
        std::string digits = fmt::format("{:0{}}", rest, m_decimals);
        digits.erase(digits.find_last_not_of('0') + 1);
        m_out += '.';
        m_out += digits;
    }

    GridPoint to_grid(LonLat at) const {
        const auto scale = static_cast<double>(m_scale);
        return {std::llround(at.lon * scale), std::llround(at.lat * scale)};
    }

    void position(GridPoint at) {
        m_box.add({static_cast<double>(at.x), static_cast<double>(at.y)});
        m_out += '[';
        coordinate(at.x);
        m_out += ',';
        coordinate(at.y);
        m_out += ']';
    }

    std::vector<GridPoint> rounded(std::size_t part, bool reversed) const {
        std::vector<GridPoint> points;
        for (const LonLat& at : m_table.part(part))
            if (const GridPoint next = to_grid(at); points.empty() || !(points.back() == next)) points.push_back(next);
        if (reversed) std::reverse(points.begin(), points.end());
        return points;
    }

    void positions(const std::vector<GridPoint>& points) {
        m_out += '[';
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (i > 0) m_out += ',';
            position(points[i]);
        }
        m_out += ']';
    }

    void write_feature(std::size_t feature) {
        m_out += "{\"type\":\"Feature\",\"properties\":{";
        bool first = true;
        for (const PropertyColumn& column : m_table.columns) {
            const PropertyValue& value = column.values[feature];
            if (std::holds_alternative<std::monostate>(value)) continue;
            if (!first) m_out += ',';
            first = false;
            m_out += json_string(column.name);
            m_out += ':';
            write_value(value);
        }
        m_out += "},\"geometry\":";
        write_geometry(feature);
        m_out += '}';
    }

    void write_value(const PropertyValue& value) {
        if (const auto* text = std::get_if<std::string>(&value)) m_out += json_string(*text);
        else if (const auto* flag = std::get_if<bool>(&value)) m_out += *flag ? "true" : "false";
        else if (const double n = std::get<double>(value); std::isfinite(n))
            fmt::format_to(std::back_inserter(m_out), "{}", n);
        else m_out += "null";
    }

    void write_geometry(std::size_t feature) {
        switch (m_table.type[feature]) {
        case GeometryType::point: return write_points(feature);
        case GeometryType::line: return write_lines(feature);
        case GeometryType::polygon: return write_polygons(feature);
        case GeometryType::none: break;
        }
        m_out += "null";
    }

    void write_points(std::size_t feature) {
        const std::size_t first = m_table.part_begin[feature], last = m_table.part_begin[feature + 1];
        std::vector<GridPoint> points;
        for (std::size_t p = first; p < last; ++p)
            for (const LonLat& at : m_table.part(p)) points.push_back(to_grid(at));
        if (points.empty()) {
            m_out += "null";
        } else if (points.size() == 1) {
            m_out += "{\"type\":\"Point\",\"coordinates\":";
            position(points[0]);
            m_out += '}';
        } else {
            m_out += "{\"type\":\"MultiPoint\",\"coordinates\":";
            positions(points);
            m_out += '}';
        }
    }

    void write_lines(std::size_t feature) {
        std::vector<std::vector<GridPoint>> lines;
        for (std::size_t p = m_table.part_begin[feature]; p < m_table.part_begin[feature + 1]; ++p)
            if (auto line = rounded(p, false); line.size() >= 2) lines.push_back(std::move(line));
        if (lines.empty()) {
            m_out += "null";
            return;
        }
        m_out += lines.size() == 1 ? "{\"type\":\"LineString\",\"coordinates\":"
                                   : "{\"type\":\"MultiLineString\",\"coordinates\":";
        list_of(lines, lines.size() > 1);
        m_out += '}';
    }

    void write_polygons(std::size_t feature) {
        std::vector<std::vector<std::vector<GridPoint>>> polygons;
        for (const NestedPolygon& nested : nest_rings(m_table, feature)) {
            std::vector<std::vector<GridPoint>> rings;
            rings.push_back(rounded(nested.outer, signed_area(m_table.part(nested.outer)) < 0));
            if (rings[0].size() < 4) continue;
            for (const std::size_t hole : nested.holes)
                if (auto ring = rounded(hole, signed_area(m_table.part(hole)) > 0); ring.size() >= 4)
                    rings.push_back(std::move(ring));
            polygons.push_back(std::move(rings));
        }
        if (polygons.empty()) {
            m_out += "null";
            return;
        }
        m_out += polygons.size() == 1 ? "{\"type\":\"Polygon\",\"coordinates\":"
                                      : "{\"type\":\"MultiPolygon\",\"coordinates\":[";
        for (std::size_t i = 0; i < polygons.size(); ++i) {
            if (i > 0) m_out += ',';
            list_of(polygons[i], true);
        }
        m_out += polygons.size() == 1 ? "}" : "]}";
    }

    void list_of(const std::vector<std::vector<GridPoint>>& lists, bool bracketed) {
        if (bracketed) m_out += '[';
        for (std::size_t i = 0; i < lists.size(); ++i) {
            if (i > 0) m_out += ',';
            positions(lists[i]);
        }
        if (bracketed) m_out += ']';
    }

    const FeatureTable& m_table;
    int m_decimals;
    std::int64_t m_scale = 1;
    Extent<LonLat> m_box; ///< in units of the last decimal
    std::string m_out;
};

} // namespace

std::string to_geojson(const FeatureTable& table, int decimals) { return Writer(table, decimals).write(); }

} // namespace harmattan::geo
