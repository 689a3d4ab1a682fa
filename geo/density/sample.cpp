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

Stencil stencil_at(Basis basis, double t) {
    // why not std::floor: without SSE 4.1 it is a call
    auto node = static_cast<std::int64_t>(t);
    if (static_cast<double>(node) > t) --node;
    const auto w = basis_weights(basis, t - static_cast<double>(node));
    return {node - 1,
            {static_cast<float>(w[0]), static_cast<float>(w[1]), static_cast<float>(w[2]), static_cast<float>(w[3])}};
}

bool meets(const Stencil& s, std::int64_t nodes) {
    return s.first + 4 > 0 && s.first < nodes;
}

/// Copies nodes first … last − 1 of a row; zero where there are none. False where all of them lack a block.
bool read_nodes(const Layer& layer, std::int64_t row, std::int64_t first, std::int64_t last, float* out) {
    if (row < 0 || row >= layer.grid.rows) return false;
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

/// Rows of a layer, sampled at the columns of a mesh: the last four are kept, as neighbouring rows share them.
class SampledRows {
public:
    SampledRows(const Layer& layer, std::span<const double> xs) : m_layer(layer), m_columns(xs.size()) {
        m_stencils.reserve(xs.size());
        m_first = std::numeric_limits<std::int64_t>::max();
        for (const double x : xs) {
            Stencil s = stencil_at(layer.basis, layer.grid.column_of(x));
            if (layer.grid.wraps || meets(s, layer.grid.columns))
                m_first = std::min(m_first, s.first), m_last = std::max(m_last, s.first + 4);
            else
                s.weight = {}; // reads nodes of others, with weight 0
            m_stencils.push_back(s);
        }
        if (m_first >= m_last) return;
        for (Stencil& s : m_stencils) s.first = std::clamp(s.first, m_first, m_last - 4) - m_first;
        m_nodes.resize(static_cast<std::size_t>(m_last - m_first));
        m_values.resize(4 * m_columns);
    }

    bool empty() const { return m_first >= m_last; }

    /// Null where the row is zero at every column.
    const float* row(std::int64_t r) {
        const auto slot = static_cast<std::size_t>(r & 3);
        float* values = m_values.data() + slot * m_columns;
        if (m_row[slot] == r) return m_any[slot] ? values : nullptr;
        m_row[slot] = r;
        m_any[slot] = read_nodes(m_layer, r, m_first, m_last, m_nodes.data());
        if (!m_any[slot]) return nullptr;
        for (std::size_t i = 0; i < m_columns; ++i) {
            const float* n = m_nodes.data() + m_stencils[i].first;
            const auto& w = m_stencils[i].weight;
            values[i] = (w[0] * n[0] + w[1] * n[1]) + (w[2] * n[2] + w[3] * n[3]);
        }
        return values;
    }

private:
    const Layer& m_layer;
    std::size_t m_columns;
    std::int64_t m_first, m_last = std::numeric_limits<std::int64_t>::min();
    std::vector<Stencil> m_stencils;
    std::vector<float> m_nodes, m_values;
    std::array<std::int64_t, 4> m_row{-9, -9, -9, -9};
    std::array<bool, 4> m_any{};
};

void add_rows(std::array<const float*, 4> rows, const std::array<float, 4>& w, bool cut, std::span<float> out) {
    const float *__restrict a = rows[0], *__restrict b = rows[1], *__restrict c = rows[2], *__restrict d = rows[3];
    float* __restrict o = out.data();
    const std::size_t n = out.size();
    if (cut)
        for (std::size_t i = 0; i < n; ++i)
            o[i] += std::max(0.0f, (w[0] * a[i] + w[1] * b[i]) + (w[2] * c[i] + w[3] * d[i]));
    else
        for (std::size_t i = 0; i < n; ++i) o[i] += (w[0] * a[i] + w[1] * b[i]) + (w[2] * c[i] + w[3] * d[i]);
}

/// For values that are never negative: then all bits are 0 exactly where all values are.
bool any_above_zero(std::span<const float> values) {
    std::uint32_t bits = 0;
    for (const float v : values) bits |= std::bit_cast<std::uint32_t>(v);
    return bits != 0;
}

float weigh_nodes(const float* n, std::ptrdiff_t stride, const Stencil& x, const Stencil& y) {
    std::array<float, 4> rows;
    for (std::size_t j = 0; j < 4; ++j, n += stride)
        rows[j] = (x.weight[0] * n[0] + x.weight[1] * n[1]) + (x.weight[2] * n[2] + x.weight[3] * n[3]);
    return (y.weight[0] * rows[0] + y.weight[1] * rows[1]) + (y.weight[2] * rows[2] + y.weight[3] * rows[3]);
}

/// Adds one layer at places; their nodes are copied together once where they lie close.
void add_places(const Layer& layer, std::span<const Point<Analysis>> places, std::span<float> out) {
    const LayerGrid& g = layer.grid;
    std::vector<std::pair<Stencil, Stencil>> at(places.size());
    constexpr auto far = std::numeric_limits<std::int64_t>::max();
    std::int64_t left = far, right = -far, top = far, bottom = -far;
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto& [x, y] = at[i];
        if (!std::isfinite(places[i].x) || !std::isfinite(places[i].y)) continue; // weights of 0
        x = stencil_at(layer.basis, g.column_of(places[i].x)), y = stencil_at(layer.basis, g.row_of(places[i].y));
        if ((!g.wraps && !meets(x, g.columns)) || !meets(y, g.rows)) {
            x.weight = {}; // outside
            continue;
        }
        left = std::min(left, x.first), right = std::max(right, x.first + 4);
        top = std::min(top, y.first), bottom = std::max(bottom, y.first + 4);
    }
    if (left == far) return;

    const std::int64_t width = right - left, height = bottom - top;
    const bool together = width * height <= static_cast<std::int64_t>(16 * places.size() + 1024);
    std::vector<float> nodes(together ? static_cast<std::size_t>(width * height) : 16);
    if (together) {
        bool any = false;
        for (std::int64_t r = top; r < bottom; ++r)
            any |= read_nodes(layer, r, left, right, nodes.data() + (r - top) * width);
        if (!any) return;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& [x, y] = at[i];
        if (x.weight == std::array<float, 4>{}) continue;
        float value = 0;
        if (together) {
            value = weigh_nodes(nodes.data() + (y.first - top) * width + (x.first - left), width, x, y);
        } else {
            std::ranges::fill(nodes, 0.0f);
            bool any = false;
            for (std::int64_t j = 0; j < 4; ++j) any |= read_nodes(layer, y.first + j, x.first, x.first + 4, nodes.data() + 4 * j);
            if (any) value = weigh_nodes(nodes.data(), 4, x, y);
        }
        out[i] += std::max(0.0f, value);
    }
}

} // namespace

