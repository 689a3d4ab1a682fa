#include "geo/density/sample.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace harmattan::geo {

namespace {

/// Four nodes from `first` on, and their weights.
struct Stencil {
    std::int64_t first = 0;
    std::array<float, 4> weight{};
};

inline Stencil stencil_at(Basis basis, double t) {
    // why not std::floor: without SSE 4.1 it is a call
    auto node = static_cast<std::int64_t>(t);
    if (static_cast<double>(node) > t) --node;
    const auto w = basis_weights(basis, t - static_cast<double>(node));
    return {node - 1,
            {static_cast<float>(w[0]), static_cast<float>(w[1]), static_cast<float>(w[2]), static_cast<float>(w[3])}};
}

bool meets(const Stencil& s, std::int64_t nodes) { return s.first + 4 > 0 && s.first < nodes; }

/// Copies nodes first … last − 1 of a row; zero where there are none. False where all of them lack a block.
bool read_nodes(const Layer& layer, std::int64_t row, std::int64_t first, std::int64_t last, float* out) {
    if (row < 0 || row >= layer.grid.rows) {
        std::fill_n(out, last - first, 0.0f);
        return false;
    }
    const auto by = static_cast<std::size_t>(row / block_side);
    const std::size_t local = static_cast<std::size_t>(row % block_side) * block_side;
    const std::int64_t columns = layer.grid.columns;
    bool any = false;
    for (std::int64_t c = first; c < last;) {
        std::int64_t inside = c;
        if (layer.grid.wraps) inside = ((c % columns) + columns) % columns;
        if (inside < 0 || inside >= columns) {
            out[c++ - first] = 0;
            continue;
        }
        const std::int64_t n = std::min(block_side - inside % block_side, last - c);
        if (const float* block = layer.blocks.find(static_cast<std::size_t>(inside / block_side), by)) {
            std::copy_n(block + local + inside % block_side, n, out + (c - first));
            any = true;
        } else {
            std::fill_n(out + (c - first), n, 0.0f);
        }
        c += n;
    }
    return any;
}

/// The weighted sum of four rows of nodes from `row` on, columns first … last − 1. False where all of them lack a
/// block.
bool mix_nodes(const Layer& layer, std::int64_t row, const std::array<float, 4>& w, std::int64_t first,
               std::int64_t last, float* out) {
    static constexpr std::array<float, block_side> none{};
    const std::int64_t columns = layer.grid.columns;
    bool any = false;
    for (std::int64_t c = first; c < last;) {
        std::int64_t inside = c;
        if (layer.grid.wraps) inside = ((c % columns) + columns) % columns;
        if (inside < 0 || inside >= columns) {
            out[c++ - first] = 0;
            continue;
        }
        const std::int64_t at = inside % block_side, n = std::min(block_side - at, last - c);
        std::array<const float*, 4> nodes;
        bool here = false;
        const float* block = nullptr;
        for (std::int64_t k = 0; k < 4; ++k) {
            const std::int64_t r = row + k;
            if (k == 0 || r % block_side == 0)
                block = r >= 0 && r < layer.grid.rows ? layer.blocks.find(static_cast<std::size_t>(inside / block_side),
                                                                          static_cast<std::size_t>(r / block_side))
                                                      : nullptr;
            here |= block != nullptr;
            nodes[static_cast<std::size_t>(k)] = block ? block + r % block_side * block_side + at : none.data();
        }
        float* to = out + (c - first);
        if (here) {
            for (std::int64_t i = 0; i < n; ++i)
                to[i] = (w[0] * nodes[0][i] + w[1] * nodes[1][i]) + (w[2] * nodes[2][i] + w[3] * nodes[3][i]);
            any = true;
        } else {
            std::fill_n(to, n, 0.0f);
        }
        c += n;
    }
    return any;
}

/// One layer at the columns of a mesh, row by row. Where columns are farther apart than nodes, four rows of nodes are
/// summed first and then sampled; else rows are sampled first, and the last four are kept, as neighbouring rows share
/// them.
class SampledRows {
public:
    SampledRows(const Layer& layer, std::span<const double> xs) : m_layer(layer), m_columns(xs.size()) {
        m_stencils.reserve(xs.size());
        m_first = std::numeric_limits<std::int64_t>::max();
        for (const double x : xs) {
            Stencil s = stencil_at(layer.basis, layer.grid.column_of(x));
            if (layer.grid.wraps || meets(s, layer.grid.columns))
                m_first = std::min(m_first, s.first), m_last = std::max(m_last, s.first + 4);
            else s.weight = {}; // reads nodes of others, with weight 0
            m_stencils.push_back(s);
        }
        if (m_first >= m_last) return;
        for (Stencil& s : m_stencils) s.first = std::clamp(s.first, m_first, m_last - 4) - m_first;
        m_nodes.resize(static_cast<std::size_t>(m_last - m_first));
        m_zeros.resize(m_columns);
        m_values.resize(4 * m_columns);
        // By the distance of two columns, not by their number: the same wherever a mesh is cut.
        m_coarse = m_columns > 1 && std::abs(xs[1] - xs[0]) > layer.grid.dx;
    }

