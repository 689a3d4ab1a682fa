#include "app/serve/served_site.hpp"

#include "app/serve/merged_legend.hpp"
#include "app/serve/viewer_sets.hpp"
#include "app/site/site.hpp"
#include "app/site/viewer_files.hpp"
#include "app/version.hpp"
#include "geo/error.hpp"
#include "styles/json.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <fmt/format.h>
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
        throw geo::Error(geo::ErrorKind::bad_data,
                         fmt::format("{} has more than {} bytes", path.string(), most_document_bytes));
    return tiles::make_document(tiles::media_type_of_file(name),
                                file.read_at(0, static_cast<std::size_t>(file.size())));
}

void add_json(tiles::Documents& documents, const std::string& path, const Value& value) {
    documents.insert_or_assign(path, tiles::make_document("application/json", styles::to_json(value)));
}

geo::LonLatBox bounds_of(std::span<const tiles::ServedSet> sets) {
    geo::LonLatBox all = sets.front().source->layer().bounds;
    for (const tiles::ServedSet& set : sets) {
        const geo::LonLatBox& b = set.source->layer().bounds;
        all = {std::min(all.west, b.west), std::min(all.south, b.south), std::max(all.east, b.east),
               std::max(all.north, b.north)};
    }
    return all;
}

/// Lines of credit, each once, as archives of one map repeat them.
Array credits_of(std::span<const tiles::ServedSet> sets) {
    Array lines;
    std::set<std::string> seen;
    for (const tiles::ServedSet& set : sets)
        if (const std::string& text = set.source->layer().attribution; !text.empty() && seen.insert(text).second)
            lines.push_back(Value(text));
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

/// Throws Error bad_data where an archive was drawn with another legend than the folder's: with the words of another
/// map, its colours would mean something else.
void require_legend_of(std::span<const tiles::ServedSet> sets, const fs::path& file, const tiles::Document& legend) {
    const auto plain = [](std::string_view text) { return styles::to_json(styles::parse_json(text, "legend.json")); };
    const std::string ours = plain({reinterpret_cast<const char*>(legend.body->data()), legend.body->size()});
    for (const tiles::ServedSet& set : sets)
        if (const std::string drawn = tiles::read_texts(set.source->metadata()).legend;
            !drawn.empty() && plain(drawn) != ours)
            throw geo::Error(geo::ErrorKind::bad_data,
                             fmt::format("{} is not the legend that '{}' was drawn with: the site's words and its "
                                         "archives are of different maps",
                                         file.string(), set.id));
}

} // namespace

std::string title_of(std::span<const tiles::ServedSet> sets) {
    const std::string title = facts_of(sets).title;
    return title.empty() ? "harmattan" : title;
}

tiles::Documents viewer_documents() {
    tiles::Documents documents;
    for (const ViewerFile& file : viewer_files())
        documents.emplace("/" + file.to, document_of_file(file.from, file.to));
    return documents;
}

tiles::Documents describe_map(const ServedMap& map, std::span<const tiles::ServedSet> sets) {
    tiles::Documents documents;
    for (const SiteText& file : site_texts(map.study(), map.parts()))
        documents.emplace("/" + file.path, tiles::make_document(tiles::media_type_of_file(file.path), file.text));
    documents.emplace("/site.json",
                      tiles::make_document("application/json", site_json(map.study(), map.parts(), viewer_sets(sets))));
    return documents;
}

std::vector<fs::path> words_of(const fs::path& folder) {
    std::error_code failed;
    if (!fs::is_regular_file(folder / site_marker, failed)) return {};
    std::vector<fs::path> files{folder / site_marker, folder / "legend.json"};
    // For pages that were made for the folder on another host.
    for (const char* name : {"manifest.json", "tiles/base.json", "tiles/heat.json", "tiles/corridors.json",
                             "tiles/points.json", "tiles/labels.json"})
        if (fs::is_regular_file(folder / name, failed)) files.push_back(folder / name);
    const std::ptrdiff_t named = std::ssize(files);
    fs::directory_iterator derived(folder / "derived", failed);
    if (failed && failed != std::errc::no_such_file_or_directory) return {};
    const auto is_text = [](const fs::directory_entry& entry) {
        std::error_code gone;
        return entry.is_regular_file(gone) && !entry.path().filename().string().starts_with('.');
    };
    for (failed.clear(); !failed && derived != fs::directory_iterator(); derived.increment(failed))
        if (is_text(*derived)) files.push_back(derived->path());
    if (failed) return {};
    std::sort(files.begin() + named, files.end());
    return files;
}

tiles::Documents describe_site(const fs::path& folder, std::span<const tiles::ServedSet> sets) {
    const std::vector<fs::path> files = words_of(folder);
    if (files.empty()) throw geo::Error(geo::ErrorKind::busy, fmt::format("{} cannot be looked into", folder.string()));
    tiles::Documents documents;
    const Value site = styles::parse_json(tiles::read_text(files.front(), most_document_bytes), site_marker);
    if (!site.object())
        throw geo::Error(geo::ErrorKind::bad_data, fmt::format("{} is no site", files.front().string()));
    Object served = *site.object();
    served["sets"] = Value(viewer_sets(sets));
    add_json(documents, "/site.json", Value(std::move(served)));
    for (const fs::path& file : std::span(files).subspan(1)) {
        const std::string name = file.lexically_relative(folder).generic_string();
        documents.emplace("/" + name, document_of_file(file, name));
    }
    require_legend_of(sets, folder / "legend.json", documents.at("/legend.json"));
    return documents;
}

tiles::Documents describe_archives(std::span<const tiles::ServedSet> sets, const std::string& title,
                                   Language language) {
    require_one_scale(sets);
    tiles::Documents documents;
    const MapFacts facts = facts_of(sets);
    const std::string headline = !title.empty()             ? title
                                 : !facts.title.empty()     ? facts.title
                                 : language == Language::fr ? "Cartes"
                                                            : "Maps";
    int min_zoom = geo::max_zoom, max_zoom = 0;
    for (const tiles::ServedSet& set : sets) {
        min_zoom = std::min(min_zoom, set.source->layer().min_zoom);
        max_zoom = std::max(max_zoom, set.source->layer().max_zoom);
    }
    Object site{{"title", headline},
                {"lang", language == Language::fr ? "fr" : "en"},
                {"attribution", Value(credits_of(sets))},
                {"bounds", box_json(bounds_of(sets))},
                {"min_zoom", static_cast<double>(min_zoom)},
                {"max_zoom", static_cast<double>(max_zoom)},
                {"tile_size", 256.0},
                {"sets", Value(viewer_sets(sets))},
                {"legend", "legend.json"},
                {"generator", fmt::format("harmattan {}", program_version)}};
    if (!facts.illustrative.empty()) site["illustrative"] = facts.illustrative;
    for (const char* key : {"background", "theme"})
        if (const std::string* value = facts.look[key].string(); value && !value->empty()) site[key] = *value;
    add_json(documents, "/site.json", Value(std::move(site)));
    add_json(documents, "/legend.json", merged_legend(sets, headline));
    return documents;
}

} // namespace harmattan::app
