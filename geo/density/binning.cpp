#include "geo/density/binning.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <utility>

namespace harmattan::geo {

namespace {

constexpr int fine = 12; ///< bits of a position within a step, and of a share
constexpr std::int64_t whole = 1 << fine;

/// Shares of the three nodes around the nearest one for an offset of f / 4096 steps from it; they add up to 4096.
struct Shares {
    std::int64_t before, at, after;
    explicit Shares(std::int64_t f)
        : before(((whole / 2 - f) * (whole / 2 - f) + whole) >> (fine + 1)), at(0),
          after(((whole / 2 + f) * (whole / 2 + f) + whole) >> (fine + 1)) {
        at = whole - before - after;
    }
};

/// What an event needs to find its place in a layer; rows and columns in 4096ths of a step, from half a step before the
/// first node, so that the nearest node is the whole part.
struct Placer {
    LatitudeTable row;
    double column_0, columns_per_e7;
    std::int64_t columns;
    bool wraps;

    Placer(const LayerGrid& g, const Layout& layout)
        : row(layout.crs, layout.bounds.south_e7, layout.bounds.north_e7, (g.y0 / g.dy + 0.5) * whole + 0.5,
              -whole / g.dy),
          column_0((-g.x0 / g.dx + 0.5) * whole + 0.5),
          columns_per_e7(layout.crs.metres_per_degree() / 1e7 / g.dx * whole), columns(g.columns), wraps(g.wraps) {}
};

/// The blocks of a layer for a part of the events: one look-up each where a plain table of them is small.
class BlockTable {
public:
    explicit BlockTable(Bins::Store& store) : m_store(store) {
        if (store.columns() * store.rows() <= most) m_blocks.resize(store.columns() * store.rows());
    }
    std::int64_t* find(std::size_t bx, std::size_t by) {
        if (m_blocks.empty()) return m_store.make(bx, by);
        std::int64_t*& block = m_blocks[by * m_store.columns() + bx];
        if (!block) block = m_store.make(bx, by);
        return block;
    }

private:
    static constexpr std::size_t most = std::size_t{1} << 20;
    Bins::Store& m_store;
    std::vector<std::int64_t*> m_blocks;
};

template <bool Weighted>
void bin_part(const Events& events, std::size_t first, std::size_t last, const Layout& layout,
              const std::vector<Placer>& placers, const WeightScale& scale, std::vector<Bins>& bins) {
    const std::int32_t centre = layout.bounds.centre_e7, south = layout.bounds.south_e7, north = layout.bounds.north_e7;
    const bool classes = layout.layers.size() > 1;
    std::vector<BlockTable> tables;
    for (Bins& b : bins) tables.emplace_back(b.store());
    for (std::size_t i = first; i < last; ++i) {
        const LonLatE7 p = events.at[i];
        if (p.lat < south || p.lat > north) continue; // beyond max_field_latitude
        const auto layer =
            classes ? static_cast<std::size_t>(layout.layer_of[static_cast<std::size_t>(events.precision[i])]) : 0;
        const Placer& place = placers[layer];
        // Both are positive, so truncation is floor.
        auto fx = static_cast<std::int64_t>(place.column_0 + relative_lon_e7(p.lon, centre) * place.columns_per_e7);
        const auto fy = static_cast<std::int64_t>(place.row(p.lat));
        if (place.wraps && fx >= place.columns * whole) fx -= place.columns * whole;
        const auto c = static_cast<std::size_t>(fx >> fine), r = static_cast<std::size_t>(fy >> fine);
        const Shares across((fx & (whole - 1)) - whole / 2), down((fy & (whole - 1)) - whole / 2);

        std::int64_t* node =
            tables[layer].find(c / block_side, r / block_side) + r % block_side * Bins::stride + c % block_side;
        const std::int64_t w = Weighted ? scale(events.weight[i]) : 1;
        const auto share_row = [&](std::int64_t* n, std::int64_t s) {
            if constexpr (Weighted) s *= w;
            n[0] += across.before * s, n[1] += across.at * s, n[2] += across.after * s;
        };
        share_row(node, down.before);
        share_row(node + Bins::stride, down.at);
        share_row(node + 2 * Bins::stride, down.after);
    }
}

} // namespace

std::int64_t WeightScale::operator()(float weight) const { return std::llrint(static_cast<double>(weight) / unit); }

WeightScale weigh(const Events& events) {
    if (events.weight.empty()) return {};
    float greatest = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (!(events.weight[i] >= 0) || std::isinf(events.weight[i]))
            throw Error(ErrorKind::bad_data,
                        fmt::format("event {} of {} weighs {}; a density needs weights of 0 or more", i + 1,
                                    events.size(), events.weight[i]));
        greatest = std::max(greatest, events.weight[i]);
    }
    if (greatest == 0) return {1, false};
    // The sum, rounded up, by a way on which the order of events has no influence.
    const double step = static_cast<double>(greatest) / (1 << 20);
    std::int64_t steps = 0;
    for (const float w : events.weight) steps += static_cast<std::int64_t>(std::ceil(static_cast<double>(w) / step));
    const int exponent = static_cast<int>(std::ceil(std::log2(static_cast<double>(steps) * step)));
    return {std::ldexp(1.0, std::min(exponent - 38, 0)), false};
}