    /// Adds the row at y to `out`; false, with `out` untouched, where no node is near.
    bool add(double y, std::span<float> out) {
        if (m_first >= m_last) return false;
        const Stencil s = stencil_at(m_layer.basis, m_layer.grid.row_of(y));
        if (!meets(s, m_layer.grid.rows)) return false;
        const bool cut = m_layer.basis == Basis::catmull_rom;
        if (m_coarse) {
            if (!mix_nodes(m_layer, s.first, s.weight, m_first, m_last, m_nodes.data())) return false;
            sample_nodes(m_values.data());
            for (std::size_t i = 0; i < m_columns; ++i) out[i] += cut ? std::max(0.0f, m_values[i]) : m_values[i];
            return true;
        }
        std::array<const float*, 4> rows;
        bool any = false;
        for (std::size_t k = 0; k < 4; ++k) {
            rows[k] = sampled_row(s.first + static_cast<std::int64_t>(k));
            any = any || rows[k];
        }
        if (!any) return false;
        for (const float*& r : rows)
            if (!r) r = m_zeros.data();
        add_rows(rows, s.weight, cut, out);
        return true;
    }

private:
    void sample_nodes(float* values) const {
        for (std::size_t i = 0; i < m_columns; ++i) {
            const float* n = m_nodes.data() + m_stencils[i].first;
            const auto& w = m_stencils[i].weight;
            values[i] = (w[0] * n[0] + w[1] * n[1]) + (w[2] * n[2] + w[3] * n[3]);
        }
    }

    /// Null where the row has no node.
    const float* sampled_row(std::int64_t r) {
        const auto slot = static_cast<std::size_t>(r & 3);
        float* values = m_values.data() + slot * m_columns;
        if (m_row[slot] == r) return m_any[slot] ? values : nullptr;
        m_row[slot] = r;
        m_any[slot] = read_nodes(m_layer, r, m_first, m_last, m_nodes.data());
        if (!m_any[slot]) return nullptr;
        sample_nodes(values);
        return values;
    }

    static void add_rows(std::array<const float*, 4> rows, const std::array<float, 4>& w, bool cut,
                         std::span<float> out) {
        const float* __restrict a = rows[0], * __restrict b = rows[1], * __restrict c = rows[2], * __restrict d = rows[3];
        float* __restrict o = out.data();
        const std::size_t n = out.size();
        if (cut)
            for (std::size_t i = 0; i < n; ++i)
                o[i] += std::max(0.0f, (w[0] * a[i] + w[1] * b[i]) + (w[2] * c[i] + w[3] * d[i]));
        else
            for (std::size_t i = 0; i < n; ++i) o[i] += (w[0] * a[i] + w[1] * b[i]) + (w[2] * c[i] + w[3] * d[i]);
    }

