#include "styles/expressions/parser.hpp"

#include <fmt/format.h>

namespace harmattan::styles {

namespace {

/// An operator of the specification that is not evaluated here, and why.
OperatorEntry refuse(std::string_view name, std::string_view reason) {
    return {name, [reason](Parser& parser, const Form& form) {
                return parser.fault(form.at(0), fmt::format("\"{}\" is not supported: {}", form.name, reason));
            }};
}

} // namespace

std::span<const OperatorEntry> refused_operators() {
    static constexpr std::string_view state =
        "a map drawn once has no state to read; use a property of the feature (\"get\")";
    static constexpr std::string_view geometry = "expressions do not see coordinates; attach the outcome as a property";
    static constexpr std::string_view collation = "texts are compared by code points; use \"downcase\" to ignore case";
    static constexpr std::string_view cluster =
        "features are not clustered; coincident events carry their number as \"count\"";
    static const std::vector<OperatorEntry> entries{
        refuse("feature-state", state),
        refuse("global-state", state),
        refuse("within", geometry),
        refuse("distance", geometry),
        refuse("collator", collation),
        refuse("resolved-locale", collation),
        refuse("accumulated", cluster),
        refuse("elevation", "there is no terrain"),
        refuse("image", "icons are not drawn; use a circle layer or a character of a font"),
    };
    return entries;
}

} // namespace harmattan::styles
