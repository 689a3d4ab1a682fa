#include "geo/corridors/route.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace harmattan::geo {

namespace {

constexpr double joined_m = 10;         ///< ends this near are one place
constexpr double longest_edge_m = 19e6; ///< short of half a meridian: beyond, the geodesic may not be the only one

using Line = std::vector<LonLat>;

std::string named(const FeatureTable& table, std::size_t feature) {
    for (const char* column : {"id", "name", "name_en"})
        if (const std::string text = table.text(feature, column); !text.empty())
            return fmt::format("corridor '{}'", text);
    return fmt::format("corridor {}", feature + 1);
}

std::string at(LonLat p) { return fmt::format("{:.4f},{:.4f}", p.lon, p.lat); }

[[noreturn]] void refuse(const std::string& corridor, const std::string& why) {
    throw Error(ErrorKind::bad_data, fmt::format("{} {}", corridor, why));
}

void append(Line& line, const Line& more) {
    for (const LonLat& p : more)
        if (line.empty() || !(line.back() == p)) line.push_back(p);
}

std::vector<Line> parts_of(const FeatureTable& table, std::size_t feature, const std::string& corridor) {
    std::vector<Line> parts;
    for (std::size_t p = table.part_begin[feature]; p < table.part_begin[feature + 1]; ++p) {
        const auto part = table.part(p);
        for (const LonLat& v : part)
            if (!(std::abs(v.lat) <= 90 && std::abs(v.lon) <= 540))
                refuse(corridor, fmt::format("has a vertex at {}, which is no longitude and latitude", at(v)));
        Line line;
        append(line, Line(part.begin(), part.end()));
        if (line.size() > 1) parts.push_back(std::move(line));
    }
    return parts;
}

/// All parts as they stand, where each begins at the end of the one before.
std::optional<Line> joined_in_order(const std::vector<Line>& parts) {
    Line line = parts.front();
    for (std::size_t p = 1; p < parts.size(); ++p) {
        if (geodesic_m(line.back(), parts[p].front()) > joined_m) return std::nullopt;
        append(line, parts[p]);
    }
    return line;
}

/// Joins parts in whatever order and direction they fit.
class Chain {
public:
    Chain(std::vector<Line> parts, const std::string& corridor) : m_parts(std::move(parts)), m_corridor(corridor) {
        m_line = std::move(m_parts.front());
        m_parts.erase(m_parts.begin());
    }

    Line join() {
        while (grow()) {}
        std::ranges::reverse(m_line); // the other end
        while (grow()) {}
        std::ranges::reverse(m_line);
        if (!m_parts.empty()) refuse_gap();
        return std::move(m_line);
    }

private:
    bool grow() {
        const LonLat end = m_line.back();
        std::vector<std::size_t> fitting;
        for (std::size_t p = 0; p < m_parts.size(); ++p)
            if (std::min(geodesic_m(end, m_parts[p].front()), geodesic_m(end, m_parts[p].back())) <= joined_m)
                fitting.push_back(p);
        if (fitting.empty()) return false;
        if (fitting.size() > 1)
            refuse(m_corridor, fmt::format("branches at {}: {} of its parts meet there; give one line from end to end",
                                           at(end), fitting.size() + 1));
        Line part = std::move(m_parts[fitting.front()]);
        m_parts.erase(m_parts.begin() + static_cast<std::ptrdiff_t>(fitting.front()));
        if (geodesic_m(end, part.front()) > geodesic_m(end, part.back())) std::ranges::reverse(part);
        append(m_line, part);
        return true;
    }

    [[noreturn]] void refuse_gap() const {
        double gap = INFINITY;
        LonLat from, to;
        for (const LonLat& end : {m_line.front(), m_line.back()})
            for (const Line& part : m_parts)
                for (const LonLat& other : {part.front(), part.back()})
                    if (const double d = geodesic_m(end, other); d < gap) gap = d, from = end, to = other;
        refuse(
            m_corridor,
            fmt::format("is in pieces: {:.2f} km lie between {} and the nearest part left, at {}; join its parts end "
                        "to end (within {} m)",
                        gap / 1000, at(from), at(to), joined_m));
    }

