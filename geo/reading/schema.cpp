#include "geo/reading/schema.hpp"

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"
#include "geo/reading/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harmattan::geo {

namespace {

std::vector<std::string> keys_of(std::span<const std::string> names) {
    std::vector<std::string> keys;
    for (const std::string& name : names) keys.push_back(column_key(name));
    return keys;
}

bool has_column(std::span<const std::string> keys, const std::string& name) {
    return std::ranges::find(keys, column_key(name)) != keys.end();
}

bool has_hxl_coordinates(const EventSchema& schema, std::span<const std::string> tags) {
    const auto tagged = [&](Role role) {
        return std::ranges::any_of(schema.tags(role), [&](const std::string& wanted) {
            return std::ranges::any_of(tags, [&](const std::string& tag) { return hxl_matches(tag, wanted); });
        });
    };
    return tagged(Role::lon) && tagged(Role::lat);
}

bool matches(const EventSchema& schema, std::span<const std::string> keys, std::span<const std::string> tags) {
    if (schema.detect_hxl) return has_hxl_coordinates(schema, tags);
    const auto present = [&](const std::string& name) { return has_column(keys, name); };
    return !schema.detect_all.empty() && std::ranges::all_of(schema.detect_all, present) &&
           (schema.detect_any.empty() || std::ranges::any_of(schema.detect_any, present));
}

bool knows(const EventSchema& schema, const std::string& key) {
    const auto is = [&](const std::string& name) { return column_key(name) == key; };
    return std::ranges::any_of(schema.other, is) ||
           std::ranges::any_of(schema.names, [&](const auto& names) { return std::ranges::any_of(names, is); });
}

/// A header with all columns of a schema but one, and one column that is nearly it: most likely that table, and to take
/// it for a generic one would lose its precision codes in silence.
void refuse_misspelling(const EventSchema& schema, std::span<const std::string> header,
                        std::span<const std::string> keys) {
    std::vector<std::string> missing;
    for (const std::string& name : schema.detect_all)
        if (!has_column(keys, name)) missing.push_back(name);
    const auto present = [&](const std::string& name) { return has_column(keys, name); };
    if (missing.size() != 1 || schema.detect_all.size() < 4 || std::ranges::none_of(schema.detect_any, present)) return;
    std::vector<std::string> strangers;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!knows(schema, keys[i])) strangers.push_back(header[i]);
    const std::string near = nearest_name(missing.front(), strangers);
    if (near.empty()) return;
    throw Error(ErrorKind::bad_data,
                fmt::format("this looks like {} ({}) but has no column '{}': is '{}' meant? Rename "
                            "it, or say --schema generic with --lon, --lat and --date",
                            schema.title, schema.name, missing.front(), near));
}

} // namespace

std::string column_key(std::string_view name) {
    std::string key(trimmed(name));
    for (char& c : key) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || c == '-') c = '_';
    }
    return key;
}

std::optional<std::size_t> find_any_column(std::span<const std::string> header_keys,
                                           std::span<const std::string> wanted) {
    for (const std::string& name : wanted) {
        const auto it = std::ranges::find(header_keys, column_key(name));
        if (it != header_keys.end()) return static_cast<std::size_t>(it - header_keys.begin());
    }
    return std::nullopt;
}

const EventSchema& detect_schema(std::span<const EventSchema> schemas, std::span<const std::string> header,
                                 std::span<const std::string> hxl_tags) {
    const std::vector<std::string> keys = keys_of(header);
    for (const EventSchema& schema : schemas)
        for (const Refusal& refusal : schema.refusals)
            if (std::ranges::all_of(refusal.columns, [&](const std::string& name) { return has_column(keys, name); }))
                throw Error(ErrorKind::bad_data, refusal.message);
    for (const EventSchema& schema : schemas)
        if (matches(schema, keys, hxl_tags)) return schema;
    for (const EventSchema& schema : schemas) refuse_misspelling(schema, header, keys);
    return named_schema(schemas, "generic");
}

const EventSchema& named_schema(std::span<const EventSchema> schemas, const std::string& name) {
    std::vector<std::string> known;
    for (const EventSchema& schema : schemas) {
        if (schema.name == name) return schema;
        known.push_back(schema.name);
    }
    throw Error(ErrorKind::usage, fmt::format("there is no input schema '{}'{}; known: {}", name,
                                              did_you_mean(name, known), fmt::join(known, ", ")));
}

bool is_hxl_row(std::span<const std::string_view> cells) {
    std::size_t filled = 0, tags = 0;
    for (const std::string_view cell : cells) {
        const std::string_view text = trimmed(cell);
        filled += !text.empty();
        tags += text.starts_with('#');
    }
    return filled > 0 && tags * 2 >= filled;
}

bool hxl_matches(std::string_view tag, std::string_view wanted) {
    const auto parts_of = [](std::string_view text) {
        std::vector<std::string> parts(1);
        for (const char c : text) {
            if (c == '+') parts.emplace_back();
            else if (c != ' ' && c != '\t') parts.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return parts;
    };
    const auto has = parts_of(tag), needs = parts_of(wanted);
    if (has.front() != needs.front()) return false;
    return std::all_of(needs.begin() + 1, needs.end(), [&](const std::string& part) {
        return std::find(has.begin() + 1, has.end(), part) != has.end();
    });
}

} // namespace harmattan::geo
