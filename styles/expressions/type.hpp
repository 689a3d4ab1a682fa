#pragma once
// The types of the style language. `value` is what is not known before evaluation.

#include "styles/value.hpp"

#include <optional>
#include <string>

namespace harmattan::styles {

struct Type {
    enum class Kind { null, number, string, boolean, color, object, value, array, formatted };
    Kind kind = Kind::value;
    Kind item = Kind::value;           ///< of an array
    std::optional<std::size_t> length; ///< of an array

    Type() = default;
    Type(Kind k) : kind(k) {}
    static Type array_of(Kind item, std::optional<std::size_t> length = {});
    bool operator==(const Type&) const = default;
};

std::string to_text(Type::Kind kind);
/// "number", "array<string>", "array<number, 2>".
std::string to_text(const Type& type);
/// The type of a value; an array whose items differ is an array of `value`.
Type type_of(const Value& value);
/// Whether whatever is of type `actual` may stand where `expected` is asked for.
bool accepts(const Type& expected, const Type& actual);

} // namespace harmattan::styles