Bins::Bins(const LayerGrid& grid, double unit)
    : m_columns(grid.columns), m_rows(grid.rows), m_wraps(grid.wraps),
      m_unit(unit / static_cast<double>(whole * whole)),
      m_store(static_cast<std::size_t>(grid.columns / block_side), static_cast<std::size_t>(grid.rows / block_side)) {}

void Bins::add(const Bins& other) {
    for (std::size_t by = 0; by < m_store.rows(); ++by)
        for (std::size_t bx = 0; bx < m_store.columns(); ++bx)
            if (const std::int64_t* from = other.m_store.find(bx, by)) {
                std::int64_t* to = m_store.make(bx, by);
                for (std::size_t i = 0; i < stride * stride; ++i) to[i] += from[i];
            }
}

void Bins::close() {
    m_used.resize(m_store.rows());
    for (std::size_t by = 0; by < m_store.rows(); ++by)
        for (std::size_t bx = 0; bx < m_store.columns(); ++bx)
            if (const std::int64_t* block = m_store.find(bx, by)) {
                m_used[by].push_back(static_cast<std::uint32_t>(bx));
                for (std::size_t i = 0; i < stride * stride; ++i) {
                    m_total += block[i];
                    m_nodes += block[i] != 0;
                }
            }
}

void Bins::add_block_row(std::int64_t block_row, std::size_t local, std::span<std::int64_t> sums, Runs& touched) const {
    if (block_row < 0 || block_row >= m_rows / block_side) return;
    for (const std::uint32_t bx : used(block_row)) {
        const std::int64_t* row = m_store.find(bx, static_cast<std::size_t>(block_row)) + local * stride;
        const std::int64_t first = std::int64_t{bx} * block_side - 1;
        for (std::size_t i = 0; i < stride; ++i) {
            std::int64_t c = first + static_cast<std::int64_t>(i);
            if (m_wraps) c = (c + m_columns) % m_columns;
            if (row[i] == 0) continue; // also: the rim beyond the grid's edge
            sums[static_cast<std::size_t>(c)] += row[i];
        }
        add_run(touched, {first, first + static_cast<std::int64_t>(stride)}, m_columns, m_wraps);
    }
}

Runs Bins::read_row(std::int64_t row, std::span<double> out, std::span<std::int64_t> scratch) const {
    Runs touched, runs;
    const std::int64_t by = row / block_side;
    const auto local = static_cast<std::size_t>(row % block_side) + 1;
    add_block_row(by, local, scratch, touched);
    if (local == 1) add_block_row(by - 1, stride - 1, scratch, touched);
    if (local == block_side) add_block_row(by + 1, 0, scratch, touched);
    tidy(touched);
    for (const Run& r : touched)
        for (std::int64_t c = r.first; c < r.last; ++c) {
            const std::int64_t sum = std::exchange(scratch[static_cast<std::size_t>(c)], 0);
            if (sum == 0) continue;
            out[static_cast<std::size_t>(c)] = static_cast<double>(sum) * m_unit;
            if (!runs.empty() && runs.back().last == c) ++runs.back().last;
            else runs.push_back({c, c + 1});
        }
    return runs;
}

std::vector<Bins> bin_events(const Events& events, const Layout& layout, Workers& workers) {
    const WeightScale scale = weigh(events);
    std::vector<Placer> placers;
    for (const LayerGrid& g : layout.layers) placers.emplace_back(g, layout);
    const auto fresh = [&] {
        std::vector<Bins> bins;
        for (const LayerGrid& g : layout.layers) bins.emplace_back(g, scale.unit);
        return bins;
    };
    // why: a second set of blocks has to be added up again, which a small part is not worth
    const std::size_t parts =
        std::clamp<std::size_t>(events.size() / 250'000, 1, static_cast<std::size_t>(workers.count()));
    std::vector<std::vector<Bins>> sums(parts);
    workers.each(parts, [&](std::size_t part, int) {
        sums[part] = fresh();
        const std::size_t first = events.size() * part / parts, last = events.size() * (part + 1) / parts;
        if (scale.uniform) bin_part<false>(events, first, last, layout, placers, scale, sums[part]);
        else bin_part<true>(events, first, last, layout, placers, scale, sums[part]);
    });
    for (std::size_t layer = 0; layer < sums[0].size(); ++layer) {
        for (std::size_t part = 1; part < parts; ++part) sums[0][layer].add(sums[part][layer]);
        sums[0][layer].close();
    }
    return std::move(sums[0]);
}

} // namespace harmattan::geo
