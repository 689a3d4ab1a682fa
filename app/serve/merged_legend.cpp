#include "app/serve/merged_legend.hpp"

#include "app/serve/viewer_sets.hpp"
#include "geo/error.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <vector>

namespace harmattan::app {

namespace {

using styles::Array;
using styles::Object;
using styles::Value;

/// Archives of one map carry the same legend.
struct LegendOwners {
    std::string legend;
    std::map<std::string, std::string> drawn; ///< by the viewer's set: what it holds
};

std::vector<LegendOwners> owners_of(std::span<const tiles::ServedSet> sets) {
    std::vector<LegendOwners> owners;
    std::set<std::string> seen; // frames have one legend: require_one_scale has seen to that
    for (const tiles::ServedSet& set : sets) {
        std::string text = tiles::read_texts(set.source->metadata()).legend;
        if (text.empty() || !seen.insert(base_of(set.id)).second) continue;
        auto found = std::ranges::find(owners, text, &LegendOwners::legend);
        if (found == owners.end()) found = owners.insert(owners.end(), {std::move(text), {}});
        found->drawn.emplace(base_of(set.id), drawn_set(set));
    }
    return owners;
}

/// What a heat picture's colours mean: bandwidth and range, or nothing where an archive does not say.
std::string scale_of(const tiles::ServedSet& set) {
    const Value ours = harmattan_of(set), &method = ours["method"];
    const double *bandwidth = method["bandwidth_km"].number(), *low = method["low"].number(),
                 *high = method["high"].number();
    if (!bandwidth || !low || !high) return {};
    return fmt::format("σ {:g} km, {:.3g} to {:.3g} events per 1,000 km²", *bandwidth, 1000 * *low, 1000 * *high);
}

} // namespace

styles::Value merged_legend(std::span<const tiles::ServedSet> sets, const std::string& title) {
    Array entries, notes;
    std::set<std::string> seen;
    const auto shows_heat = [](const auto& set_drawn) {
        return set_drawn.second == "heat" || set_drawn.second == "all";
    };
    const std::vector<LegendOwners> owners = owners_of(sets);
    const bool any_heat = std::ranges::any_of(
        owners, [&](const LegendOwners& owner) { return std::ranges::any_of(owner.drawn, shows_heat); });
    for (const auto& [text, drawn] : owners) {
        const Value legend = styles::parse_json(text, "legend");
        if (const Array* list = legend["entries"].array())
            for (const Value& entry : *list)
                for (const auto& [id, what] : drawn) {
                    const std::string* set = entry["set"].string();
                    if (!set || !entry.object() || (what != "all" && what != *set)) continue;
                    Object moved = *entry.object();
                    moved["set"] = id;
                    entries.push_back(Value(std::move(moved)));
                }
        // What is said of an estimate belongs to the pictures of it, where there are some.
        const bool has_heat = std::ranges::any_of(drawn, shows_heat);
        if (const Array* list = legend["notes"].array(); list && (has_heat || !any_heat))
            for (const Value& note : *list)
                if (note.string() && seen.insert(*note.string()).second) notes.push_back(note);
    }
    return Value(Object{{"title", title}, {"entries", Value(std::move(entries))}, {"notes", Value(std::move(notes))}});
}

void require_one_scale(std::span<const tiles::ServedSet> sets) {
    std::map<std::string, const tiles::ServedSet*> first;
    for (const tiles::ServedSet& set : sets) {
        const std::string scale = scale_of(set);
        if (scale.empty() || (drawn_set(set) != "heat" && drawn_set(set) != "all")) continue;
        const tiles::ServedSet& other = *first.emplace(base_of(set.id), &set).first->second;
        if (const std::string others = scale_of(other); others != scale)
            throw geo::Error(geo::ErrorKind::bad_data,
                             fmt::format("'{}' ({}) and '{}' ({}) would slide under one legend but were drawn on "
                                         "different scales; draw all frames with the "
                                         "same --bandwidth-km and --domain",
                                         other.id, others, set.id, scale));
    }
}

} // namespace harmattan::app
