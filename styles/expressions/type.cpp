#include "styles/expressions/type.hpp"

namespace harmattan::styles {

Type Type::array_of(Kind item, std::optional<std::size_t> length) {
    Type type(Kind::array);
    type.item = item;
    type.length = length;
    return type;
}

std::string to_text(Type::Kind kind) {
    switch (kind) {
    case Type::Kind::null: return "null";
    case Type::Kind::number: return "number";
    case Type::Kind::string: return "string";
    case Type::Kind::boolean: return "boolean";
    case Type::Kind::color: return "color";
    case Type::Kind::object: return "object";
    case Type::Kind::value: return "value";
    case Type::Kind::array: return "array";
    case Type::Kind::formatted: return "formatted";
    }
    return "value";
}

std::string to_text(const Type& type) {
    if (type.kind != Type::Kind::array) return to_text(type.kind);
    if (type.length) return "array<" + to_text(type.item) + ", " + std::to_string(*type.length) + ">";
    return type.item == Type::Kind::value ? "array" : "array<" + to_text(type.item) + ">";
}

Type type_of(const Value& value) {
    if (const Array* items = value.array()) {
        Type::Kind item = items->empty() ? Type::Kind::value : type_of(items->front()).kind;
        for (const Value& each : *items)
            if (type_of(each).kind != item) item = Type::Kind::value;
        if (item == Type::Kind::array) item = Type::Kind::value;
        return Type::array_of(item, items->size());
    }
    if (value.object()) return Type::Kind::object;
    if (value.number()) return Type::Kind::number;
    if (value.string()) return Type::Kind::string;
    if (value.boolean()) return Type::Kind::boolean;
    if (value.color()) return Type::Kind::color;
    if (value.formatted()) return Type::Kind::formatted;
    return Type::Kind::null;
}

bool accepts(const Type& expected, const Type& actual) {
    using Kind = Type::Kind;
    if (expected.kind == Kind::array) {
        if (actual.kind != Kind::array) return false;
        const bool is_empty = actual.length == 0 && actual.item == Kind::value;
        const bool items_fit = expected.item == Kind::value || expected.item == actual.item || is_empty;
        return items_fit && (!expected.length || expected.length == actual.length);
    }
    if (expected.kind == Kind::value) return true;
    return expected.kind == actual.kind;
}

} // namespace harmattan::styles
