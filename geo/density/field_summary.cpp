#include "geo/density/field_impl.hpp"
#include "geo/density/sample.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

namespace harmattan::geo {

namespace {

/// Values are counted by their exponent and the first ten bits of their fraction.
constexpr unsigned dropped_bits = 13;
constexpr std::size_t classes = std::size_t{1} << (31 - dropped_bits);

struct Tally {
    std::vector<std::uint32_t> counts = std::vector<std::uint32_t>(classes);
    float peak = 0;
    Extent<Analysis> reach;
};

/// Whether a grid finer than layer `l` has a block at the place, which then counts it.
bool counted_finer(const std::vector<Layer>& layers, std::size_t l, double x, double y) {
    for (std::size_t k = 0; k < l; ++k) {
        const LayerGrid& g = layers[k].grid;
        const auto c = static_cast<std::int64_t>(std::floor(g.column_of(x) + 0.5));
        const auto r = static_cast<std::int64_t>(std::floor(g.row_of(y) + 0.5));
        if (c < 0 || r < 0 || c >= g.columns || r >= g.rows) continue;
        if (layers[k].blocks.find(static_cast<std::size_t>(c / block_side), static_cast<std::size_t>(r / block_side)))
            return true;
    }
    return false;
}

} // namespace

void Field::Impl::summarise(Workers& workers) {
    std::map<std::uint32_t, double> areas;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const Layer& layer = layers[l];
        const LayerGrid& g = layer.grid;
        std::vector<Tally> tallies(static_cast<std::size_t>(workers.count()));
        workers.each(layer.blocks.rows(), [&](std::size_t by, int worker) {
            Tally& tally = tallies[static_cast<std::size_t>(worker)];
            std::vector<double> xs, ys(block_side);
            std::vector<float> sampled;
            for (std::size_t j = 0; j < block_side; ++j) ys[j] = g.y0 - static_cast<double>(by * block_side + j) * g.dy;
            for_block_runs(layer, by, [&](std::size_t first, std::size_t last) {
                xs.resize((last - first) * block_side);
                for (std::size_t i = 0; i < xs.size(); ++i)
                    xs[i] = g.x0 + static_cast<double>(first * block_side + i) * g.dx;
                sampled.resize(xs.size() * block_side);
                if (!geo::sample_mesh(layers, xs, ys, sampled)) return;
                for (std::size_t j = 0; j < block_side; ++j)
                    for (std::size_t i = 0; i < xs.size(); ++i) {
                        const float v = sampled[j * xs.size() + i];
                        if (!(v > 0)) continue;
                        tally.reach.add({xs[i], ys[j]});
                        tally.peak = std::max(tally.peak, v);
                        if (l > 0 && counted_finer(layers, l, xs[i], ys[j])) continue;
                        ++tally.counts[std::bit_cast<std::uint32_t>(v) >> dropped_bits];
                    }
            });
        });
        for (const Tally& t : tallies) {
            peak = std::max(peak, static_cast<double>(t.peak));
            if (!t.reach.empty()) reach.add({t.reach.min_x, t.reach.min_y}), reach.add({t.reach.max_x, t.reach.max_y});
        }
        for (std::uint32_t c = 0; c < classes; ++c) {
            std::uint64_t n = 0;
            for (const Tally& t : tallies) n += t.counts[c];
            if (n > 0) areas[c] += static_cast<double>(n) * g.dx * g.dy;
        }
    }
    for (const auto& [c, area] : areas)
        values.push_back({std::bit_cast<float>((c << dropped_bits) + (1u << (dropped_bits - 1))), area});
}

std::vector<double> Field::quantiles(std::span<const double> shares) const {
    const auto& values = m_impl->values;
    double whole = 0;
    for (const ValueArea& v : values) whole += v.area;
    std::vector<double> result;
    std::size_t i = 0;
    double below = 0; // area of the classes before i
    for (const double share : shares) {
        while (i + 1 < values.size() && below + values[i].area < share * whole) below += values[i++].area;
        result.push_back(values.empty() ? 0 : std::min(static_cast<double>(values[i].value), m_impl->peak));
    }
    return result;
}

} // namespace harmattan::geo
