#include "render/text/label_path.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace harmattan::render {

namespace {

bool before(const PixelPoint& a, const PixelPoint& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }

struct Before {
    bool operator()(const PixelPoint& a, const PixelPoint& b) const { return before(a, b); }
};

double distance(PixelPoint a, PixelPoint b) { return std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)); }

// Points at even steps along a line, both ends included.
std::vector<PixelPoint> sampled(const std::vector<PixelPoint>& line, double wanted_step, double& step) {
    std::vector<double> along{0};
    for (std::size_t i = 1; i < line.size(); ++i) along.push_back(along.back() + distance(line[i - 1], line[i]));
    const std::size_t steps = std::max<std::size_t>(1, static_cast<std::size_t>(along.back() / wanted_step));
    step = along.back() / static_cast<double>(steps);
    std::vector<PixelPoint> out{line.front()};
    std::size_t i = 1;
    for (std::size_t k = 1; k < steps; ++k) {
        const double at = step * static_cast<double>(k);
        while (along[i] < at) ++i;
        const double t = (at - along[i - 1]) / (along[i] - along[i - 1]);
        out.push_back(
            {line[i - 1].x + t * (line[i].x - line[i - 1].x), line[i - 1].y + t * (line[i].y - line[i - 1].y)});
    }
    out.push_back(line.back());
    return out;
}

} // namespace

std::vector<std::vector<PixelPoint>> join_lines(std::vector<std::vector<PixelPoint>> lines) {
    std::erase_if(lines, [](const auto& line) { return line.size() < 2; });
    std::map<PixelPoint, std::vector<std::size_t>, Before> ends;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ends[lines[i].front()].push_back(i);
        ends[lines[i].back()].push_back(i);
    }
    std::vector<bool> used(lines.size(), false);
    // The other line at an end where exactly two meet; or none.
    const auto next = [&](PixelPoint end) {
        const std::vector<std::size_t>& here = ends.at(end);
        if (here.size() == 2)
            for (const std::size_t i : here)
                if (!used[i]) return i;
        return lines.size();
    };
    std::vector<std::vector<PixelPoint>> joined;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (used[i]) continue;
        used[i] = true;
        std::vector<PixelPoint> line = lines[i];
        for (int side = 0; side < 2; ++side) {
            for (std::size_t n = next(line.back()); n < lines.size(); n = next(line.back())) {
                used[n] = true;
                std::vector<PixelPoint>& more = lines[n];
                if (!(more.front() == line.back())) std::reverse(more.begin(), more.end());
                line.insert(line.end(), more.begin() + 1, more.end());
            }
            std::reverse(line.begin(), line.end());
        }
        joined.push_back(std::move(line));
    }
    return joined;
}

// Liang and Barsky 1984, edge by edge.
std::vector<std::vector<PixelPoint>> pieces_inside(std::span<const PixelPoint> line, const PixelExtent& box) {
    std::vector<std::vector<PixelPoint>> pieces;
    bool goes_on = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const PixelPoint a = line[i - 1], b = line[i];
        const double dx = b.x - a.x, dy = b.y - a.y;
        double from = 0, to = 1;
        const auto cut = [&](double along, double room) { // keeps where along · t <= room
            if (along < 0) from = std::max(from, room / along);
            if (along > 0) to = std::min(to, room / along);
            if (along == 0 && room < 0) to = -1;
        };
        cut(-dx, a.x - box.min_x), cut(dx, box.max_x - a.x), cut(-dy, a.y - box.min_y), cut(dy, box.max_y - a.y);
        if (from < to) {
            if (!goes_on || from > 0) pieces.push_back({{a.x + from * dx, a.y + from * dy}});
            pieces.back().push_back({a.x + to * dx, a.y + to * dy});
        }
        goes_on = from < to && to == 1;
    }
    return pieces;
}

LabelPath::LabelPath(const std::vector<PixelPoint>& line, double reach_px) {
    const double wanted = std::max(1.0, reach_px / 4);
    const std::vector<PixelPoint> raw = sampled(line, wanted, m_step);
    // Mean over a window that shrinks towards the ends, so that these stay where they are; sampled anew afterwards,
    // because smoothing shortens.
    const std::size_t reach = static_cast<std::size_t>(reach_px / m_step), last = raw.size() - 1;
    std::vector<PixelPoint> smooth;
    for (std::size_t i = 0; i <= last; ++i) {
        const std::size_t window = std::min({reach, i, last - i});
        PixelPoint sum;
        for (std::size_t k = i - window; k <= i + window; ++k) sum.x += raw[k].x, sum.y += raw[k].y;
        const double n = static_cast<double>(2 * window + 1);
        const PixelPoint mean{sum.x / n, sum.y / n};
        if (smooth.empty() || distance(smooth.back(), mean) > 1e-6) smooth.push_back(mean);
    }
    if (smooth.size() < 2) smooth = {line.front(), {line.front().x + 1e-3, line.front().y}};
    m_points = sampled(smooth, wanted, m_step);
}

LabelPath::Place LabelPath::at(double along) const {
    const double place = std::clamp(along / m_step, 0.0, static_cast<double>(m_points.size() - 1));
    const std::size_t i = std::min(static_cast<std::size_t>(place), m_points.size() - 2);
    const double t = place - static_cast<double>(i);
    const PixelPoint a = m_points[i], b = m_points[i + 1];
    // The direction turns evenly along a step, from that of the corner before to that of the corner after.
    const auto corner = [&](std::size_t k) {
        const PixelPoint from = m_points[k > 0 ? k - 1 : 0], to = m_points[std::min(k + 1, m_points.size() - 1)];
        const double d = distance(from, to);
        return PixelPoint{(to.x - from.x) / d, (to.y - from.y) / d};
    };
    const PixelPoint c0 = corner(i), c1 = corner(i + 1);
    PixelPoint direction{c0.x + t * (c1.x - c0.x), c0.y + t * (c1.y - c0.y)};
    const double length = std::sqrt(direction.x * direction.x + direction.y * direction.y);
    if (length > 1e-9) direction = {direction.x / length, direction.y / length};
    return {{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}, direction.x, direction.y};
}

double LabelPath::bend(double from, double to) const {
    const std::size_t first = static_cast<std::size_t>(std::max(0.0, from / m_step)) + 1;
    const std::size_t last = std::min(m_points.size() - 1, static_cast<std::size_t>(std::max(0.0, to / m_step)) + 1);
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) {
        const double ax = m_points[i].x - m_points[i - 1].x, ay = m_points[i].y - m_points[i - 1].y;
        const double bx = m_points[i + 1].x - m_points[i].x, by = m_points[i + 1].y - m_points[i].y;
        sum += std::abs(std::atan2(ax * by - ay * bx, ax * bx + ay * by));
    }
    return sum;
}

} // namespace harmattan::render
