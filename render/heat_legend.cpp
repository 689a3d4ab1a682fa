#include "render/heat_legend.hpp"

#include <cmath>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

constexpr double per_1000 = 1000; // km², what densities are told in
constexpr int stops = 33;         // colours the legend's bar is made of

/// Shortest text of three significant digits, with the language's decimal sign.
std::string number(double v, std::string_view lang) {
    std::string text = v >= 1000 ? fmt::format("{:.0f}", v) : fmt::format("{:.3g}", v);
    if (lang == "fr")
        for (char& c : text)
            if (c == '.') c = ',';
    return text;
}

styles::Color on_white(styles::Color c) {
    const auto mix = [&](float v) { return v * c.a + (1 - c.a); };
    return {mix(c.r), mix(c.g), mix(c.b), 1};
}

} // namespace

std::vector<double> round_ticks(double low, double high) {
    const auto ticks = [&](std::initializer_list<double> leading) {
        std::vector<double> out;
        for (int decade = static_cast<int>(std::floor(std::log10(low)));
             decade <= static_cast<int>(std::ceil(std::log10(high))); ++decade)
            for (const double digit : leading) {
                // Powers of ten by division where they are below one: 2 / 10 is the nearest double to 0.2, 2 × 0.1 is
                // not.
                const double v = decade < 0 ? digit / std::pow(10.0, -decade) : digit * std::pow(10.0, decade);
                if (v >= low && v <= high) out.push_back(v);
            }
        return out;
    };
    for (const auto& leading : {std::initializer_list<double>{1, 1.5, 2, 3, 4, 5, 7},
                                {1, 1.5, 2, 3, 5, 7},
                                {1, 2, 3, 5},
                                {1, 2, 5},
                                {1, 3},
                                {1}})
        if (auto found = ticks(leading); found.size() <= 7) return found;
    return ticks({1});
}

LegendRamp heat_ramp(const ColorScale& scale, std::span<const styles::Color> colors, std::string_view lang) {
    const bool french = lang == "fr";
    LegendRamp ramp;
    ramp.low = scale.low() * per_1000;
    ramp.high = scale.high() * per_1000;
    ramp.unit = french ? "incidents pour 1\u202f000\u00a0km²" : "events per 1,000 km²";
    for (int i = 0; i < stops; ++i)
        ramp.stops.push_back(on_white(colors[static_cast<std::size_t>(i) * (colors.size() - 1) / (stops - 1)]));
    for (const double v : round_ticks(ramp.low, ramp.high))
        ramp.ticks.push_back({v, std::log(v / ramp.low) / std::log(ramp.high / ramp.low), number(v, lang)});
    const std::string low = number(ramp.low, lang);
    ramp.below =
        french ? fmt::format("moins de {}\u00a0: non représenté", low) : fmt::format("less than {} is not shown", low);
    return ramp;
}

} // namespace harmattan::render
