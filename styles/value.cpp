#include "styles/value.hpp"

#include "styles/expressions/type.hpp"
#include "styles/json.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::styles {

std::string Formatted::text() const {
    std::string all;
    for (const Section& section : sections) all += section.text;
    return all;
}

namespace {
template <class T>
const T* pointee(const Value& v) {
    const auto* held = std::get_if<std::shared_ptr<const T>>(&v.held);
    return held ? held->get() : nullptr;
}
} // namespace

const Array* Value::array() const { return pointee<Array>(*this); }
const Object* Value::object() const { return pointee<Object>(*this); }
const Formatted* Value::formatted() const { return pointee<Formatted>(*this); }

const Value& Value::operator[](std::string_view key) const {
    static const Value none;
    const Object* members = object();
    if (!members) return none;
    const auto found = members->find(std::string(key));
    return found == members->end() ? none : found->second;
}

bool operator==(const Value& a, const Value& b) {
    if (a.held.index() != b.held.index()) return false;
    if (const Array* items = a.array()) return *items == *b.array();
    if (const Object* members = a.object()) return *members == *b.object();
    if (const Formatted* text = a.formatted()) return *text == *b.formatted();
    return a.held == b.held;
}

std::string type_name(const Value& v) { return to_text(type_of(v)); }

std::string to_text(const Value& v) {
    if (v.is_null()) return {};
    if (const auto* text = v.string()) return *text;
    if (const auto* number = v.number()) return number_text(*number);
    if (const auto* boolean = v.boolean()) return *boolean ? "true" : "false";
    if (const auto* c = v.color()) {
        const auto byte = [](float channel) { return std::lround(static_cast<double>(channel) * 255); };
        return fmt::format("rgba({},{},{},{})", byte(c->r), byte(c->g), byte(c->b), c->a);
    }
    if (const auto* formatted = v.formatted()) return formatted->text();
    return to_json(v);
}

std::string number_text(double v) {
    if (std::isnan(v)) return "NaN";
    if (std::isinf(v)) return v < 0 ? "-Infinity" : "Infinity";
    if (v == 0) return "0";
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::scientific);
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    const auto e = text.find('e');
    int exponent = 0;
    const char* exponent_begin = text.data() + e + 1;
    if (*exponent_begin == '+') ++exponent_begin;
    std::from_chars(exponent_begin, end, exponent);
    std::string digits;
    for (const char c : text.substr(0, e))
        if (c != '-' && c != '.') digits += c;
    const std::string_view sign = v < 0 ? "-" : "";
    const int count = static_cast<int>(digits.size());
    const auto head = [&](int n) { return std::string_view(digits).substr(0, static_cast<std::size_t>(n)); };
    const auto tail = [&](int n) { return std::string_view(digits).substr(static_cast<std::size_t>(n)); };
    if (exponent >= 21 || exponent < -6)
        return fmt::format("{}{}{}{}e{}{}", sign, head(1), count > 1 ? "." : "", tail(1), exponent < 0 ? "-" : "+",
                           std::abs(exponent));
    if (exponent < 0) return fmt::format("{}0.{:0>{}}{}", sign, "", -exponent - 1, digits);
    if (exponent >= count - 1) return fmt::format("{}{}{:0>{}}", sign, digits, "", exponent - count + 1);
    return fmt::format("{}{}.{}", sign, head(exponent + 1), tail(exponent + 1));
}

} // namespace harmattan::styles
