#pragma once
// What an expression of the MapLibre style language works on and gives.

#include "styles/color.hpp"

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace harmattan::styles {

struct Value;
using Array = std::vector<Value>;
using Object = std::map<std::string, Value>;

struct Value {
    std::variant<std::monostate, bool, double, std::string, Color, std::shared_ptr<const Array>, std::shared_ptr<const Object>> held;

    Value() = default;
    Value(bool b) : held(b) {}
    Value(double d) : held(d) {}
    Value(std::string s) : held(std::move(s)) {}
    Value(const char* s) : held(std::string(s)) {}
    Value(Color c) : held(c) {}
    explicit Value(Array a) : held(std::make_shared<const Array>(std::move(a))) {}
    explicit Value(Object o) : held(std::make_shared<const Object>(std::move(o))) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(held); }
    const bool* boolean() const { return std::get_if<bool>(&held); }
    const double* number() const { return std::get_if<double>(&held); }
    const std::string* string() const { return std::get_if<std::string>(&held); }
    const Color* color() const { return std::get_if<Color>(&held); }
    const Array* array() const;
    const Object* object() const;
};

bool operator==(const Value& a, const Value& b);
/// "string", "number", … as the style specification names types.
std::string type_name(const Value& v);
/// to-string of the specification.
std::string to_text(const Value& v);

} // namespace harmattan::styles
