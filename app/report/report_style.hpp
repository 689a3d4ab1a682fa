#pragma once
// The looks of a report: on screens of any width, and on A4 when it is printed. Stands in the page itself.

#include <string>

namespace harmattan::app {

/// `title` and `warning` stand at the foot of printed pages, with the page's number.
std::string report_style(const std::string& title, const std::string& warning);

} // namespace harmattan::app
