#include "render/raster/dash.hpp"

#include <cmath>
#include <numeric>

namespace harmattan::render {

void cut_dashes(std::span<const FixedPoint> line, double start, std::span<const double> pattern,
                const std::function<void(std::span<const FixedPoint> points, FixedPoint along)>& piece) {
    const double period = std::accumulate(pattern.begin(), pattern.end(), 0.0);
    double into = start - period * std::floor(start / period);
    std::size_t at = 0;
    while (into > 0 && into >= pattern[at]) {
        into -= pattern[at];
        at = (at + 1) % pattern.size();
        if (at == 0 && into >= period) into = 0; // rounding at the very end of a period
    }
    double left = pattern[at] - into; // of the current dash or gap
    std::vector<FixedPoint> dash;
    if (at % 2 == 0) dash.push_back(line[0]);
    const auto add = [&](FixedPoint p) {
        if (dash.empty() || dash.back() != p) dash.push_back(p);
    };
    FixedPoint along{1, 0};
    for (std::size_t i = 1; i < line.size(); ++i) {
        const FixedPoint a = line[i - 1], b = line[i];
        along = {b.x - a.x, b.y - a.y};
        const double dx = static_cast<double>(b.x - a.x), dy = static_cast<double>(b.y - a.y);
        const double length = std::sqrt(dx * dx + dy * dy);
        double done = 0;
        while (done + left <= length) { // a dash that begins at the line's very end shows its caps
            done += left;
            const FixedPoint cut{a.x + static_cast<std::int64_t>(std::floor(dx * done / length + 0.5)),
                                 a.y + static_cast<std::int64_t>(std::floor(dy * done / length + 0.5))};
            add(cut);
            if (at % 2 == 0) {
                piece(dash, along);
                dash.clear();
            } else {
                dash.assign({cut});
            }
            at = (at + 1) % pattern.size();
            left = pattern[at];
        }
        left -= length - done;
        if (at % 2 == 0) add(b);
    }
    if (at % 2 == 0 && !dash.empty()) piece(dash, along);
}

} // namespace harmattan::render
