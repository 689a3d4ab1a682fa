#include "render/raster/rasteriser.hpp"

#include <algorithm>
#include <utility>

namespace harmattan::render {

namespace {

// Nearest integer, halves up, without the cost of a library call. |v| < 2^38.
std::int64_t round_to_int(double v) {
    constexpr std::int64_t lift = std::int64_t{1} << 40;
    return static_cast<std::int64_t>(v + (static_cast<double>(lift) + 0.5)) - lift;
}

} // namespace

Rasteriser::Rasteriser(int width, int height)
    : m_width(width), m_height(height),
      // Two cells beyond the last (an edge in the last column writes one), and a stride that is no power of two, which
      // would put the rows of one column into the same few cache lines.
      m_stride((static_cast<std::size_t>(width) / 64 + 1) * 64 + 16), m_words(m_stride / 256 + 1),
      m_cells(m_stride * static_cast<std::size_t>(height)), m_touched(m_words * static_cast<std::size_t>(height)),
      m_first_row(height), m_last_row(-1) {}

void Rasteriser::add_edge(FixedPoint from, FixedPoint to) {
    if (from.y == to.y) return;
    int sign = 1;
    if (from.y > to.y) {
        std::swap(from, to);
        sign = -1;
    }
    const std::int64_t bottom = std::int64_t{m_height} << 8, right = std::int64_t{m_width} << 8;
    if (to.y <= 0 || from.y >= bottom || (from.x >= right && to.x >= right)) return;
    ++m_edges;
    const std::int64_t begin = std::max<std::int64_t>(from.y, 0), end = std::min(to.y, bottom);
    int row = static_cast<int>(begin >> 8);
    const int last = static_cast<int>((end - 1) >> 8);
    m_first_row = std::min(m_first_row, row);
    m_last_row = std::max(m_last_row, last);

    const double slope = static_cast<double>(to.x - from.x) / static_cast<double>(to.y - from.y);
    const auto x_at = [&](std::int64_t y) {
        if (y == to.y) return to.x;
        return from.x + round_to_int(static_cast<double>(y - from.y) * slope);
    };
    std::int64_t y = begin, x = begin == from.y ? from.x : x_at(begin);
    for (; row <= last; ++row) {
        const std::int64_t next_y = std::min(end, (std::int64_t{row} + 1) << 8);
        const std::int64_t next_x = x_at(next_y);
        add_in_row(row, x, next_x, sign * static_cast<int>(next_y - y));
        y = next_y;
        x = next_x;
    }
}

void Rasteriser::cut_sums() {
    for (int y = m_first_row; y <= m_last_row; ++y) {
        std::int32_t* cells = &m_cells[static_cast<std::size_t>(y) * m_stride];
        int sum = 0, kept = 0;
        for (std::size_t x = 0; x < m_stride; ++x) {
            if (cells[x] == 0) continue; // cells that are not zero are marked as touched, and stay so
            sum += cells[x];
            const int now = std::clamp(sum, -max_sum, max_sum);
            cells[x] = now - kept;
            kept = now;
        }
    }
    m_edges = 0;
}

// The piece of an edge inside one row: from x0 to x1 while y moves by dy (signed).
void Rasteriser::add_in_row(int row, std::int64_t x0, std::int64_t x1, int dy) {
    std::int32_t* cells = &m_cells[static_cast<std::size_t>(row) * m_stride];
    std::uint64_t* bits = &m_touched[static_cast<std::size_t>(row) * m_words];
    if (x0 > x1) std::swap(x0, x1); // the area does not ask which way it was walked
    if (x1 <= 0) {
        cells[0] += dy * 512;
        bits[0] |= 1;
        return;
    }
    const std::int64_t right = std::int64_t{m_width} << 8;
    if (x0 >= right) return;
    const std::int64_t first = x0 >> 8, last = (x1 - 1) >> 8; // an end on a cell's border belongs to the cell before
    if (first >= last) {
        add_cell(cells, bits, static_cast<int>(first), dy, static_cast<int>(x0 + x1 - (first << 9)));
        return;
    }
    // Several cells: y where the piece leaves each of them, from the piece's own start.
    const double rise = static_cast<double>(dy) / static_cast<double>(x1 - x0);
    int done = 0;
    std::int64_t x = x0, cell = first;
    if (cell < 0) {
        done = static_cast<int>(round_to_int(static_cast<double>(-x0) * rise));
        cells[0] += done * 512;
        bits[0] |= 1;
        x = 0;
        cell = 0;
    }
    for (; cell <= last && cell < m_width; ++cell) {
        const std::int64_t leave = std::min(x1, (cell + 1) << 8);
        const int until = leave == x1 ? dy : static_cast<int>(round_to_int(static_cast<double>(leave - x0) * rise));
        add_cell(cells, bits, static_cast<int>(cell), until - done, static_cast<int>(x + leave - (cell << 9)));
        done = until;
        x = leave;
    }
}

} // namespace harmattan::render
