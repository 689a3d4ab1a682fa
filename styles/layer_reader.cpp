#include "styles/layer_reader.hpp"

#include "geo/nearest_name.hpp"
#include "styles/json.hpp"
#include "styles/property_reader.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::styles {

namespace {

const std::vector<std::string> layer_keys{"id",      "type",    "metadata", "source", "source-layer",
                                          "minzoom", "maxzoom", "filter",   "layout", "paint"};
constexpr std::array drawn_types{LayerType::background, LayerType::fill,   LayerType::line,
                                 LayerType::circle,     LayerType::symbol, LayerType::heatmap};
constexpr std::array<std::string_view, 5> undrawn_types{"fill-extrusion", "raster", "hillshade", "color-relief", "sky"};

std::optional<LayerType> find_layer_type(std::string_view name) {
    for (const LayerType type : drawn_types)
        if (layer_type_name(type) == name) return type;
    return {};
}

class LayerReader {
public:
    LayerReader(const Value& json, const std::string& pointer, Findings& findings)
        : m_json(json), m_pointer(pointer), m_findings(findings) {}

    std::optional<Layer> read(const std::map<std::string, Source>& sources) {
        if (!m_json.object()) return fault("", "a layer is an object");
        read_id();
        if (!read_type()) return {};
        for (const auto& [key, value] : *m_json.object())
            if (std::find(layer_keys.begin(), layer_keys.end(), key) == layer_keys.end())
                fault(pointer_step(key),
                      fmt::format("unknown member '{}' of a layer{}", key, geo::did_you_mean(key, layer_keys)));
        read_source(sources);
        read_zooms();
        read_metadata();
        if (!m_json["filter"].is_null()) read_filter();
        for (const auto& [group, name] :
             {std::pair(PropertyGroup::layout, "layout"), std::pair(PropertyGroup::paint, "paint")})
            if (!m_json[name].is_null()) read_group(group, name);
        return std::move(m_layer);
    }

private:
    std::nullopt_t fault(const std::string& where, const std::string& message) {
        m_findings.fault(m_pointer + where, message);
        return std::nullopt;
    }
    void warn(const std::string& where, const std::string& message) { m_findings.warn(m_pointer + where, message); }

    void read_id() {
        const std::string* id = m_json["id"].string();
        if (!id || id->empty()) fault("/id", "a layer needs an \"id\", a text that no other layer has");
        else m_layer.id = *id;
    }

    bool read_type() {
        const std::string* name = m_json["type"].string();
        const auto type = name ? find_layer_type(*name) : std::nullopt;
        if (type) {
            m_layer.type = *type;
            return true;
        }
        if (name && std::find(undrawn_types.begin(), undrawn_types.end(), *name) != undrawn_types.end()) {
            warn("/type", fmt::format("layers of type '{}' are not drawn", *name));
            return false;
        }
        std::vector<std::string> known;
        for (const LayerType each : drawn_types) known.emplace_back(layer_type_name(each));
        fault("/type", name ? fmt::format("unknown type of layer '{}'{}; there are {}", *name,
                                          geo::did_you_mean(*name, known), fmt::join(known, ", "))
                            : fmt::format("a layer needs a \"type\": {}", fmt::join(known, ", ")));
        return false;
    }

    void read_source(const std::map<std::string, Source>& sources) {
        if (m_layer.type == LayerType::background) return;
        const std::string* name = m_json["source"].string();
        if (!name) {
            fault("/source", fmt::format("a layer of type '{}' needs a \"source\", the name of one",
                                         layer_type_name(m_layer.type)));
            return;
        }
        m_layer.source = *name;
        const auto found = sources.find(*name);
        if (found == sources.end()) {
            std::vector<std::string> known;
            for (const auto& [known_name, source] : sources) known.push_back(known_name);
            fault("/source", fmt::format("there is no source '{}'{}; it must stand in \"sources\"", *name,
                                         geo::did_you_mean(*name, known)));
        } else if (found->second.type != "geojson") {
            fault("/source", fmt::format("the source '{}' is of type {}; only geojson (a file) can be drawn", *name,
                                         found->second.type));
        }
    }

