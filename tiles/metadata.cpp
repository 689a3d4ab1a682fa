#include "tiles/metadata.hpp"

#include "geo/error.hpp"
#include "styles/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;
using Json = nlohmann::ordered_json;
using Rows = std::vector<std::pair<std::string, std::string>>;

namespace {

std::string dump(const Json& json) {
    try {
        return json.dump();
    } catch (const Json::type_error&) {
        throw Error(ErrorKind::bad_data, "a name, description or attribution of the tileset is not UTF-8");
    }
}

/// How deep objects and arrays nest in JSON text; of other text, some number.
int depth_of(std::string_view json) {
    int depth = 0, deepest = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string && c == '\\') ++i;
        else if (c == '"') in_string = !in_string;
        else if (!in_string && (c == '{' || c == '[')) deepest = std::max(deepest, ++depth);
        else if (!in_string && (c == '}' || c == ']')) --depth;
    }
    return deepest;
}

Json parse_object(std::string_view metadata) {
    // why: the library writes and copies what nests by recursion, so metadata that nests without end would end the
    // program; and not by its callback for each value, which looks at all that a list holds already
    if (depth_of(metadata) > styles::json_depth_limit)
        throw Error(ErrorKind::bad_data,
                    fmt::format("the metadata nests deeper than {} levels", styles::json_depth_limit));
    Json json = Json::parse(metadata, nullptr, false);
    if (!json.is_object()) throw Error(ErrorKind::bad_data, "the metadata is not a JSON object");
    return json;
}

// `object` with one more member at its end; `value` is JSON text.
// why: text and not a parsed tree, so that what the caller wrote stays byte for byte and nesting cannot exhaust the
// stack
std::string with_member(std::string object, std::string_view key, std::string_view value) {
    const std::size_t end = object.find_last_not_of(" \t\r\n");
    const std::size_t last = object.find_last_not_of(" \t\r\n", end - 1);
    object.resize(last + 1);
    object += fmt::format("{}\"{}\":{}}}", object.back() == '{' ? "" : ",", key, value);
    return object;
}

Json archive_facts(const TilesetInfo& info, const ArchiveCounts& counts) {
    Json facts{{"format", render::extension(info.format)},
               {"tile_px", info.tile_px},
               {"version", info.version},
               {"tiles", counts.tiles},
               {"min_zoom", counts.min_zoom},
               {"max_zoom", counts.max_zoom},
               {"bounds_e7",
                {to_e7(info.bounds.west), to_e7(info.bounds.south), to_e7(info.bounds.east), to_e7(info.bounds.north)}},
               {"centre_e7", {to_e7(info.centre.lon), to_e7(info.centre.lat)}},
               {"centre_zoom", info.centre_zoom},
               {"digest", to_hex(counts.digest)}};
    if (!info.base_url.empty()) facts["base_url"] = info.base_url;
    return facts;
}

// "1.2.0" → "1.2": MBTiles wants a plain number.
std::string plain_number(const std::string& version) {
    const std::size_t first = version.find('.');
    return first == std::string::npos ? version : version.substr(0, version.find('.', first + 1));
}

Rows plain_rows(const TilesetInfo& info) {
    const geo::LonLatBox& b = info.bounds;
    return {{"name", info.name},
            {"format", std::string(render::extension(info.format))},
            {"bounds", fmt::format("{},{},{},{}", b.west, b.south, b.east, b.north)},
            {"center", fmt::format("{},{},{}", info.centre.lon, info.centre.lat, info.centre_zoom)},
            {"minzoom", fmt::format("{}", info.min_zoom)},
            {"maxzoom", fmt::format("{}", info.max_zoom)},
            {"attribution", info.attribution},
            {"description", info.description},
            {"type", info.type},
            {"version", info.version}};
}

Json object_of(const Rows& rows) {
    Json object = Json::object();
    for (const auto& [name, value] : rows) object[name] = value;
    return object;
}

// why: the library converts a number with a fraction or beyond the type as C does, without a word
template <class Integer>
Integer integer_in(const Json& json) {
    const bool fits = json.is_number_unsigned()
                          ? std::in_range<Integer>(json.get<std::uint64_t>())
                          : json.is_number_integer() && std::in_range<Integer>(json.get<std::int64_t>());
    if (!fits) throw Error(ErrorKind::bad_data, "");
    return json.get<Integer>();
}