    const Layer& m_layer;
    std::size_t m_columns;
    std::int64_t m_first, m_last = std::numeric_limits<std::int64_t>::min();
    bool m_coarse = false;
    std::vector<Stencil> m_stencils;
    std::vector<float> m_nodes, m_values, m_zeros;
    std::array<std::int64_t, 4> m_row{-9, -9, -9, -9};
    std::array<bool, 4> m_any{};
};

/// For values that are never negative: then all bits are 0 exactly where all values are.
bool any_above_zero(std::span<const float> values) {
    std::uint32_t bits = 0;
    for (const float v : values) bits |= std::bit_cast<std::uint32_t>(v);
    return bits != 0;
}

float weigh_nodes(const float* n, std::ptrdiff_t stride, const Stencil& x, const Stencil& y) {
    const float *a = n, *b = n + stride, *c = n + 2 * stride, *d = n + 3 * stride;
    std::array<float, 4> mixed;
    for (std::size_t i = 0; i < 4; ++i)
        mixed[i] = (y.weight[0] * a[i] + y.weight[1] * b[i]) + (y.weight[2] * c[i] + y.weight[3] * d[i]);
    return (x.weight[0] * mixed[0] + x.weight[1] * mixed[1]) + (x.weight[2] * mixed[2] + x.weight[3] * mixed[3]);
}

/// Adds one layer at places; their nodes are copied together once where they lie close.
void add_places(const Layer& layer, std::span<const Point<Analysis>> places, std::span<float> out) {
    const LayerGrid& g = layer.grid;
    const double per_dx = 1 / g.dx, per_dy = 1 / g.dy; // why: a division takes longer than all else at a place
    const auto column_of = [&](double x) { return (x - g.x0) * per_dx; };
    const auto row_of = [&](double y) { return (g.y0 - y) * per_dy; };
    // Nodes −2 … columns + 1 and rows alike; comparisons are false for what is not finite.
    const auto reached = [&](double column, double row) {
        const bool across =
            g.wraps ? std::abs(column) < 2e9 : column > -2 && column < static_cast<double>(g.columns + 1);
        return across && row > -2 && row < static_cast<double>(g.rows + 1);
    };
    double left = HUGE_VAL, right = -HUGE_VAL, top = HUGE_VAL, bottom = -HUGE_VAL;
    for (const Point<Analysis>& p : places) {
        const double column = column_of(p.x), row = row_of(p.y);
        if (!reached(column, row)) continue;
        left = std::min(left, column), right = std::max(right, column);
        top = std::min(top, row), bottom = std::max(bottom, row);
    }
    if (!(left <= right)) return;

    const auto first_column = static_cast<std::int64_t>(std::floor(left)) - 1,
               first_row = static_cast<std::int64_t>(std::floor(top)) - 1;
    const std::int64_t width = static_cast<std::int64_t>(std::floor(right)) + 3 - first_column;
    const std::int64_t height = static_cast<std::int64_t>(std::floor(bottom)) + 3 - first_row;
    const bool together = width * height <= static_cast<std::int64_t>(16 * places.size() + 1024);
    std::vector<float> nodes(together ? static_cast<std::size_t>(width * height) : 16);
    if (together) {
        bool any = false;
        for (std::int64_t r = 0; r < height; ++r)
            any |= read_nodes(layer, first_row + r, first_column, first_column + width, nodes.data() + r * width);
        if (!any) return;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double column = column_of(places[i].x), row = row_of(places[i].y);
        if (!reached(column, row)) continue;
        const Stencil x = stencil_at(layer.basis, column), y = stencil_at(layer.basis, row);
        float value = 0;
        if (together) {
            value = weigh_nodes(nodes.data() + (y.first - first_row) * width + (x.first - first_column), width, x, y);
        } else {
            bool any = false;
            for (std::int64_t j = 0; j < 4; ++j)
                any |= read_nodes(layer, y.first + j, x.first, x.first + 4, nodes.data() + 4 * j);
            if (any) value = weigh_nodes(nodes.data(), 4, x, y);
        }
        out[i] += std::max(0.0f, value);
    }
}

} // namespace

bool sample_mesh(std::span<const Layer> layers, std::span<const double> xs, std::span<const double> ys,
                 std::span<float> out) {
    const std::size_t columns = xs.size();
    std::vector<float> first_row(columns);
    std::size_t written = 0; // rows of `out` that hold values; none before the first value above zero
    for (const Layer& layer : layers) {
        SampledRows rows(layer, xs);
        for (std::size_t j = 0; j < ys.size(); ++j) {
            const std::span<float> row = out.subspan(j * columns, columns);
            if (written > 0) {
                if (written <= j) std::ranges::fill(out.subspan(written * columns, (j + 1 - written) * columns), 0.0f);
                written = std::max(written, j + 1);
                rows.add(ys[j], row);
                continue;
            }
            std::ranges::fill(first_row, 0.0f);
            if (!rows.add(ys[j], first_row) || !any_above_zero(first_row)) continue;
            std::ranges::fill(out.first(j * columns), 0.0f);
            std::ranges::copy(first_row, row.begin());
            written = j + 1;
        }
    }
    if (written > 0) std::ranges::fill(out.subspan(written * columns), 0.0f);
    return written > 0;
}

bool sample_places(std::span<const Layer> layers, std::span<const Point<Analysis>> places, std::span<float> out) {
    std::ranges::fill(out, 0.0f);
    for (const Layer& layer : layers) add_places(layer, places, out);
    return any_above_zero(out);
}

} // namespace harmattan::geo
