#include "geo/corridors/lixel_mass.hpp"
#include "geo/corridors/road_events.hpp"
#include "geo/corridors/surface_piece.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace harmattan::geo {

namespace {

constexpr double origin_m = 2e7; ///< more than the Earth and a support on each side

/// Points that stand for the road, each for a length of it, sorted by cubes of the support's side.
struct RoadPoints {
    std::vector<Vec> at;
    std::vector<double> length_m;
    std::vector<std::uint32_t> lixel;
    std::vector<std::uint64_t> key; ///< of each point, ascending
};

class Cubes {
public:
    explicit Cubes(double side_m) : m_side_m(side_m) {}
    std::int64_t of(double metres) const { return static_cast<std::int64_t>((metres + origin_m) / m_side_m); }
    static std::uint64_t key(std::int64_t x, std::int64_t y, std::int64_t z) {
        return static_cast<std::uint64_t>(x << 42 | y << 21 | z);
    }
    std::uint64_t key(Vec p) const { return key(of(p.x), of(p.y), of(p.z)); }

private:
    double m_side_m;
};

/// Gauss's two points of each piece of at most σ/2 of a lixel (4e-5 of the kernel's peak); one where a lixel is below
/// σ/16.
RoadPoints points_of(const RoadGraph& graph, const Lixels& lixels, double sigma_m, const Cubes& cubes) {
    RoadPoints raw;
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        const double each = lixels.length_m[e];
        const auto pieces = static_cast<int>(std::ceil(each / (sigma_m / 2)));
        const double half = each / pieces / 2;
        for (std::uint32_t k = 0; k < lixels.count(e); ++k)
            for (int i = 0; i < pieces; ++i) {
                const double middle = k * each + (2 * i + 1) * half;
                const auto add = [&](double along, double length) {
                    raw.at.push_back(in_space(graph.place_at(e, along)));
                    raw.length_m.push_back(length);
                    raw.lixel.push_back(lixels.begin[e] + k);
                };
                if (each <= sigma_m / 16) {
                    add(middle, each);
                    continue;
                }
                add(middle - half / std::sqrt(3.0), half), add(middle + half / std::sqrt(3.0), half);
            }
    }
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < raw.at.size(); ++i) order.emplace_back(cubes.key(raw.at[i]), i);
    std::ranges::sort(order);
    RoadPoints points;
    for (const auto& [key, i] : order) {
        points.key.push_back(key), points.at.push_back(raw.at[i]);
        points.length_m.push_back(raw.length_m[i]), points.lixel.push_back(raw.lixel[i]);
    }
    return points;
}

/// Events of one place.
struct Stack {
    LonLatE7 at;
    double weight = 0;
    std::uint64_t events = 0;
    bool near = false; ///< a road lies within reach and within the support
};

/// In the order of places and weights, so that the rows' own does not matter.
std::vector<Stack> stacked(const Events& events) {
    std::vector<std::tuple<LonLatE7, double>> all;
    for (std::size_t i = 0; i < events.size(); ++i) all.emplace_back(events.at[i], checked_weight(events, i));
    std::ranges::sort(all);
    std::vector<Stack> stacks;
    for (const auto& [at, weight] : all) {
        if (stacks.empty() || stacks.back().at != at) stacks.push_back({at, 0, 0, false});
        stacks.back().weight += weight, ++stacks.back().events;
    }
    return stacks;
}

/// What an event's kernel puts on the points within its support.
class Reached {
public:
    Reached(const RoadPoints& points, const Cubes& cubes, Kernel kernel, double support_m)
        : m_points(points), m_cubes(cubes), m_kernel(kernel), m_per_square(1 / (support_m * support_m)) {}

    /// c(x), but for a factor that all places share; 0 where no road lies within the support.
    double look(LonLatE7 place) {
        m_point.clear(), m_share.clear();
        const Vec p = in_space(place.degrees());
        const std::int64_t x = m_cubes.of(p.x), y = m_cubes.of(p.y), z = m_cubes.of(p.z);
        for (std::int64_t i = x - 1; i <= x + 1; ++i)
            for (std::int64_t j = y - 1; j <= y + 1; ++j) {
                // The three cubes over each other have neighbouring keys.
                const auto first = std::ranges::lower_bound(m_points.key, Cubes::key(i, j, z - 1));
                const auto last = std::upper_bound(first, m_points.key.end(), Cubes::key(i, j, z + 1));
                for (auto k = static_cast<std::size_t>(first - m_points.key.begin());
                     k < static_cast<std::size_t>(last - m_points.key.begin()); ++k) {
                    const Vec gap = m_points.at[k] - p;
                    const double square = dot(gap, gap) * m_per_square;
                    if (square >= 1) continue;
                    m_point.push_back(static_cast<std::uint32_t>(k)), m_share.push_back(square);
                }
            }
        double sum = 0;
        for (std::size_t i = 0; i < m_share.size(); ++i)
            sum += m_share[i] = shape(m_share[i]) * m_points.length_m[m_point[i]];
        return sum;
    }
    void lay(double factor, std::span<double> mass) const {
        for (std::size_t i = 0; i < m_point.size(); ++i) mass[m_points.lixel[m_point[i]]] += factor * m_share[i];
    }

private:
    /// The kernel over its peak, by the square of the distance over the support.
    double shape(double square) const {
        switch (m_kernel) {
        case Kernel::gaussian: return std::exp(-8 * square); // the support is 4 σ
        case Kernel::quartic: return (1 - square) * (1 - square);
        case Kernel::epanechnikov: return 1 - square;
        }
        return 0;
    }

    const RoadPoints& m_points;
    const Cubes& m_cubes;
    Kernel m_kernel;
    double m_per_square;
    std::vector<std::uint32_t> m_point;
    std::vector<double> m_share;
};

} // namespace

MassOnRoads planar_mass(const RoadGraph& graph, const Lixels& lixels, const RoadIndex& index, const Events& events,
                        const NetworkDensityOptions& options) {
    const double support_m = support_of(options.kernel, options.bandwidth_m);
    const Cubes cubes(std::max(support_m, 100.0));
    const RoadPoints points = points_of(graph, lixels, options.bandwidth_m, cubes);
    std::vector<Stack> stacks = stacked(events);
    const std::vector<std::size_t> begins = equal_parts(std::vector<double>(stacks.size(), 1));
    MassOnRoads sum =
        sum_over_parts(lixels.begin.back(), options.threads, [&](std::size_t part, std::span<double> mass) {
            Reached road(points, cubes, options.kernel, support_m);
            for (std::size_t i = begins[part]; i < begins[part + 1]; ++i) {
                if (!index.nearest(stacks[i].at)) continue;
                const double within = road.look(stacks[i].at);
                stacks[i].near = within > 0;
                if (within > 0) road.lay(stacks[i].weight / within, mass);
            }
            return 0.0;
        });
    for (const Stack& s : stacks) {
        (s.near ? sum.events : sum.beyond) += s.events;
        (s.near ? sum.weight : sum.beyond_weight) += s.weight;
    }
    return sum;
}

} // namespace harmattan::geo
