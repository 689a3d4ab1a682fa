#include "styles/json.hpp"

#include "geo/error.hpp"
#include "geo/json_string.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace harmattan::styles {

namespace {

/// Builds values as the parser meets them: nothing of the library's own tree is made.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view text, const std::string& name) : m_text(text), m_name(name) {}

    bool null() override { return add(Value()); }
    bool boolean(bool v) override { return add(Value(v)); }
    bool number_integer(number_integer_t v) override { return add(Value(static_cast<double>(v))); }
    bool number_unsigned(number_unsigned_t v) override { return add(Value(static_cast<double>(v))); }
    bool number_float(number_float_t v, const string_t&) override { return add(Value(v)); }
    bool string(string_t& v) override { return add(Value(std::move(v))); }
    bool binary(binary_t&) override { return false; }
    bool key(string_t& v) override {
        m_open.back().key = std::move(v);
        return true;
    }
    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
        const std::size_t at = std::min(position == 0 ? 0 : position - 1, m_text.size());
        const auto before = m_text.substr(0, at);
        const auto line = 1 + std::ranges::count(before, '\n');
        const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        std::string reason = error.what();
        // The library's text carries its own prefix and position before, and the bytes it stumbled over behind.
        if (const auto colon = reason.find(": "); colon != std::string::npos) reason = reason.substr(colon + 2);
        reason = reason.substr(0, reason.find("; last read"));
        throw geo::Error(geo::ErrorKind::bad_config, fmt::format("{} is not JSON: {}; {}:{}:{}", m_name, reason, m_name,
                                                                 line, at - line_start + 1));
    }

    Value result() && { return std::move(m_result); }

private:
    struct Open {
        bool is_object;
        std::string key;
        Array items;
        Object members;
    };

    bool open(bool is_object) {
        if (m_open.size() >= static_cast<std::size_t>(json_depth_limit))
            throw geo::Error(
                geo::ErrorKind::bad_config,
                fmt::format("{} nests deeper than {} levels; no style needs that", m_name, json_depth_limit));
        m_open.push_back({is_object, {}, {}, {}});
        return true;
    }
    bool close() {
        Open done = std::move(m_open.back());
        m_open.pop_back();
        return add(done.is_object ? Value(std::move(done.members)) : Value(std::move(done.items)));
    }
    bool add(Value v) {
        if (m_open.empty()) m_result = std::move(v);
        else if (m_open.back().is_object) m_open.back().members[m_open.back().key] = std::move(v);
        else m_open.back().items.push_back(std::move(v));
        return true;
    }

    std::string_view m_text;
    const std::string& m_name;
    std::vector<Open> m_open;
    Value m_result;
};

void append(std::string& out, const Value& value) {
    if (const Array* items = value.array()) {
        out += '[';
        for (std::size_t i = 0; i < items->size(); ++i) {
            if (i > 0) out += ',';
            append(out, (*items)[i]);
        }
        out += ']';
    } else if (const Object* members = value.object()) {
        out += '{';
        bool first = true;
        for (const auto& [key, member] : *members) {
            if (!first) out += ',';
            first = false;
            out += geo::json_string(key);
            out += ':';
            append(out, member);
        }
        out += '}';
    } else if (value.is_null()) {
        out += "null";
    } else if (const double* number = value.number()) {
        out += std::isfinite(*number) ? number_text(*number) : "null";
    } else if (const bool* boolean = value.boolean()) {
        out += *boolean ? "true" : "false";
    } else {
        out += geo::json_string(value.color() ? to_css(*value.color()) : to_text(value));
    }
}

} // namespace

Value parse_json(std::string_view text, const std::string& name) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Builder builder(text, name);
    nlohmann::json::sax_parse(text, &builder);
    return std::move(builder).result();
}

std::string to_json(const Value& value) {
    std::string out;
    append(out, value);
    return out;
}

std::string pointer_step(std::string_view key) {
    std::string out = "/";
    for (const char c : key) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

std::string pointer_step(std::size_t index) { return fmt::format("/{}", index); }

} // namespace harmattan::styles
