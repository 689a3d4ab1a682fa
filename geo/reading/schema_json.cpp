#include "geo/error.hpp"
#include "geo/reading/schema.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace harmattan::geo {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, role_count> role_keys{
    "id", "lon", "lat", "start", "end", "precision", "country", "admin1", "admin2", "admin3", "weight", "mark"};

[[noreturn]] void wrong(const std::string& key, const std::string& expected) {
    throw Error(ErrorKind::bad_config, fmt::format("input schema: '{}' must be {}", key, expected));
}

std::string text(const json& object, const char* key, bool required = false) {
    const auto it = object.find(key);
    if (it == object.end()) {
        if (required) wrong(key, "there");
        return {};
    }
    if (!it->is_string()) wrong(key, "text");
    return it->get<std::string>();
}

std::vector<std::string> texts(const json& value, const std::string& key) {
    if (!value.is_array()) wrong(key, "a list of texts");
    std::vector<std::string> out;
    for (const json& item : value) {
        if (!item.is_string()) wrong(key, "a list of texts");
        out.push_back(item.get<std::string>());
    }
    return out;
}

std::vector<std::string> texts_at(const json& object, const char* key) {
    const auto it = object.find(key);
    return it == object.end() ? std::vector<std::string>{} : texts(*it, key);
}

void read_roles(const json& schema, const char* key, std::array<std::vector<std::string>, role_count>& into) {
    const auto it = schema.find(key);
    if (it == schema.end()) return;
    if (!it->is_object()) wrong(key, "an object");
    for (const auto& [role, names] : it->items()) {
        const auto known = std::ranges::find(role_keys, role);
        if (known == role_keys.end())
            wrong(fmt::format("{}.{}", key, role), fmt::format("one of {}", fmt::join(role_keys, ", ")));
        into[static_cast<std::size_t>(known - role_keys.begin())] = texts(names, fmt::format("{}.{}", key, role));
    }
}

Precision precision_class(const std::string& name, const std::string& key) {
    for (int i = 0; i < precision_count; ++i)
        if (precision_key(static_cast<Precision>(i)) == name) return static_cast<Precision>(i);
    wrong(key, "place, near, district, province, unclear or unstated");
}

void read_precision(const json& precision, EventSchema& schema) {
    if (!precision.is_object()) wrong("precision", "an object");
    if (const auto codes = precision.find("codes"); codes != precision.end()) {
        for (const auto& [code, meaning] : codes->items()) {
            const std::string key = "precision.codes." + code;
            if (code.empty() || code.size() > 2 ||
                !std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; }))
                wrong(key, "named by a number of one or two digits");
            PrecisionCode& into = schema.codes[std::stoi(code)];
            if (meaning.is_string()) into.precision = precision_class(meaning.get<std::string>(), key);
            else if (meaning.is_object()) into.counted = text(meaning, "counted", true);
            else wrong(key, "a class or {\"counted\": reason}");
        }
    }
    const auto spread = precision.find("spread_m");
    if (spread == precision.end() || !spread->is_object()) wrong("precision.spread_m", "an object of metres by class");
    for (const auto& [name, metres] : spread->items()) {
        const std::string key = "precision.spread_m." + name;
        if (!metres.is_number() || metres.get<double>() < 0 || metres.get<double>() > 1e6)
            wrong(key, "metres from 0 to 1,000,000");
        schema.spread_m[static_cast<std::size_t>(precision_class(name, key))] = metres.get<double>();
    }
}

} // namespace

EventSchema parse_schema(const std::string& source, const std::string& name) try {
    const json root = json::parse(source, nullptr, false);
    if (!root.is_object()) throw Error(ErrorKind::bad_config, "input schema is not a JSON object");
    EventSchema schema;
    schema.name = text(root, "name", true);
    schema.title = text(root, "title", true);
    schema.citation = text(root, "citation");
    schema.licence = text(root, "licence");
    schema.mark = text(root, "mark");
    schema.order = root.value("order", 0);
    if (const auto detect = root.find("detect"); detect != root.end()) {
        schema.detect_all = texts_at(*detect, "all");
        schema.detect_any = texts_at(*detect, "any");
        schema.detect_hxl = detect->value("hxl", false);
    }
    read_roles(root, "columns", schema.names);
    read_roles(root, "hxl", schema.hxl);
    schema.other = texts_at(root, "other");
    schema.one_row_per_actor_without = texts_at(root, "one_row_per_actor_without");
    if (const auto refuse = root.find("refuse"); refuse != root.end())
        for (const json& item : *refuse)
            schema.refusals.push_back({texts_at(item, "columns"), text(item, "message", true)});
    if (const auto precision = root.find("precision"); precision != root.end()) read_precision(*precision, schema);
    return schema;
} catch (Error& error) { throw error.at(name); } catch (const json::exception& error) {
    throw Error(ErrorKind::bad_config, fmt::format("input schema: {}", error.what())).at(name);
}

std::vector<EventSchema> load_schemas(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    if (failed || files.empty())
        throw Error(
            ErrorKind::bad_config,
            fmt::format("no input schemas in '{}'; set HARMATTAN_DATA to the program's data folder", folder.string()));
    std::ranges::sort(files);
    std::vector<EventSchema> schemas;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string source{std::istreambuf_iterator<char>(in), {}};
        if (!in) throw Error(ErrorKind::io, fmt::format("cannot read input schema '{}'", file.string()));
        schemas.push_back(parse_schema(source, file.filename().string()));
    }
    std::ranges::stable_sort(schemas, {}, &EventSchema::order);
    return schemas;
}

} // namespace harmattan::geo