    std::vector<Line> m_parts; ///< not yet joined
    Line m_line;
    const std::string& m_corridor;
};

/// Neighbours that differ in writing only (180 and −180, a pole at two longitudes) become one.
Route measured(const Line& line, const std::string& corridor) {
    Route route;
    for (const LonLat& p : line) {
        if (route.vertices.empty()) {
            route.vertices.push_back(p), route.chainage_m.push_back(0);
            continue;
        }
        const double length = geodesic_m(route.vertices.back(), p);
        if (length > longest_edge_m)
            refuse(corridor,
                   fmt::format("jumps {:.0f} km from {} to {}, half round the Earth; add vertices between them",
                               length / 1000, at(route.vertices.back()), at(p)));
        if (length == 0) continue;
        route.vertices.push_back(p), route.chainage_m.push_back(route.chainage_m.back() + length);
    }
    if (route.vertices.size() < 2) refuse(corridor, "has no length: all its vertices are one place");
    if (route.length_m() <= joined_m)
        refuse(corridor, fmt::format("has no length: its {:.3g} m at {} are one place (within {} m)", route.length_m(),
                                     at(route.vertices.front()), joined_m));
    return route;
}

LonLat within_circle(LonLat p) {
    return std::abs(p.lon) <= 180 ? p : LonLat{p.lon - 360 * std::round(p.lon / 360), p.lat};
}

bool is_true(const PropertyValue& value) {
    if (const auto* b = std::get_if<bool>(&value)) return *b;
    if (const auto* d = std::get_if<double>(&value)) return *d != 0;
    if (const auto* s = std::get_if<std::string>(&value)) return *s == "true" || *s == "1" || *s == "yes";
    return false;
}

} // namespace

LonLat Route::place_at(double chainage) const {
    if (!(chainage > 0)) return vertices.front();
    if (chainage >= length_m()) return vertices.back();
    const auto next = std::upper_bound(chainage_m.begin(), chainage_m.end(), chainage);
    const auto i = static_cast<std::size_t>(next - chainage_m.begin()) - 1;
    return geodesic_place(vertices[i], geodesic_course(vertices[i], vertices[i + 1]).azimuth, chainage - chainage_m[i]);
}

Route route_of(const FeatureTable& corridors, std::size_t feature) {
    const std::string corridor = named(corridors, feature);
    if (corridors.type[feature] != GeometryType::line) refuse(corridor, "is not a line; a route needs one");
    std::vector<Line> parts = parts_of(corridors, feature, corridor);
    if (parts.empty()) refuse(corridor, "has no length: it needs two vertices at different places");
    const std::optional<Line> in_order = joined_in_order(parts);
    Route route = measured(in_order ? *in_order : Chain(std::move(parts), corridor).join(), corridor);
    route.schematic = is_true(corridors.property(feature, "schematic"));
    return route;
}

std::vector<std::vector<LonLat>> stretch_of(const Route& route, double from_m, double to_m) {
    if (!(from_m >= 0 && from_m < to_m && to_m <= route.length_m()))
        throw Error(ErrorKind::usage, fmt::format("a stretch from {} to {} m is none of a route of {} m", from_m, to_m,
                                                  route.length_m()));
    Line line{route.place_at(from_m)};
    for (std::size_t i = 0; i < route.vertices.size(); ++i)
        if (route.chainage_m[i] > from_m && route.chainage_m[i] < to_m) line.push_back(route.vertices[i]);
    line.push_back(route.place_at(to_m));

    std::vector<Line> parts{{within_circle(line.front())}};
    for (std::size_t i = 1; i < line.size(); ++i) {
        const LonLat before = parts.back().back(), place = within_circle(line[i]);
        if (std::abs(place.lon - before.lon) > 180) {
            const double edge = before.lon > 0 ? 180 : -180, span = 360 - std::abs(place.lon - before.lon);
            const double lat =
                span > 0 ? std::lerp(before.lat, place.lat, std::abs(edge - before.lon) / span) : before.lat;
            parts.back().push_back({edge, lat});
            parts.push_back({{-edge, lat}});
        }
        parts.back().push_back(place);
    }
    return parts;
}

Route reversed(const Route& route) {
    Route other = route;
    std::ranges::reverse(other.vertices);
    std::ranges::reverse(other.chainage_m);
    for (double& c : other.chainage_m) c = route.length_m() - c;
    return other;
}

} // namespace harmattan::geo
