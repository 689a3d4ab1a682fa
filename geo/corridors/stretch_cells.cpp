#include "geo/corridors/stretch_cells.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::geo {

namespace {

constexpr double origin_m = 7e6; ///< every coordinate on the Earth is above minus this
constexpr double shortest_side_m = 100, longest_side_m = 5'000;

std::uint64_t packed(std::int64_t x, std::int64_t y, std::int64_t z) {
    return static_cast<std::uint64_t>(x << 42 | y << 21 | z);
}

} // namespace

StretchCells::StretchCells(const Strands& all, double margin_m) {
    double length_m = 0;
    std::size_t stretches = 0;
    for (const Strand& s : all.strands) length_m += s.along_m.back(), stretches += s.vertices.size() - 1;
    if (stretches == 0) return;
    // Twice the mean stretch: few pieces a stretch, few stretches a cube.
    m_side_m = std::clamp(2 * length_m / static_cast<double>(stretches), shortest_side_m, longest_side_m);

    std::vector<PieceEnds> ends;
    for (std::size_t s = 0; s < all.strands.size(); ++s) {
        const Strand& strand = all.strands[s];
        for (std::size_t k = 0; k + 1 < strand.vertices.size(); ++k) {
            cut_geodesic(all.place[strand.vertices[k]], all.place[strand.vertices[k + 1]], m_side_m, strand.along_m[k],
                         m_pieces, ends);
            m_stretch.resize(m_pieces.size(), {static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(k)});
        }
    }
    for (std::size_t p = 0; p < m_pieces.size(); ++p) {
        const SurfacePiece& piece = m_pieces[p];
        const Vec a = piece.from, b = piece.from + piece.chord;
        const double more = margin_m + std::sqrt(dot(piece.sagitta, piece.sagitta)) + 0.01;
        const auto low = [&](double u, double v) {
            return static_cast<std::int64_t>((std::min(u, v) - more + origin_m) / m_side_m);
        };
        const auto high = [&](double u, double v) {
            return static_cast<std::int64_t>((std::max(u, v) + more + origin_m) / m_side_m);
        };
        for (std::int64_t x = low(a.x, b.x); x <= high(a.x, b.x); ++x)
            for (std::int64_t y = low(a.y, b.y); y <= high(a.y, b.y); ++y)
                for (std::int64_t z = low(a.z, b.z); z <= high(a.z, b.z); ++z)
                    m_entries.push_back({packed(x, y, z), static_cast<std::uint32_t>(p)});
    }
    std::ranges::sort(m_entries);
}

std::uint64_t StretchCells::key_of(Vec place) const {
    const auto cube = [&](double u) { return static_cast<std::int64_t>((u + origin_m) / m_side_m); };
    return packed(cube(place.x), cube(place.y), cube(place.z));
}

std::pair<std::size_t, std::size_t> StretchCells::cell(std::uint64_t key) const {
    const auto range = std::ranges::equal_range(m_entries, key, {}, &Entry::key);
    return {static_cast<std::size_t>(range.begin() - m_entries.begin()),
            static_cast<std::size_t>(range.end() - m_entries.begin())};
}

} // namespace harmattan::geo
