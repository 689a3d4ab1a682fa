#include "render/legend.hpp"

#include "geo/json_string.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace harmattan::render {

namespace {

constexpr std::array<std::string_view, 5> symbol_names{"circle", "line", "area", "ramp", "text"};

using geo::json_string;

template <class List, class Write>
std::string array(const List& list, Write write) {
    std::string out = "[";
    for (const auto& item : list) {
        if (out.size() > 1) out += ", ";
        out += write(item);
    }
    return out + "]";
}

std::string number(double v) { return fmt::format("{:.6g}", v); }

std::string ramp_json(const LegendRamp& ramp) {
    return fmt::format(R"({{"low": {}, "high": {}, "unit": {}, "stops": {}, "ticks": {}, "below": {}}})",
                       number(ramp.low), number(ramp.high), json_string(ramp.unit),
                       array(ramp.stops, [](const styles::Color& c) { return json_string(styles::to_css(c)); }),
                       array(ramp.ticks,
                             [](const LegendTick& t) {
                                 return fmt::format(R"({{"value": {}, "at": {:.4f}, "label": {}}})", number(t.value),
                                                    t.at, json_string(t.label));
                             }),
                       json_string(ramp.below));
}

std::string entry_json(const LegendEntry& e) {
    std::string out =
        fmt::format(R"({{"id": {}, "set": {}, "symbol": "{}", "label": {})", json_string(e.id), json_string(e.set),
                    symbol_names[static_cast<std::size_t>(e.symbol)], json_string(e.label));
    if (e.symbol != LegendSymbol::ramp) out += fmt::format(R"(, "color": {})", json_string(styles::to_css(e.color)));
    if (e.width_px > 0 && e.symbol != LegendSymbol::line)
        out += fmt::format(R"(, "stroke": {})", json_string(styles::to_css(e.stroke)));
    if (e.size_px > 0) out += fmt::format(R"(, "size_px": {})", number(e.size_px));
    if (e.width_px > 0) out += fmt::format(R"(, "width_px": {})", number(e.width_px));
    if (!e.dashes.empty()) out += fmt::format(R"(, "dashes": {})", array(e.dashes, number));
    if (!e.ramp.empty()) out += fmt::format(R"(, "ramp": {})", ramp_json(e.ramp.front()));
    return out + "}";
}

} // namespace

std::string to_json(const Legend& legend) {
    return fmt::format("{{\"title\": {},\n \"entries\": {},\n \"notes\": {}}}\n", json_string(legend.title),
                       array(legend.entries, entry_json), array(legend.notes, json_string));
}

} // namespace harmattan::render
