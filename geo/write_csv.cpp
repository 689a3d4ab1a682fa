#include "geo/utf8.hpp"
#include "geo/write_geojson.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <iterator>

namespace harmattan::geo {

namespace {

bool is_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

/// A spreadsheet runs such a cell when the file is opened.
bool is_formula(std::string_view text) {
    if (text.empty() || std::string_view("=+-@\t\r").find(text[0]) == std::string_view::npos) return false;
    return !is_number(text[0] == '+' ? text.substr(1) : text);
}

void put_text(std::string& out, std::string_view raw) {
    std::string text = is_valid_utf8(raw) ? std::string(raw) : to_valid_utf8(raw);
    if (is_formula(text)) text.insert(text.begin(), '\'');
    if (text.find_first_of(",;\"\n\r\t'") == std::string::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void put_value(std::string& out, const PropertyValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) put_text(out, *text);
    else if (const auto* flag = std::get_if<bool>(&value)) out += *flag ? "true" : "false";
    else if (const auto* number = std::get_if<double>(&value); number && std::isfinite(*number))
        fmt::format_to(std::back_inserter(out), "{}", *number);
}

} // namespace

std::string to_csv(const FeatureTable& table) {
    std::string out;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (c > 0) out += ',';
        put_text(out, table.columns[c].name);
    }
    out += '\n';
    for (std::size_t f = 0; f < table.size(); ++f) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            if (c > 0) out += ',';
            put_value(out, table.columns[c].values[f]);
        }
        out += '\n';
    }
    return out;
}

} // namespace harmattan::geo