    void read_zooms() {
        for (const auto& [key, into] :
             {std::pair("minzoom", &m_layer.minzoom), std::pair("maxzoom", &m_layer.maxzoom)}) {
            const Value& value = m_json[key];
            if (value.is_null()) continue;
            if (value.number() && *value.number() >= 0 && *value.number() <= 24) *into = *value.number();
            else fault(pointer_step(key), fmt::format("{} is {}; it must be a number in 0 … 24", key, to_json(value)));
        }
        if (m_layer.minzoom > m_layer.maxzoom)
            fault("/minzoom", fmt::format("minzoom {} is above maxzoom {}", number_text(m_layer.minzoom),
                                          number_text(m_layer.maxzoom)));
    }

    void read_metadata() {
        const Value& metadata = m_json["metadata"];
        if (metadata.object()) m_layer.metadata = *metadata.object();
        const Value& set = m_layer.note("set");
        if (set.is_null()) return;
        const bool known =
            set.string() && std::find(std::begin(set_names), std::end(set_names), *set.string()) != std::end(set_names);
        if (!known)
            fault("/metadata/harmattan:set",
                  fmt::format("{} is no set; there are {}", to_json(set), fmt::join(set_names, ", ")));
    }

    void add_faults(const std::string& where, const std::vector<Fault>& faults) {
        for (const Fault& each : faults) fault(where + each.pointer, each.message);
    }

    void read_filter() {
        std::vector<Fault> faults;
        m_layer.filter = parse_filter(m_json["filter"], faults);
        add_faults("/filter", faults);
    }

    void read_group(PropertyGroup group, const std::string& name) {
        const Object* properties = m_json[name].object();
        if (!properties) {
            fault("/" + name, fmt::format("\"{}\" is an object of properties", name));
            return;
        }
        for (const auto& [key, value] : *properties) read_member(group, "/" + name + pointer_step(key), key, value);
    }

    void read_member(PropertyGroup group, const std::string& where, const std::string& key, const Value& value) {
        if (key == "visibility" && group == PropertyGroup::layout) {
            if (value == Value("none")) m_layer.visible = false;
            else if (value != Value("visible"))
                fault(where, fmt::format("visibility is {}; it must be \"visible\" or \"none\"", to_json(value)));
            return;
        }
        const std::string_view transition = "-transition";
        const bool is_transition = group == PropertyGroup::paint && key.ends_with(transition);
        const PropertySpec* spec = find_property(is_transition ? key.substr(0, key.size() - transition.size()) : key);
        if (!spec || spec->layer != m_layer.type || spec->group != group) {
            fault(where, unknown_property(key, spec, group));
            return;
        }
        if (is_transition || spec->drawn == Drawn::flat) return;
        if (spec->drawn == Drawn::no) {
            warn(where, fmt::format("'{}' is not drawn", key));
            return;
        }
        if (value.is_null()) return; // as if not written
        std::vector<Fault> faults;
        if (auto expression = read_property(*spec, value, faults))
            m_layer.properties.emplace(key, std::move(*expression));
        add_faults(where, faults);
    }

    std::string unknown_property(const std::string& key, const PropertySpec* spec, PropertyGroup group) const {
        if (spec && spec->layer != m_layer.type)
            return fmt::format("'{}' is a property of {} layers, and this is a {} layer", key,
                               layer_type_name(spec->layer), layer_type_name(m_layer.type));
        if (spec) return fmt::format("'{}' stands in \"{}\"", key, group == PropertyGroup::layout ? "paint" : "layout");
        std::vector<std::string> known;
        for (const PropertySpec& each : property_table())
            if (each.layer == m_layer.type && each.group == group) known.push_back(each.name);
        return fmt::format("unknown property '{}'{}", key, geo::did_you_mean(key, known));
    }

    const Value& m_json;
    const std::string& m_pointer;
    Findings& m_findings;
    Layer m_layer;
};

} // namespace

std::optional<Layer> read_layer(const Value& json, const std::string& pointer,
                                const std::map<std::string, Source>& sources, Findings& findings) {
    return LayerReader(json, pointer, findings).read(sources);
}

} // namespace harmattan::styles
