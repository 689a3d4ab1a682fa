#pragma once
// What an expression of the MapLibre style language works on and gives; also what JSON text is read into, so that
// nothing but json.cpp knows a JSON library.

#include "styles/color.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace harmattan::styles {

struct Value;
using Array = std::vector<Value>;
using Object = std::map<std::string, Value>;

/// Text in sections that may differ in size, font and colour: what `format` gives.
struct Formatted {
    struct Section {
        std::string text;
        std::optional<double> scale;    ///< times text-size
        std::vector<std::string> fonts; ///< empty: text-font of the layer
        std::optional<Color> color;     ///< else text-color of the layer
        bool operator==(const Section&) const = default;
    };
    std::vector<Section> sections;

    std::string text() const; ///< all sections, one after the other
    bool operator==(const Formatted&) const = default;
};

struct Value {
    std::variant<std::monostate, bool, double, std::string, Color, std::shared_ptr<const Array>,
                 std::shared_ptr<const Object>, std::shared_ptr<const Formatted>>
        held;

    Value() = default;
    Value(bool b) : held(b) {}
    Value(double d) : held(d) {}
    Value(std::string s) : held(std::move(s)) {}
    Value(const char* s) : held(std::string(s)) {}
    Value(Color c) : held(c) {}
    explicit Value(Array a) : held(std::make_shared<const Array>(std::move(a))) {}
    explicit Value(Object o) : held(std::make_shared<const Object>(std::move(o))) {}
    explicit Value(Formatted f) : held(std::make_shared<const Formatted>(std::move(f))) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(held); }
    const bool* boolean() const { return std::get_if<bool>(&held); }
    const double* number() const { return std::get_if<double>(&held); }
    const std::string* string() const { return std::get_if<std::string>(&held); }
    const Color* color() const { return std::get_if<Color>(&held); }
    const Array* array() const;
    const Object* object() const;
    const Formatted* formatted() const;

    /// Member `key` of an object; null where this is no object or has no such member.
    const Value& operator[](std::string_view key) const;
};

/// Deep: arrays and objects are equal where all they hold is.
bool operator==(const Value& a, const Value& b);
/// "string", "number", … as the style specification names types; arrays with item type and length.
std::string type_name(const Value& v);
/// to-string of the specification: null is empty, numbers in their shortest form, arrays and objects as JSON.
std::string to_text(const Value& v);
/// A number as JavaScript writes it: the shortest digits that read back the same, exponents from 1e21 and below 1e-6.
std::string number_text(double v);

} // namespace harmattan::styles
