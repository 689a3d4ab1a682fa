// The table of properties against the specification itself, where the npm packages of web/ are installed.

#include "styles/property_table.hpp"

#include "styles/json.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace harmattan::styles {

namespace {

const std::filesystem::path specification =
    std::filesystem::path(HARMATTAN_TEST_SOURCE) / "web/node_modules/@maplibre/maplibre-gl-style-spec/dist/latest.json";

/// The type of the specification's entry in our words.
std::string type_of_entry(const Value& entry) {
    const std::string& type = *entry["type"].string();
    if (type == "enum") return "string";
    if (type == "resolvedImage") return "image";
    if (type != "array") return type;
    const std::string item = entry["value"] == Value("enum") ? "string" : *entry["value"].string();
    return entry["length"].number() ? fmt::format("array<{}, {}>", item, *entry["length"].number())
                                    : fmt::format("array<{}>", item);
}

std::string dependence_of_entry(const Value& entry) {
    const Array* parameters = entry["expression"]["parameters"].array();
    std::set<std::string> names;
    for (const Value& name : parameters ? *parameters : Array{}) names.insert(*name.string());
    for (const char* each : {"feature", "heatmap-density", "line-progress", "zoom"})
        if (names.contains(each)) return each;
    return "nothing";
}

std::string dependence_of(const PropertySpec& spec) {
    switch (spec.depends_on) {
    case DependsOn::nothing: return "nothing";
    case DependsOn::zoom: return "zoom";
    case DependsOn::zoom_and_feature: return "feature";
    case DependsOn::density: return "heatmap-density";
    case DependsOn::progress: return "line-progress";
    }
    return {};
}

std::vector<std::string> words_of_entry(const Value& entry) {
    std::vector<std::string> words;
    if (const Object* values = entry["values"].object())
        for (const auto& [word, doc] : *values) words.push_back(word);
    return words;
}

} // namespace

TEST(PropertyTable, IsThatOfTheSpecification) {
    if (!std::filesystem::exists(specification)) GTEST_SKIP() << "needs the npm packages of web/";
    std::stringstream text;
    text << std::ifstream(specification).rdbuf();
    const Value root = parse_json(text.str(), "latest.json");
    std::size_t compared = 0;
    for (const LayerType layer : {LayerType::background, LayerType::fill, LayerType::line, LayerType::circle,
                                  LayerType::symbol, LayerType::heatmap}) {
        for (const PropertyGroup group : {PropertyGroup::layout, PropertyGroup::paint}) {
            const std::string section =
                fmt::format("{}_{}", group == PropertyGroup::layout ? "layout" : "paint", layer_type_name(layer));
            for (const auto& [name, entry] : *root[section].object()) {
                if (name == "visibility") continue;
                ++compared;
                const PropertySpec* spec = find_property(name);
                ASSERT_NE(spec, nullptr) << name;
                EXPECT_EQ(spec->layer, layer) << name;
                EXPECT_EQ(spec->group, group) << name;
                EXPECT_EQ(spec->type, type_of_entry(entry)) << name;
                EXPECT_EQ(dependence_of(*spec), dependence_of_entry(entry)) << name;
                EXPECT_EQ(spec->tokens, entry["tokens"] == Value(true)) << name;
                EXPECT_EQ(std::isfinite(spec->minimum), !entry["minimum"].is_null()) << name;
                EXPECT_EQ(spec->minimum, entry["minimum"].number() ? *entry["minimum"].number() : spec->minimum)
                    << name;
                EXPECT_EQ(std::isfinite(spec->maximum), !entry["maximum"].is_null()) << name;
                EXPECT_EQ(spec->maximum, entry["maximum"].number() ? *entry["maximum"].number() : spec->maximum)
                    << name;
                std::vector<std::string> words = spec->words;
                std::ranges::sort(words);
                EXPECT_EQ(words, words_of_entry(entry)) << name;
                if (spec->drawn != Drawn::yes) continue;
                EXPECT_EQ(spec->interpolated, entry["expression"]["interpolated"] == Value(true)) << name;
                if (spec->computed) continue;
                const Value wanted = spec->type == "color" && entry["default"].string()
                                         ? Value(parse_color(*entry["default"].string()).value())
                                         : entry["default"];
                EXPECT_EQ(to_json(spec->otherwise), to_json(wanted)) << name;
            }
        }
    }
    EXPECT_EQ(compared, property_table().size());
}

} // namespace harmattan::styles
