#pragma once
// Numbers for people: grouped, rounded, with a unit, as "number-format" of the style language and the legend write
// them.

#include "styles/expressions/parser.hpp"

namespace harmattan::styles {

struct NumberStyle {
    std::string locale = "en"; ///< "en", "fr", "de", "es", "pt", also with a region ("fr-ML"); others read as "en"
    int min_fraction_digits = 0;
    int max_fraction_digits = 3;
    std::string unit = {}; ///< one that find_unit_sign knows, or empty
};

/// Groups of three (in fr with U+202F), rounded half away from zero on the shortest digits of the number.
std::string format_number(double value, const NumberStyle& style);
/// The sign a unit of the style language is written with ("kilometer" → " km"); nothing where it is not known here.
std::optional<std::string> find_unit_sign(std::string_view unit);

NodePtr parse_number_format(Parser& parser, const Form& form);

} // namespace harmattan::styles
