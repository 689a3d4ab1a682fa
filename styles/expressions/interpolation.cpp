#include "styles/expressions/interpolation.hpp"

#include <cmath>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

/// A coordinate of the curve with end points 0 and 1 and the two control coordinates.
double bezier(double first, double second, double t) {
    const double u = 1 - t;
    return 3 * u * u * t * first + 3 * u * t * t * second + t * t * t;
}

/// The parameter at which the curve reaches `x`. Its x rises monotonely because both controls lie in 0…1, so halving
/// the interval 60 times finds it to the last bit of a double.
double bezier_parameter(double x1, double x2, double x) {
    double low = 0, high = 1;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (bezier(x1, x2, middle) < x ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

double Easing::progress(double input, double low, double high) const {
    const double done = input - low, whole = high - low;
    const bool is_linear = kind == Kind::cubic_bezier || base == 1;
    const double t = is_linear ? done / whole : (std::pow(base, done) - 1) / (std::pow(base, whole) - 1);
    if (kind == Kind::exponential) return t;
    return bezier(control[1], control[3], bezier_parameter(control[0], control[2], t));
}

std::optional<Easing> parse_easing(Parser& parser, const Value& json, const std::string& pointer) {
    const Array* args = json.array();
    const std::string* name = args && !args->empty() ? args->front().string() : nullptr;
    Easing easing;
    if (!name) {
        parser.fault(pointer, "expected a curve such as [\"linear\"]");
        return {};
    }
    if (*name == "linear") return easing;
    if (*name == "exponential") {
        const double* base = args->size() > 1 ? (*args)[1].number() : nullptr;
        if (base) {
            easing.base = *base;
            return easing;
        }
        parser.fault(pointer + "/1", "an exponential curve needs a base written as a number");
        return {};
    }
    if (*name == "cubic-bezier") {
        bool good = args->size() == 5;
        for (std::size_t i = 1; good && i < 5; ++i) {
            const double* v = (*args)[i].number();
            good = v && *v >= 0 && *v <= 1;
            if (good) easing.control[i - 1] = *v;
        }
        easing.kind = Easing::Kind::cubic_bezier;
        if (good) return easing;
        parser.fault(pointer, "a cubic Bézier curve needs four numbers between 0 and 1");
        return {};
    }
    parser.fault(pointer + "/0",
                 fmt::format("unknown curve \"{}\"; there are linear, exponential and cubic-bezier", *name));
    return {};
}

} // namespace harmattan::styles
