#pragma once
// Which stretches of strands lie near a place or near each other: their geodesics in cubes of space, so that the
// antimeridian and the poles are places like any other. For the files that make a RoadGraph.

#include "geo/corridors/road_strands.hpp"
#include "geo/corridors/surface_piece.hpp"

namespace harmattan::geo {

/// From vertex k of a strand to vertex k + 1.
struct StretchId {
    std::uint32_t strand = 0, k = 0;
    auto operator<=>(const StretchId&) const = default;
};

class StretchCells {
public:
    /// Stretches are found from places up to `margin_m` off them.
    StretchCells(const Strands& strands, double margin_m);

    /// visit(stretch, piece) for all that may lie within the margin of the place, some that do not.
    template <class Visit>
    void near(Vec place, Visit visit) const {
        const auto [first, last] = cell(key_of(place));
        for (std::size_t i = first; i < last; ++i) visit(m_stretch[m_entries[i].piece], m_pieces[m_entries[i].piece]);
    }
    /// visit(stretch, stretch) for all pairs that may cross, in no order, some of them more than once.
    template <class Visit>
    void pairs(Visit visit) const {
        for (std::size_t first = 0, last = 0; first < m_entries.size(); first = last) {
            while (last < m_entries.size() && m_entries[last].key == m_entries[first].key) ++last;
            for (std::size_t i = first; i < last; ++i)
                for (std::size_t j = i + 1; j < last; ++j)
                    visit(m_stretch[m_entries[i].piece], m_stretch[m_entries[j].piece]);
        }
    }

private:
    struct Entry {
        std::uint64_t key;
        std::uint32_t piece;
        auto operator<=>(const Entry&) const = default;
    };
    std::uint64_t key_of(Vec place) const;
    std::pair<std::size_t, std::size_t> cell(std::uint64_t key) const;

    double m_side_m = 0;
    std::vector<SurfacePiece> m_pieces;
    std::vector<StretchId> m_stretch; ///< of each piece
    std::vector<Entry> m_entries;     ///< by cube
};

} // namespace harmattan::geo
