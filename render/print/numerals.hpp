#pragma once
// Whole numbers as a sheet's language writes them.

#include <string>
#include <string_view>

namespace harmattan::render {

/// "12,345"; in French "12 345" (narrow no-break space). Rounded to a whole number that is not negative.
std::string grouped(double whole, std::string_view lang);

} // namespace harmattan::render