ArchiveFacts facts_of(const Json& json) {
    const Json& archive = json.at("harmattan").at("archive");
    ArchiveFacts facts;
    TilesetInfo& info = facts.info;
    json.at("name").get_to(info.name);
    json.at("description").get_to(info.description);
    json.at("attribution").get_to(info.attribution);
    json.at("type").get_to(info.type);
    archive.at("version").get_to(info.version);
    info.tile_px = integer_in<decltype(info.tile_px)>(archive.at("tile_px"));
    const std::optional<render::ImageFormat> format =
        render::find_image_format(archive.at("format").get<std::string>());
    const std::optional<Hash128> digest = hash_from_hex(archive.at("digest").get<std::string>());
    if (!format || !digest) throw Error(ErrorKind::bad_data, "");
    info.format = *format;
    const auto degrees = [](const Json& e7) { return integer_in<std::int32_t>(e7) / 1e7; };
    const Json &bounds = archive.at("bounds_e7"), &centre = archive.at("centre_e7");
    info.bounds = {degrees(bounds.at(0)), degrees(bounds.at(1)), degrees(bounds.at(2)), degrees(bounds.at(3))};
    info.centre = {degrees(centre.at(0)), degrees(centre.at(1))};
    info.centre_zoom = integer_in<decltype(info.centre_zoom)>(archive.at("centre_zoom"));
    facts.counts.min_zoom = integer_in<decltype(facts.counts.min_zoom)>(archive.at("min_zoom"));
    facts.counts.max_zoom = integer_in<decltype(facts.counts.max_zoom)>(archive.at("max_zoom"));
    facts.counts.tiles = integer_in<decltype(facts.counts.tiles)>(archive.at("tiles"));
    info.min_zoom = facts.counts.min_zoom, info.max_zoom = facts.counts.max_zoom;
    facts.counts.digest = *digest;
    info.base_url = archive.value("base_url", "");
    return facts;
}

} // namespace

std::string compose_metadata(const TilesetInfo& info, const ArchiveCounts& counts) {
    const Json given = Json::parse(info.harmattan, nullptr, false);
    if (!given.is_object() || given.contains("archive"))
        throw Error(ErrorKind::internal, "what goes under \"harmattan\" must be a JSON object without \"archive\"");
    return with_member(dump(object_of(plain_rows(info))), "harmattan",
                       with_member(info.harmattan, "archive", dump(archive_facts(info, counts))));
}

std::optional<ArchiveFacts> parse_metadata(std::string_view metadata) {
    const Json json = parse_object(metadata);
    if (!json.contains("harmattan")) return std::nullopt;
    try {
        return facts_of(json);
    } catch (const std::exception&) {
        throw Error(ErrorKind::bad_data, "harmattan.archive in the metadata is not as this program writes it");
    }
}

ArchiveTexts read_texts(std::string_view metadata) {
    const Json json = parse_object(metadata);
    const auto text = [&](const char* key) {
        const auto member = json.find(key);
        return member != json.end() && member->is_string() ? member->get<std::string>() : std::string();
    };
    ArchiveTexts texts;
    texts.name = text("name"), texts.description = text("description"), texts.attribution = text("attribution");
    if (const auto ours = json.find("harmattan"); ours != json.end() && ours->is_object()) {
        texts.harmattan = dump(*ours);
        if (const auto legend = ours->find("legend"); legend != ours->end() && legend->is_object())
            texts.legend = dump(*legend);
    }
    return texts;
}

std::string seal_json(std::string text) {
    const std::string unsealed = with_member(std::move(text), "digest", "\"\"");
    const std::string_view before = std::string_view(unsealed).substr(0, unsealed.size() - 3);
    return fmt::format("{}\"{}\"}}\n", before, to_hex(digest(std::as_bytes(std::span(before)))));
}

bool is_sealed(std::string_view text) {
    constexpr std::size_t tail = 32 + 4; // "…32 digits…"}\n
    if (text.size() < tail) return false;
    const std::string_view before = text.substr(0, text.size() - tail);
    return text.substr(before.size()) == fmt::format("\"{}\"}}\n", to_hex(digest(std::as_bytes(std::span(before)))));
}

Rows mbtiles_rows(const TilesetInfo& info, const std::string& metadata) {
    Rows rows = plain_rows(info);
    rows.back().second = plain_number(info.version);
    const std::string_view key = ",\"harmattan\":";
    // compose_metadata puts the key last, after the rows' own object
    const std::size_t at = dump(object_of(plain_rows(info))).size() - 1;
    rows.emplace_back("harmattan", metadata.substr(at + key.size(), metadata.size() - at - key.size() - 1));
    return rows;
}

std::string metadata_of_rows(const Rows& rows) {
    Rows plain;
    std::string ours;
    for (const auto& [name, value] : rows)
        if (name == "harmattan") ours = value;
        else plain.emplace_back(name, value);
    Json object = object_of(plain);
    if (ours.empty()) return dump(object);
    const Json parsed = Json::parse(ours, nullptr, false);
    if (!parsed.is_object())
        throw Error(ErrorKind::bad_data, "the row \"harmattan\" of the metadata is not a JSON object");
    const Json::json_pointer version("/archive/version");
    if (parsed.contains(version) && parsed.at(version).is_string()) object["version"] = parsed.at(version);
    return with_member(dump(object), "harmattan", ours);
}

} // namespace harmattan::tiles
