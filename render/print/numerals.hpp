#pragma once
// Numbers as a sheet's language writes them.

#include <string>
#include <string_view>

namespace harmattan::render {

/// "12,345"; in French "12 345" (narrow no-break space). Rounded to a whole number that is not negative.
std::string grouped(double whole, std::string_view lang);

/// A value on an axis of so long steps, with the decimals that they need: "0.5", in French "0,5".
std::string on_axis(double value, double step, std::string_view lang);

} // namespace harmattan::render
