#include "app/serve/viewer_sets.hpp"

#include "app/site/tile_sets.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace harmattan::app {

namespace {

using styles::Array;
using styles::Object;
using styles::Value;

std::string frame_of(const std::string& id) {
    return id.find('@') == std::string::npos ? std::string() : id.substr(id.find('@') + 1);
}

/// Addresses of the tiles, and what zooms, bounds and size they have.
Object tiles_of(const tiles::ServedSet& set) {
    const tiles::ServedLayer& layer = set.source->layer();
    Object object{{"tiles", tiles::tile_address(set)},
                  {"min_zoom", static_cast<double>(layer.min_zoom)},
                  {"max_zoom", static_cast<double>(layer.max_zoom)},
                  {"bounds", box_json(layer.bounds)},
                  {"tile_px", static_cast<double>(layer.tile_px)}};
    const bool dense_already = layer.tile_px > 256;
    if (!dense_already && set.at_scale(2)) object["tiles_2x"] = tiles::tile_address(set, 2);
    return object;
}

/// Whether this program drew it.
bool is_ours(const tiles::ServedSet& served) { return !harmattan_of(served).object()->empty(); }

/// One set of the viewer: the set itself, if it is served, and its frames in order. With frames alone it has no tiles
/// of its own, which would stand for the whole period.
Value set_of(const tiles::ServedSet* whole, std::span<const tiles::ServedSet* const> frames) {
    const tiles::ServedSet& first = whole ? *whole : *frames.front();
    Object object = whole ? tiles_of(*whole) : Object{};
    const std::string id = base_of(first.id);
    object["id"] = id;
    // An archive of ours has its place among the others whatever it is called; somebody else's comes on top.
    if (const std::string stack = drawn_set(first); stack != id && (stack != "all" || is_ours(first)))
        object["stack"] = stack;
    if (const std::string drawn = drawn_set(first); drawn != "all")
        object["title"] = drawn; // the viewer has a word for it
    else if (id != "all") object["title"] = first.source->layer().title;
    object["tilejson"] = first.id + ".json";
    Array list;
    for (const tiles::ServedSet* frame : frames) {
        Object entry = tiles_of(*frame);
        entry["id"] = frame_of(frame->id);
        list.push_back(Value(std::move(entry)));
    }
    if (!list.empty()) object["frames"] = Value(std::move(list));
    return Value(std::move(object));
}

} // namespace

std::string base_of(const std::string& id) { return id.substr(0, id.find('@')); }

styles::Value harmattan_of(const tiles::ServedSet& served) {
    return styles::parse_json(tiles::read_texts(served.source->metadata()).harmattan, "metadata");
}

std::string drawn_set(const tiles::ServedSet& served) {
    const std::string base = base_of(served.id);
    const std::string& title = served.source->layer().title;
    for (const std::string& name : set_names())
        if (base == name || base.ends_with("-" + name) || title.ends_with(" – " + name)) return name;
    return "all";
}

styles::Array viewer_sets(std::span<const tiles::ServedSet> sets) {
    struct Group {
        const tiles::ServedSet* whole = nullptr;
        std::vector<const tiles::ServedSet*> frames;
    };
    std::vector<std::string> order;
    std::map<std::string, Group> groups;
    for (const tiles::ServedSet& set : sets) {
        const std::string id = base_of(set.id);
        if (!groups.contains(id)) order.push_back(id);
        if (frame_of(set.id).empty()) groups[id].whole = &set;
        else groups[id].frames.push_back(&set);
    }
    Array list;
    for (const std::string& id : order) {
        Group& group = groups[id];
        std::ranges::sort(group.frames, {}, [](const tiles::ServedSet* set) { return frame_of(set->id); });
        list.push_back(set_of(group.whole, group.frames));
    }
    return list;
}

styles::Value box_json(const geo::LonLatBox& b) {
    return Value(Array{Value(b.west), Value(b.south), Value(b.east), Value(b.north)});
}

} // namespace harmattan::app
