#include "app/serve/served_site.hpp"

#include "app/site/site.hpp"
#include "app/site/tile_sets.hpp"
#include "app/site/viewer_files.hpp"
#include "app/version.hpp"
#include "geo/error.hpp"
#include "styles/json.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <system_error>

namespace harmattan::app {

namespace {

namespace fs = std::filesystem;
using styles::Array;
using styles::Object;
using styles::Value;

constexpr std::size_t most_document_bytes = std::size_t{256} << 20;

tiles::Document document_of_file(const fs::path& path, std::string_view name) {
    tiles::File file = tiles::File::open_read(path);
    if (file.size() > most_document_bytes)
        throw geo::Error(geo::ErrorKind::bad_data, fmt::format("{} has more than {} bytes", path.string(), most_document_bytes));
    return tiles::make_document(tiles::media_type_of_file(name), file.read_at(0, static_cast<std::size_t>(file.size())));
}

void add_json(tiles::Documents& documents, const std::string& path, const Value& value) {
    documents.insert_or_assign(path, tiles::make_document("application/json", styles::to_json(value)));
}

Value box(const geo::LonLatBox& b) { return Value(Array{Value(b.west), Value(b.south), Value(b.east), Value(b.north)}); }

/// "heat" of "heat@2025-07".
std::string base_of(const std::string& id) { return id.substr(0, id.find('@')); }
std::string frame_of(const std::string& id) { return id.find('@') == std::string::npos ? std::string() : id.substr(id.find('@') + 1); }

/// Addresses of the tiles, and what zooms, bounds and size they have.
Object tiles_of(const tiles::ServedSet& set) {
    const tiles::ServedLayer& layer = set.source->layer();
    Object object{{"tiles", tiles::tile_address(set)},
                  {"min_zoom", static_cast<double>(layer.min_zoom)},
                  {"max_zoom", static_cast<double>(layer.max_zoom)},
                  {"bounds", box(layer.bounds)},
                  {"tile_px", static_cast<double>(layer.tile_px)}};
    const bool dense_already = layer.tile_px > 256;
    if (!dense_already && set.at_scale(2)) object["tiles_2x"] = tiles::tile_address(set, 2);
    return object;
}

Value harmattan_of(const tiles::ServedSet& served) { return styles::parse_json(tiles::read_texts(served.source->metadata()).harmattan, "metadata"); }

/// Whether this program drew it.
bool is_ours(const tiles::ServedSet& served) { return !harmattan_of(served).object()->empty(); }

/// Which set of the program an archive holds, "heat", by its name ("map-heat", "heat@2025-07") or its title ("My map – heat"), which
/// survives another name; else "all".
std::string drawn_set(const tiles::ServedSet& served) {
    const std::string base = base_of(served.id);
    const std::string& title = served.source->layer().title;
    for (const std::string& name : set_names())
        if (base == name || base.ends_with("-" + name) || title.ends_with(" – " + name)) return name;
    return "all";
}

/// One set of the viewer: the set itself, if it is served, and its frames in order. With frames alone it has no tiles of its
/// own, which would stand for the whole period.
Value set_of(const tiles::ServedSet* whole, std::span<const tiles::ServedSet* const> frames) {
    const tiles::ServedSet& first = whole ? *whole : *frames.front();
    Object object = whole ? tiles_of(*whole) : Object{};
    const std::string id = base_of(first.id);
    object["id"] = id;
    // An archive of ours has its place among the others whatever it is called; somebody else's comes on top.
    if (const std::string stack = drawn_set(first); stack != id && (stack != "all" || is_ours(first))) object["stack"] = stack;
    if (const std::string drawn = drawn_set(first); drawn != "all") object["title"] = drawn; // the viewer has a word for it
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

Array listed(std::span<const tiles::ServedSet> sets) {
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

/// The entries of all legends, each under every set that draws it.
Value legend_of(std::span<const tiles::ServedSet> sets, const std::string& title) {
    Array entries, notes;
    std::set<std::string> seen;
    const auto shows_heat = [](const auto& set_drawn) { return set_drawn.second == "heat" || set_drawn.second == "all"; };
    const std::vector<LegendOwners> owners = owners_of(sets);
    const bool any_heat = std::ranges::any_of(owners, [&](const LegendOwners& owner) { return std::ranges::any_of(owner.drawn, shows_heat); });
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

/// What a heat picture's colours mean: bandwidth and range, or nothing where an archive does not say.
std::string scale_of(const tiles::ServedSet& set) {
    const Value ours = harmattan_of(set), &method = ours["method"];
    const double *bandwidth = method["bandwidth_km"].number(), *low = method["low"].number(), *high = method["high"].number();
    if (!bandwidth || !low || !high) return {};
    return fmt::format("σ {:g} km, {:.3g} to {:.3g} events per 1,000 km²", *bandwidth, 1000 * *low, 1000 * *high);
}

/// Frames slide under one legend, so a colour must mean the same in all of them.
void require_one_scale(std::span<const tiles::ServedSet> sets) {
    std::map<std::string, const tiles::ServedSet*> first;
    for (const tiles::ServedSet& set : sets) {
        const std::string scale = scale_of(set);
        if (scale.empty() || (drawn_set(set) != "heat" && drawn_set(set) != "all")) continue;
        const tiles::ServedSet& other = *first.emplace(base_of(set.id), &set).first->second;
        if (const std::string others = scale_of(other); others != scale)
            throw geo::Error(geo::ErrorKind::bad_data, fmt::format("'{}' ({}) and '{}' ({}) would slide under one legend but were drawn on different scales; draw all frames with the "
                                                                   "same --bandwidth-km and --domain", other.id, others, set.id, scale));
    }
}

geo::LonLatBox bounds_of(std::span<const tiles::ServedSet> sets) {
    geo::LonLatBox all = sets.front().source->layer().bounds;
    for (const tiles::ServedSet& set : sets) {
        const geo::LonLatBox& b = set.source->layer().bounds;
        all = {std::min(all.west, b.west), std::min(all.south, b.south), std::max(all.east, b.east), std::max(all.north, b.north)};
    }
    return all;
}

/// Lines of credit, each once, as archives of one map repeat them.
Array credits_of(std::span<const tiles::ServedSet> sets) {
    Array lines;
    std::set<std::string> seen;
    for (const tiles::ServedSet& set : sets)
        if (const std::string& text = set.source->layer().attribution; !text.empty() && seen.insert(text).second) lines.push_back(Value(text));
    return lines;
}

/// What archives of one map say about it: the title all of them share, whether it is made up.
struct MapFacts {
    std::string title, illustrative;
    Value look; ///< background and theme of the lowest
};

MapFacts facts_of(std::span<const tiles::ServedSet> sets) {
    MapFacts facts;
    bool first = true;
    for (const tiles::ServedSet& set : sets) {
        const Value ours = harmattan_of(set);
        const std::string title = ours["title"].string() ? *ours["title"].string() : set.source->layer().title;
        facts.title = first || title == facts.title ? title : "";
        if (const std::string* note = ours["illustrative"].string()) facts.illustrative = *note;
        if (facts.look.is_null() || drawn_set(set) == "base") facts.look = ours["look"];
        first = false;
    }
    return facts;
}

} // namespace

std::string title_of(std::span<const tiles::ServedSet> sets) {
    const std::string title = facts_of(sets).title;
    return title.empty() ? "harmattan" : title;
}

tiles::Documents viewer_documents() {
    tiles::Documents documents;
    for (const ViewerFile& file : viewer_files()) documents.emplace("/" + file.to, document_of_file(file.from, file.to));
    return documents;
}

tiles::Documents describe_map(const ServedMap& map, std::span<const tiles::ServedSet> sets) {
    tiles::Documents documents;
    for (const SiteText& file : site_texts(map.study(), map.parts()))
        documents.emplace("/" + file.path, tiles::make_document(tiles::media_type_of_file(file.path), file.text));
    documents.emplace("/site.json", tiles::make_document("application/json", site_json(map.study(), map.parts(), listed(sets))));
    return documents;
}

std::vector<fs::path> words_of(const fs::path& folder) {
    std::error_code failed;
    if (!fs::is_regular_file(folder / site_marker, failed)) return {};
    std::vector<fs::path> files{folder / site_marker, folder / "legend.json"};
    // For pages that were made for the folder on another host.
    for (const char* name : {"manifest.json", "tiles/base.json", "tiles/heat.json", "tiles/corridors.json", "tiles/points.json", "tiles/labels.json"})
        if (fs::is_regular_file(folder / name, failed)) files.push_back(folder / name);
    const std::ptrdiff_t named = std::ssize(files);
    fs::directory_iterator derived(folder / "derived", failed);
    if (failed && failed != std::errc::no_such_file_or_directory) return {};
    for (const fs::directory_entry& entry : derived)
        if (entry.is_regular_file(failed) && !entry.path().filename().string().starts_with('.')) files.push_back(entry.path());
    std::sort(files.begin() + named, files.end());
    return files;
}

tiles::Documents describe_site(const fs::path& folder, std::span<const tiles::ServedSet> sets) {
    const std::vector<fs::path> files = words_of(folder);
    if (files.empty()) throw geo::Error(geo::ErrorKind::busy, fmt::format("{} cannot be looked into", folder.string()));
    tiles::Documents documents;
    const Value site = styles::parse_json(tiles::read_text(files.front(), most_document_bytes), site_marker);
    if (!site.object()) throw geo::Error(geo::ErrorKind::bad_data, fmt::format("{} is no site", files.front().string()));
    Object served = *site.object();
    served["sets"] = Value(listed(sets));
    add_json(documents, "/site.json", Value(std::move(served)));
    for (const fs::path& file : std::span(files).subspan(1)) {
        const std::string name = file.lexically_relative(folder).generic_string();
        documents.emplace("/" + name, document_of_file(file, name));
    }
    return documents;
}

tiles::Documents describe_archives(std::span<const tiles::ServedSet> sets, const std::string& title, Language language) {
    require_one_scale(sets);
    tiles::Documents documents;
    const MapFacts facts = facts_of(sets);
    const std::string headline = !title.empty() ? title : !facts.title.empty() ? facts.title : language == Language::fr ? "Cartes" : "Maps";
    int min_zoom = geo::max_zoom, max_zoom = 0;
    for (const tiles::ServedSet& set : sets) {
        min_zoom = std::min(min_zoom, set.source->layer().min_zoom);
        max_zoom = std::max(max_zoom, set.source->layer().max_zoom);
    }
    Object site{{"title", headline},
                {"lang", language == Language::fr ? "fr" : "en"},
                {"attribution", Value(credits_of(sets))},
                {"bounds", box(bounds_of(sets))},
                {"min_zoom", static_cast<double>(min_zoom)},
                {"max_zoom", static_cast<double>(max_zoom)},
                {"tile_size", 256.0},
                {"sets", Value(listed(sets))},
                {"legend", "legend.json"},
                {"generator", fmt::format("harmattan {}", program_version)}};
    if (!facts.illustrative.empty()) site["illustrative"] = facts.illustrative;
    for (const char* key : {"background", "theme"})
        if (const std::string* value = facts.look[key].string(); value && !value->empty()) site[key] = *value;
    add_json(documents, "/site.json", Value(std::move(site)));
    add_json(documents, "/legend.json", legend_of(sets, headline));
    return documents;
}

} // namespace harmattan::app
