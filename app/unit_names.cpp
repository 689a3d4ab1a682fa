#include "app/unit_names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace harmattan::app {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

const geo::PropertyColumn* find_without_case(const geo::FeatureTable& units, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        for (const geo::PropertyColumn& column : units.columns)
            if (lower(column.name) == name) return &column;
    return nullptr;
}

/// Candidates, deepest level first: "adm3_fr", "adm3_name", …
std::vector<std::string> name_columns(Language language) {
    const std::string here = language == Language::fr ? "fr" : "en", other = language == Language::fr ? "en" : "fr";
    std::vector<std::string> names;
    for (int level = 4; level >= 0; --level)
        for (const std::string& form : {"adm{}_" + here, "adm{}_" + other, std::string("adm{}_name"),
                                        std::string("admin{}name"), std::string("name_{}")})
            names.push_back(fmt::format(fmt::runtime(form), level));
    for (const std::string& name : {"name_" + here, std::string("name"), std::string("shapename"), std::string("nom")})
        names.push_back(name);
    return names;
}

std::vector<std::string> code_columns() {
    std::vector<std::string> codes;
    for (int level = 4; level >= 0; --level)
        for (const char* form : {"adm{}_pcode", "admin{}pcod", "adm{}_code"})
            codes.push_back(fmt::format(fmt::runtime(form), level));
    for (const char* code : {"pcode", "code", "shapeid", "iso_3166_2", "gid_2", "gid_1"}) codes.emplace_back(code);
    return codes;
}

const geo::PropertyColumn* first_text(const geo::FeatureTable& units) {
    for (const geo::PropertyColumn& column : units.columns)
        for (const geo::PropertyValue& value : column.values)
            if (std::holds_alternative<std::string>(value)) return &column;
    return nullptr;
}

} // namespace

void name_units(geo::FeatureTable& units, Language language) {
    const geo::PropertyColumn* named = find_without_case(units, name_columns(language));
    if (!named) named = first_text(units);
    const geo::PropertyColumn* coded = find_without_case(units, code_columns());
    // Copies: adding a column may move the others.
    const auto names = named ? named->values : std::vector<geo::PropertyValue>(units.size());
    const auto codes = coded ? coded->values : std::vector<geo::PropertyValue>(units.size());
    units.column("name").values = names;
    units.column("code").values = codes;
}

} // namespace harmattan::app
