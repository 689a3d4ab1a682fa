#include "app/corridors/corridor_ribbon.hpp"

#include "geo/corridors/smooth_profile.hpp"
#include "geo/density/bandwidth.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

constexpr double unit_km = 10, least_of_all = 0.1;

std::vector<double> smoothed_per_unit(const Study& study, const CorridorStudy& c) {
    std::vector<double> rates = geo::smoothed_per_km(c.profile, c.covered, 1000 * study.job.corridor_smooth_km);
    for (double& rate : rates) rate *= unit_km;
    return rates;
}

int level_of(double rate, const RibbonLevels& levels) {
    return static_cast<int>(std::ranges::count_if(levels.from, [&](double from) { return rate >= from; }));
}

void add_run(geo::FeatureTable& table, const CorridorStudy& c, std::size_t first, std::size_t last, int level) {
    const double from_m = c.profile.bins[first].from_m, to_m = c.profile.bins[last - 1].to_m;
    geo::BandCount count;
    for (std::size_t k = first; k < last; ++k) count = count + c.profile.bins[k].sum();
    const std::size_t f = table.add_feature(geo::GeometryType::line);
    for (const std::vector<geo::LonLat>& part : geo::stretch_of(c.route, from_m, to_m)) table.add_part(part);
    table.set(f, "corridor", c.id), table.set(f, "name", c.name);
    if (!c.status.empty()) table.set(f, "status", c.status);
    table.set(f, "from_km", from_m / 1000), table.set(f, "to_km", to_m / 1000),
        table.set(f, "level", static_cast<double>(level));
    table.set(f, "incidents", static_cast<double>(count.events)), table.set(f, "rough", count.spread);
    table.set(f, "per_10_km", unit_km * geo::per_km(count.expected(), to_m - from_m));
}

void replace(std::string& text, std::string_view what, const std::string& by) {
    if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

} // namespace

std::optional<RibbonLevels> ribbon_levels(const Study& study, const std::vector<CorridorStudy>& studies) {
    std::vector<std::pair<double, double>> rates; // with their lengths
    double length = 0, below = 0;
    for (const CorridorStudy& c : studies) {
        const std::vector<double> smoothed = smoothed_per_unit(study, c);
        for (std::size_t k = 0; k < smoothed.size(); ++k)
            if (c.covered[k] && smoothed[k] >= least_of_all)
                rates.emplace_back(smoothed[k], c.profile.bins[k].length_m()), length += c.profile.bins[k].length_m();
    }
    if (rates.empty()) return std::nullopt;
    std::ranges::sort(rates);
    double top = rates.back().first;
    for (const auto& [rate, bin_m] : rates)
        if ((below += bin_m) >= 0.95 * length) {
            top = rate;
            break;
        }
    const double rounded = geo::round_125(top),
                 third = std::max(10 * least_of_all, rounded > top ? geo::round_125(0.45 * rounded)
                                                                   : rounded); // down: the third level is not empty
    return RibbonLevels{{geo::round_125(third / 10), geo::round_125(third / 3), third}};
}

geo::FeatureTable ribbon_sections(const Study& study, const std::vector<CorridorStudy>& studies,
                                  const RibbonLevels& levels) {
    geo::FeatureTable table;
    table.name = ribbon_source;
    for (const CorridorStudy& c : studies) {
        const std::vector<double> smoothed = smoothed_per_unit(study, c);
        const auto level_at = [&](std::size_t k) { return c.covered[k] ? level_of(smoothed[k], levels) : 0; };
        for (std::size_t first = 0; first < smoothed.size();) {
            const int level = level_at(first);
            std::size_t last = first + 1;
            while (last < smoothed.size() && level_at(last) == level) ++last;
            if (level > 0) add_run(table, c, first, last, level);
            first = last;
        }
    }
    return table;
}

void name_ribbon_levels(styles::Style& style, const std::optional<RibbonLevels>& levels, Language language) {
    if (!levels) {
        std::erase_if(style.layers, [](const styles::Layer& layer) { return layer.source == ribbon_source; });
        return;
    }
    for (styles::Layer& layer : style.layers) {
        const styles::Value& note = layer.note(layer.source == ribbon_source ? "legend" : "legend-with-levels");
        if (note.is_null()) continue;
        styles::Object texts;
        for (const char* lang : {"en", "fr"}) {
            const std::string* text = note[lang].string();
            std::string filled = text ? *text : std::string();
            for (std::size_t l = 0; l < levels->from.size(); ++l)
                replace(filled, fmt::format("{{level{}}}", l + 1), describe_number(levels->from[l], language));
            texts[lang] = filled;
        }
        styles::Value plain = layer.note("legend");
        layer.metadata["harmattan:legend"] = styles::Value(std::move(texts));
        if (layer.source != ribbon_source) layer.metadata["harmattan:legend-with-levels"] = std::move(plain);
    }
}

void leave_out_ribbon(styles::Style& style) {
    const auto drawn = std::erase_if(style.layers, [](const styles::Layer& l) { return l.source == ribbon_source; });
    if (drawn == 0) return;
    for (styles::Layer& layer : style.layers)
        if (!layer.note("legend-with-levels").is_null())
            std::swap(layer.metadata["harmattan:legend"], layer.metadata["harmattan:legend-with-levels"]);
}

} // namespace harmattan::app