bool sample_mesh(std::span<const Layer> layers, std::span<const double> xs, std::span<const double> ys, std::span<float> out) {
    const std::size_t columns = xs.size();
    const std::vector<float> zeros(columns);
    std::vector<float> first_row(columns);
    std::size_t written = 0; // rows of `out` that hold values; none before the first value above zero
    for (const Layer& layer : layers) {
        SampledRows rows(layer, xs);
        if (rows.empty()) continue;
        for (std::size_t j = 0; j < ys.size(); ++j) {
            const Stencil y = stencil_at(layer.basis, layer.grid.row_of(ys[j]));
            if (!meets(y, layer.grid.rows)) continue;
            std::array<const float*, 4> four;
            for (std::size_t k = 0; k < 4; ++k) four[k] = rows.row(y.first + static_cast<std::int64_t>(k));
            if (std::ranges::none_of(four, [](const float* r) { return r != nullptr; })) continue;
            for (const float*& r : four)
                if (!r) r = zeros.data();
            const bool cut = layer.basis == Basis::catmull_rom;
            if (written == 0) {
                std::ranges::fill(first_row, 0.0f);
                add_rows(four, y.weight, cut, first_row);
                if (!any_above_zero(first_row)) continue;
            }
            const std::span<float> row = out.subspan(j * columns, columns);
            if (written <= j) std::ranges::fill(out.subspan(written * columns, (j + 1 - written) * columns), 0.0f);
            if (written == 0)
                std::ranges::copy(first_row, row.begin());
            else
                add_rows(four, y.weight, cut, row);
            written = std::max(written, j + 1);
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
