#pragma once
// Kernels of unit mass along a line, and their tails in closed form, so that the mass on a stretch of road is a
// difference of two tails and nothing is sampled. Widths mean what they mean in the plane: bandwidth is σ, search
// radius the support. Source: Silverman 1986, "Density estimation", table 3.1; the gaussian is cut at 4 σ and
// renormalised.

#include "geo/density/kernel.hpp"

namespace harmattan::geo {

/// 4 σ (gaussian), √7 σ (quartic), √5 σ (epanechnikov).
double line_support_of(Kernel kernel, double sigma);
double line_sigma_of_support(Kernel kernel, double radius);

class RoadKernel {
public:
    RoadKernel(Kernel kernel, double sigma_m);

    double support_m() const { return m_support; }
    /// Per metre at a distance ≥ 0; 0 from the support on.
    double density(double distance_m) const;
    /// Mass farther than a distance ≥ 0 on one side: ½ at 0, exactly 0 from the support on.
    double tail(double distance_m) const;

private:
    Kernel m_kernel;
    double m_sigma, m_support;
};

} // namespace harmattan::geo
