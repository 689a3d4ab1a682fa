#pragma once
// Coverage of polygons on a pixel grid by area, in integers: every edge adds its signed area to the cells it crosses, a
// running sum along the row is the coverage, told in 32 levels. Coordinates are 24.8 fixed-point pixels relative to the
// grid's corner. An edge's crossings are computed from its own ends alone, so what a pixel gets does not depend on
// where the grid lies or ends: pictures cut from a larger one and pictures drawn alone are the same to the bit
// (raster_canvas_test). Method: accumulation buffers as in font-rs and Blend2D; arithmetic of the cells as in
// FreeType's smooth rasteriser.

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace harmattan::render {

/// A point in 1/256 pixels.
struct FixedPoint {
    std::int64_t x = 0, y = 0;
    bool operator==(const FixedPoint&) const = default;
};

class Rasteriser {
public:
    Rasteriser(int width, int height);

    int width() const { return m_width; }
    int height() const { return m_height; }

    /// Edges of closed outlines, in any order. Parts above, below and right of the grid cost nothing; parts left of it
    /// count as if they ran along its left side.
    void add_edge(FixedPoint from, FixedPoint to);

    /// Closed outlines that all turn the same way may overlap without end if this is called between them: now and then
    /// it forgets by how many a place is covered beyond what matters, before sums overflow. What sweep gives is the
    /// same.
    void forget_overlaps() {
        if (m_edges > max_edges) cut_sums();
    }

    /// Gives the coverage of what was added by the nonzero rule, row by row from the top, left to right, and forgets
    /// it: sink(y, x, length, coverage 1…255) for runs of pixels of equal coverage.
    template <class Sink>
    void sweep(Sink&& sink);

private:
    // Full coverage of a pixel: 256 (height) × 512 (twice the width).
    static constexpr int full = 256 * 512;
    static constexpr int group_log2 = 2; // pixels per bit of m_touched

    // A sum of 32 bits holds 16,383 coverings; an outline of n edges covers a place n / 2 times at most.
    static constexpr std::size_t max_edges = 1u << 14;
    static constexpr int max_sum = 64 * full;
    void cut_sums();
    void add_in_row(int row, std::int64_t x0, std::int64_t x1, int dy);
    void add_cell(std::int32_t* cells, std::uint64_t* bits, int x, int dy, int sum_fx) {
        cells[x] += dy * (512 - sum_fx);
        cells[x + 1] += dy * sum_fx;
        bits[x >> (group_log2 + 6)] |= std::uint64_t{1} << ((x >> group_log2) & 63);
        bits[(x + 1) >> (group_log2 + 6)] |= std::uint64_t{1} << (((x + 1) >> group_log2) & 63);
    }
    static int coverage(int sum) {
        int c = std::abs(sum) >> 9;
        // Rounded to 32 levels: off by 1/64 at most, which nobody sees, and tiles become a third smaller, for most of
        // them then have a palette.
        c = (c + 4) & ~7;
        return c < 255 ? c : 255;
    }

    int m_width, m_height;
    std::size_t m_stride, m_words; // cells, and words of touched bits, per row
    std::vector<std::int32_t> m_cells;
    std::vector<std::uint64_t> m_touched;
    int m_first_row, m_last_row;
    std::size_t m_edges = 0;
};

template <class Sink>
void Rasteriser::sweep(Sink&& sink) {
    for (int y = m_first_row; y <= m_last_row; ++y) {
        std::int32_t* cells = &m_cells[static_cast<std::size_t>(y) * m_stride];
        std::uint64_t* bits = &m_touched[static_cast<std::size_t>(y) * m_words];
        int sum = 0, run_start = 0, run_coverage = 0; // the run that is open: [run_start, …) of run_coverage
        for (std::size_t word = 0; word < m_words; ++word) {
            std::uint64_t left = bits[word];
            bits[word] = 0;
            while (left != 0) {
                const int group = static_cast<int>(word * 64) + std::countr_zero(left);
                left &= left - 1;
                const int begin = group << group_log2, end = begin + (1 << group_log2);
                for (int x = begin; x < end; ++x) {
                    if (cells[x] == 0) continue;
                    sum += cells[x];
                    cells[x] = 0;
                    const int c = coverage(sum);
                    if (c == run_coverage) continue;
                    if (run_coverage != 0 && x > run_start)
                        sink(y, run_start, (x < m_width ? x : m_width) - run_start, run_coverage);
                    run_start = x;
                    run_coverage = c;
                    if (x >= m_width) run_coverage = 0;
                }
            }
        }
        if (run_coverage != 0 && run_start < m_width) sink(y, run_start, m_width - run_start, run_coverage);
    }
    m_first_row = m_height;
    m_last_row = -1;
    m_edges = 0;
}

} // namespace harmattan::render
