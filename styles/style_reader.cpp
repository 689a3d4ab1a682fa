#include "styles/style.hpp"

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"
#include "styles/json.hpp"
#include "styles/layer_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

namespace harmattan::styles {

namespace {

const std::vector<std::string> root_keys{"version", "name",    "metadata",   "center",     "centerAltitude",
                                         "zoom",    "bearing", "pitch",      "roll",       "state",
                                         "light",   "sky",     "projection", "terrain",    "sources",
                                         "sprite",  "glyphs",  "font-faces", "transition", "layers"};
const std::vector<std::string> geojson_keys{"type",          "data",           "maxzoom",          "attribution",
                                            "buffer",        "filter",         "tolerance",        "cluster",
                                            "clusterRadius", "clusterMaxZoom", "clusterMinPoints", "clusterProperties",
                                            "lineMetrics",   "generateId",     "promoteId"};
const std::vector<std::string> source_types{"geojson", "vector", "raster", "raster-dem", "image", "video"};

/// Root members that change what MapLibre shows and are not drawn here.
constexpr std::array<std::string_view, 3> undrawn_members{"terrain", "sky", "light"};

bool is_remote(const std::string& path) {
    const auto colon = path.find("://");
    return colon != std::string::npos || path.starts_with("//") || path.starts_with("data:");
}

Source read_source(const Value& json, const std::string& pointer, Findings& findings) {
    Source source;
    const std::string* type = json["type"].string();
    if (!type || std::find(source_types.begin(), source_types.end(), *type) == source_types.end()) {
        findings.fault(pointer + "/type",
                       fmt::format("{} is no type of source; what can be drawn is \"geojson\"", to_json(json["type"])));
        return source;
    }
    source.type = *type;
    if (const std::string* attribution = json["attribution"].string()) source.attribution = *attribution;
    if (*type != "geojson") {
        findings.warn(pointer, fmt::format("sources of type {} are not drawn", *type));
        return source;
    }
    for (const auto& [key, value] : *json.object())
        if (std::find(geojson_keys.begin(), geojson_keys.end(), key) == geojson_keys.end())
            findings.fault(pointer + pointer_step(key), fmt::format("unknown member '{}' of a geojson source{}", key,
                                                                    geo::did_you_mean(key, geojson_keys)));
    const std::string* data = json["data"].string();
    if (!data)
        findings.fault(
            pointer + "/data",
            "a geojson source needs \"data\", the path of a file; GeoJSON written inside a style is not read");
    else if (is_remote(*data))
        findings.fault(pointer + "/data",
                       fmt::format("'{}' is not a path; nothing is fetched: save the file and name it", *data));
    else source.data = *data;
    if (json["cluster"] == Value(true)) findings.warn(pointer + "/cluster", "features are not clustered");
    return source;
}

void read_root(const Value& json, Style& style, Findings& findings) {
    for (const auto& [key, value] : *json.object()) {
        if (std::find(root_keys.begin(), root_keys.end(), key) == root_keys.end())
            findings.fault(pointer_step(key),
                           fmt::format("unknown member '{}' of a style{}", key, geo::did_you_mean(key, root_keys)));
        if (std::find(undrawn_members.begin(), undrawn_members.end(), key) != undrawn_members.end())
            findings.warn(pointer_step(key), fmt::format("'{}' is not drawn", key));
    }
    if (json["version"] != Value(8.0))
        findings.fault("/version", fmt::format("the version is {}; it must be 8", to_json(json["version"])));
    if (const std::string* name = json["name"].string()) style.name = *name;
    if (const Object* metadata = json["metadata"].object()) style.metadata = *metadata;
    if (const Object* sources = json["sources"].object()) {
        for (const auto& [name, source] : *sources)
            style.sources[name] = read_source(source, "/sources" + pointer_step(name), findings);
    } else {
        findings.fault("/sources", "a style needs \"sources\", an object that may be empty");
    }
}

void read_layers(const Value& json, Style& style, Findings& findings) {
    const Array* layers = json["layers"].array();
    if (!layers) {
        findings.fault("/layers", "a style needs \"layers\", an array");
        return;
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < layers->size(); ++i) {
        const std::string pointer = "/layers" + pointer_step(i);
        if (const std::string* id = (*layers)[i]["id"].string(); id && !ids.insert(*id).second)
            findings.fault(pointer + "/id", fmt::format("another layer has the id '{}' already", *id));
        if (auto layer = read_layer((*layers)[i], pointer, style.sources, findings))
            style.layers.push_back(std::move(*layer));
    }
}

/// Pointers in the order of the document: numbers count as numbers.
bool before(const Fault& a, const Fault& b) {
    const auto steps = [](const std::string& pointer) {
        std::vector<std::pair<std::size_t, std::string>> out;
        std::istringstream stream(pointer);
        for (std::string step; std::getline(stream, step, '/');) {
            std::size_t index = 0;
            std::from_chars(step.data(), step.data() + step.size(), index);
            out.emplace_back(index, step);
        }
        return out;
    };
    const auto one = steps(a.pointer), two = steps(b.pointer);
    return one == two ? a.message < b.message : one < two;
}

} // namespace

StyleReading check_style(std::string_view json, const std::string& name) {
    StyleReading reading;
    const Value root = parse_json(json, name);
    Findings findings(reading.faults, reading.warnings);
    if (root.object()) {
        read_root(root, reading.style, findings);
        read_layers(root, reading.style, findings);
    } else {
        findings.fault("", "a style is an object with \"version\", \"sources\" and \"layers\"");
    }
    if (reading.style.name.empty()) reading.style.name = name;
    std::sort(reading.faults.begin(), reading.faults.end(), before);
    std::sort(reading.warnings.begin(), reading.warnings.end(), before);
    return reading;
}

Style parse_style(std::string_view json, const std::string& name) {
    StyleReading reading = check_style(json, name);
    if (reading.faults.empty()) return std::move(reading.style);
    std::string text = reading.faults.size() == 1
                           ? fmt::format("the style {} has a fault:", name)
                           : fmt::format("the style {} has {} faults:", name, reading.faults.size());
    for (std::size_t i = 0; i < reading.faults.size(); ++i)
        text += fmt::format("{} {}: {}", i == 0 ? "" : ";", reading.faults[i].pointer, reading.faults[i].message);
    throw geo::Error(geo::ErrorKind::bad_config, text);
}

std::vector<std::string> style_warnings(std::string_view json) {
    std::vector<std::string> lines;
    for (const Fault& warning : check_style(json, "style").warnings)
        lines.push_back(warning.pointer + ": " + warning.message);
    return lines;
}

Style read_style(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        throw geo::Error(geo::ErrorKind::no_input,
                         fmt::format("there is no style file {}; name one, or a shipped style", file.string()));
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw geo::Error(geo::ErrorKind::io, fmt::format("{} could not be read", file.string()));
    Style style = parse_style(text.str(), file.filename().string());
    style.folder = file.parent_path();
    return style;
}

} // namespace harmattan::styles
