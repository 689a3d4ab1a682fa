#pragma once
// How far between two stops an input is: linear, exponential, or along a cubic Bézier as in CSS easing.

#include "styles/expressions/parser.hpp"

#include <array>

namespace harmattan::styles {

struct Easing {
    enum class Kind { exponential, cubic_bezier };
    Kind kind = Kind::exponential;
    double base = 1;                 ///< of exponential; 1 is linear
    std::array<double, 4> control{}; ///< x1, y1, x2, y2 of cubic_bezier

    /// 0 at `low`, 1 at `high`.
    double progress(double input, double low, double high) const;
};

/// ["linear"], ["exponential", base] or ["cubic-bezier", x1, y1, x2, y2]; nothing after a fault.
std::optional<Easing> parse_easing(Parser& parser, const Value& json, const std::string& pointer);

} // namespace harmattan::styles
