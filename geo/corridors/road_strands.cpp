#include "geo/corridors/road_strands.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <cmath>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

namespace harmattan::geo {

namespace {

constexpr double longest_stretch_m = 19e6; ///< short of half a meridian: beyond, the geodesic may not be the only one

std::string at(LonLat p) { return fmt::format("{:.4f},{:.4f}", p.lon, p.lat); }

std::string named(const FeatureTable& table, std::size_t feature) {
    for (const char* column : {"id", "name", "ref", "osm_id", "edge_id"})
        if (const std::string text = table.text(feature, column); !text.empty())
            return fmt::format("road {} ({} '{}')", feature + 1, column, text);
    return fmt::format("road {}", feature + 1);
}

/// Longitude within ±180, 180 and −180 as one, a pole at one longitude.
LonLat normal(LonLat p) {
    if (std::abs(p.lat) == 90) return {0, p.lat};
    if (p.lon >= -180 && p.lon < 180) return p;
    const double lon = p.lon - 360 * std::floor((p.lon + 180) / 360);
    return {lon < 180 ? lon : -180, p.lat};
}

std::uint64_t key(LonLat p) {
    const auto lon = static_cast<std::uint32_t>(std::llround(p.lon * 1e7) + 1'800'000'000);
    const auto lat = static_cast<std::uint32_t>(std::llround(p.lat * 1e7) + 900'000'000);
    return std::uint64_t{lon == 3'600'000'000 ? 0 : lon} << 32 | lat;
}

std::uint64_t pair_of(std::uint32_t a, std::uint32_t b) { return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b); }

} // namespace

Strands read_strands(const FeatureTable& roads) {
    Strands all;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    numbers.reserve(roads.vertices.size());
    for (std::size_t f = 0; f < roads.size(); ++f) {
        if (roads.type[f] != GeometryType::line) {
            ++all.report.not_lines;
            continue;
        }
        ++all.report.lines;
        for (std::size_t p = roads.part_begin[f]; p < roads.part_begin[f + 1]; ++p) {
            Strand strand;
            strand.feature = static_cast<std::uint32_t>(f);
            for (const LonLat& v : roads.part(p)) {
                if (!(std::abs(v.lat) <= 90 && std::abs(v.lon) <= 540))
                    throw Error(ErrorKind::bad_data,
                                fmt::format("{} has a vertex at {}, which is no longitude and latitude",
                                            named(roads, f), at(v)));
                const LonLat place = normal(v);
                const auto [found, fresh] =
                    numbers.try_emplace(key(place), static_cast<std::uint32_t>(all.place.size()));
                if (fresh) all.place.push_back(place);
                if (strand.vertices.empty() || strand.vertices.back() != found->second)
                    strand.vertices.push_back(found->second);
            }
            if (strand.vertices.size() < 2) {
                ++all.report.no_length;
                continue;
            }
            for (std::size_t i = 0; i + 1 < strand.vertices.size(); ++i) {
                const LonLat a = all.place[strand.vertices[i]], b = all.place[strand.vertices[i + 1]];
                if (const double length = geodesic_m(a, b); length > longest_stretch_m)
                    throw Error(
                        ErrorKind::bad_data,
                        fmt::format("{} jumps {:.0f} km from {} to {}, half round the Earth; add vertices between them",
                                    named(roads, f), length / 1000, at(a), at(b)));
            }
            all.strands.push_back(std::move(strand));
        }
    }
    measure(all);
    return all;
}

void measure(Strands& all) {
    std::vector<Strand> kept;
    for (Strand& strand : all.strands) {
        auto& v = strand.vertices;
        v.erase(std::unique(v.begin(), v.end()), v.end());
        if (v.size() < 2) {
            ++all.report.no_length;
            continue;
        }
        strand.along_m.assign(1, 0);
        for (std::size_t i = 1; i < v.size(); ++i)
            strand.along_m.push_back(strand.along_m.back() + geodesic_m(all.place[v[i - 1]], all.place[v[i]]));
        kept.push_back(std::move(strand));
    }
    all.strands = std::move(kept);
}

void drop_doubles(Strands& all) {
    std::unordered_set<std::uint64_t> seen;
    std::vector<Strand> kept;
    for (const Strand& strand : all.strands) {
        Strand run{strand.feature, {}, {}};
        const auto end_run = [&] {
            if (run.vertices.size() > 1) kept.push_back(run);
            run.vertices.clear(), run.along_m.clear();
        };
        for (std::size_t i = 0; i + 1 < strand.vertices.size(); ++i) {
            if (!seen.insert(pair_of(strand.vertices[i], strand.vertices[i + 1])).second) {
                all.report.doubled_m += strand.along_m[i + 1] - strand.along_m[i];
                end_run();
                continue;
            }
            if (run.vertices.empty()) run.vertices.push_back(strand.vertices[i]), run.along_m.push_back(0);
            run.vertices.push_back(strand.vertices[i + 1]);
            run.along_m.push_back(run.along_m.back() + strand.along_m[i + 1] - strand.along_m[i]);
        }
        end_run();
    }
    all.strands = std::move(kept);
}

} // namespace harmattan::geo
