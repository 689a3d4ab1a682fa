#include "geo/corridors/lixel_mass.hpp"

#include "geo/density/workers.hpp"

#include <algorithm>
#include <numeric>

namespace harmattan::geo {

namespace {

constexpr int most_buffers = 8; ///< parts in memory at a time

} // namespace

std::vector<std::size_t> equal_parts(std::span<const double> cost) {
    const double total = std::accumulate(cost.begin(), cost.end(), 0.0);
    std::vector<std::size_t> begins{0};
    double so_far = 0;
    for (std::size_t i = 0; i < cost.size(); ++i) {
        while (begins.size() < work_parts && so_far >= total * static_cast<double>(begins.size()) / work_parts)
            begins.push_back(i);
        so_far += cost[i];
    }
    begins.resize(work_parts + 1, cost.size());
    return begins;
}

MassOnRoads sum_over_parts(std::size_t lixels, int threads,
                           const std::function<double(std::size_t, std::span<double>)>& body) {
    const auto buffers = static_cast<std::size_t>(std::clamp(threads, 1, most_buffers));
    Workers workers(static_cast<int>(buffers));
    std::vector<std::vector<double>> mass(buffers, std::vector<double>(lixels));
    std::vector<double> moved(buffers);
    MassOnRoads sum;
    sum.mass.resize(lixels);
    for (std::size_t first = 0; first < work_parts; first += buffers) {
        const std::size_t count = std::min(buffers, work_parts - first);
        workers.each(count, [&](std::size_t b, int) {
            std::ranges::fill(mass[b], 0);
            moved[b] = body(first + b, mass[b]);
        });
        for (std::size_t b = 0; b < count; ++b) {
            sum.moved += moved[b];
            for (std::size_t i = 0; i < lixels; ++i) sum.mass[i] += mass[b][i];
        }
    }
    return sum;
}

} // namespace harmattan::geo
