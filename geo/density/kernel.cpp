#include "geo/density/kernel.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace harmattan::geo {

namespace {

constexpr std::array<std::pair<Kernel, std::string_view>, 3> names{{
    {Kernel::gaussian, "gaussian"},
    {Kernel::quartic, "quartic"},
    {Kernel::epanechnikov, "epanechnikov"},
}};

/// Support over standard deviation.
double support_ratio(Kernel kernel) {
    switch (kernel) {
    case Kernel::gaussian: return 4;
    case Kernel::quartic: return std::sqrt(8.0);
    case Kernel::epanechnikov: return std::sqrt(6.0);
    }
    return 4;
}

} // namespace

std::string_view kernel_name(Kernel kernel) {
    for (const auto& [k, name] : names)
        if (k == kernel) return name;
    return "gaussian";
}

std::optional<Kernel> find_kernel(std::string_view name) {
    for (const auto& [kernel, known] : names)
        if (known == name) return kernel;
    return std::nullopt;
}

double support_of(Kernel kernel, double sigma) { return support_ratio(kernel) * sigma; }

double sigma_of_support(Kernel kernel, double radius) { return radius / support_ratio(kernel); }

double kernel_density(Kernel kernel, double r, double sigma) {
    const double h = support_of(kernel, sigma);
    if (!(r <= h)) return 0;
    const double inside = 1 - (r / h) * (r / h);
    switch (kernel) {
    case Kernel::gaussian:
        return std::exp(-r * r / (2 * sigma * sigma)) / (2 * std::numbers::pi * sigma * sigma * -std::expm1(-8.0));
    case Kernel::quartic: return 3 / (std::numbers::pi * h * h) * inside * inside;
    case Kernel::epanechnikov: return 2 / (std::numbers::pi * h * h) * inside;
    }
    return 0;
}

} // namespace harmattan::geo
