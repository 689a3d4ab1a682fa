#include "geo/corridors/road_kernel.hpp"

#include <cmath>
#include <numbers>

namespace harmattan::geo {

namespace {

const double beyond_four = 0.5 * std::erfc(4 / std::numbers::sqrt2); ///< of a gaussian, on one side

} // namespace

double line_support_of(Kernel kernel, double sigma) {
    switch (kernel) {
    case Kernel::gaussian: return 4 * sigma;
    case Kernel::quartic: return std::sqrt(7.0) * sigma;
    case Kernel::epanechnikov: return std::sqrt(5.0) * sigma;
    }
    return 4 * sigma;
}

double line_sigma_of_support(Kernel kernel, double radius) { return radius / line_support_of(kernel, 1); }

RoadKernel::RoadKernel(Kernel kernel, double sigma_m)
    : m_kernel(kernel), m_sigma(sigma_m), m_support(line_support_of(kernel, sigma_m)) {}

double RoadKernel::density(double distance_m) const {
    if (!(distance_m < m_support)) return 0;
    const double u = distance_m / m_support, inside = 1 - u * u;
    switch (m_kernel) {
    case Kernel::gaussian: {
        const double z = distance_m / m_sigma;
        return std::exp(-z * z / 2) / (m_sigma * std::sqrt(2 * std::numbers::pi) * (1 - 2 * beyond_four));
    }
    case Kernel::quartic: return 15.0 / 16 / m_support * inside * inside;
    case Kernel::epanechnikov: return 3.0 / 4 / m_support * inside;
    }
    return 0;
}

double RoadKernel::tail(double distance_m) const {
    if (!(distance_m < m_support)) return 0;
    const double u = distance_m / m_support;
    switch (m_kernel) {
    case Kernel::gaussian:
        return (0.5 * std::erfc(distance_m / (m_sigma * std::numbers::sqrt2)) - beyond_four) / (1 - 2 * beyond_four);
    case Kernel::quartic: return 0.5 - 15.0 / 16 * u * (1 - u * u * (2.0 / 3 - u * u / 5));
    case Kernel::epanechnikov: return 0.5 - 3.0 / 4 * u * (1 - u * u / 3);
    }
    return 0;
}

} // namespace harmattan::geo
