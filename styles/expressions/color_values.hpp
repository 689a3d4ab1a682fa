#pragma once
// Colours as values: reading one from text or from [r, g, b] or [r, g, b, a], with the reason where it is none.

#include "styles/value.hpp"

namespace harmattan::styles {

struct ColorReading {
    std::optional<Color> color;
    std::string reason; ///< why there is none
};

ColorReading read_color(const Value& value);
/// Red, green and blue 0…255, alpha 0…1.
ColorReading read_color(double red, double green, double blue, double alpha);

} // namespace harmattan::styles
