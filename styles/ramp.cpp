#include "styles/ramp.hpp"

#include "styles/color_space.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

Ramp make_ramp(std::string name, std::initializer_list<std::string_view> stops, bool diverging = false) {
    std::vector<Color> colors;
    for (const std::string_view stop : stops) colors.push_back(parse_color(stop).value());
    Ramp ramp{std::move(name), {}, diverging};
    for (std::size_t i = 0; i < Ramp::size; ++i) {
        const double place = static_cast<double>(i) / (Ramp::size - 1) * static_cast<double>(colors.size() - 1);
        const auto before = std::min(static_cast<std::size_t>(place), colors.size() - 2);
        ramp.colors[i] = mix(colors[before], colors[before + 1], place - static_cast<double>(before), MixSpace::oklab);
    }
    return ramp;
}

double rounded(double v, int digits) {
    const std::string text = fmt::format("{:.{}e}", v, digits - 1);
    double out = v;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

} // namespace

const Color& Ramp::at(double t) const {
    const double clamped = std::isnan(t) ? 0 : std::clamp(t, 0.0, 1.0);
    return colors[static_cast<std::size_t>(std::lround(clamped * (size - 1)))];
}

const std::vector<Ramp>& named_ramps() {
    static const std::vector<Ramp> ramps{
        make_ramp("sahel", {"#f5e2b1", "#efbe71", "#f08a2a", "#d05726", "#aa2b1e", "#711b24", "#470c1e"}),
        make_ramp("ember", {"#602746", "#882b45", "#b52929", "#de5928", "#f78e20", "#fbca69", "#fff8d4"}),
        // ColorBrewer's nine classes (C. Brewer).
        make_ramp("YlOrRd",
                  {"#ffffcc", "#ffeda0", "#fed976", "#feb24c", "#fd8d3c", "#fc4e2a", "#e31a1c", "#bd0026", "#800026"}),
        // Tenths of the tables of matplotlib (CC0; S. van der Walt, N. Smith, E. Firing) and of cividis
        // (J. Nuñez, C. Anderton, R. Renslow 2018).
        make_ramp("inferno", {"#000004", "#1b0c41", "#4a0c6b", "#781c6d", "#a52c60", "#cf4446", "#ed6925", "#fb9b06",
                              "#f7d13d", "#fcffa4"}),
        make_ramp("magma", {"#000004", "#180f3d", "#440f76", "#721f81", "#9e2f7f", "#cd4071", "#f1605d", "#fd9668",
                            "#feca8d", "#fcfdbf"}),
        make_ramp("viridis", {"#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58",
                              "#b5de2b", "#fde725"}),
        make_ramp("cividis", {"#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369",
                              "#e1cc55", "#fee838"}),
        make_ramp("PuOr",
                  {"#7f3b08", "#b35806", "#e08214", "#fdb863", "#fee0b6", "#f7f7f7", "#d8daeb", "#b2abd2", "#8073ac",
                   "#542788", "#2d004b"},
                  true),
    };
    return ramps;
}

const Ramp* find_ramp(std::string_view name) {
    for (const Ramp& ramp : named_ramps())
        if (ramp.name == name) return &ramp;
    return nullptr;
}

Ramp ramp_of(const Layer& heatmap) {
    Ramp ramp{heatmap.id, {}, false};
    EvaluationContext context;
    for (std::size_t i = 0; i < Ramp::size; ++i) {
        context.heatmap_density = static_cast<double>(i) / (Ramp::size - 1);
        ramp.colors[i] = heatmap.color("heatmap-color", context);
    }
    return ramp;
}

Ramp with_faded_floor(Ramp ramp, double share) {
    for (std::size_t i = 0; i < Ramp::size; ++i) {
        const double t = static_cast<double>(i) / (Ramp::size - 1);
        if (t < share) ramp.colors[i].a = static_cast<float>(static_cast<double>(ramp.colors[i].a) * t / share);
    }
    return ramp;
}

std::vector<Color> class_colors(const Ramp& ramp, std::size_t count) {
    std::vector<Color> colors;
    for (std::size_t i = 0; i < count; ++i)
        colors.push_back(ramp.at((static_cast<double>(i) + 0.5) / static_cast<double>(count)));
    return colors;
}

std::vector<double> geometric_limits(double low, double high, std::size_t count) {
    std::vector<double> limits;
    for (std::size_t i = 0; i <= count; ++i)
        limits.push_back(low * std::pow(high / low, static_cast<double>(i) / static_cast<double>(count)));
    limits.back() = high;
    std::vector<double> nice = limits;
    for (std::size_t i = 1; i < count; ++i) nice[i] = rounded(limits[i], 2);
    const bool apart = std::ranges::adjacent_find(nice, std::greater_equal<>{}) == nice.end();
    return apart ? nice : limits;
}

} // namespace harmattan::styles
