#pragma once
// Kernels of unit mass in the plane, and what their widths mean.
// Bandwidth always means σ, the standard deviation along one axis; search radius means the support h.

#include <optional>
#include <string_view>

namespace harmattan::geo {

enum class Kernel { gaussian, quartic, epanechnikov };

std::string_view kernel_name(Kernel kernel);
std::optional<Kernel> find_kernel(std::string_view name);

/// Support radius for a standard deviation: 4σ (gaussian, cut and renormalised), √8 σ (quartic), √6 σ (epanechnikov).
double support_of(Kernel kernel, double sigma);
double sigma_of_support(Kernel kernel, double radius);

/// Density at distance r for standard deviation sigma, per square of the unit of both; 0 beyond the support.
double kernel_density(Kernel kernel, double r, double sigma);

} // namespace harmattan::geo
