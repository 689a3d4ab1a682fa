#pragma once
// What a mass is stamped with, along one row of a grid.

#include <cmath>

namespace harmattan::geo {

enum class Profile {
    quartic,
    epanechnikov,
    gaussian_rim, ///< the gaussian from 4σ to 5.2σ, where smooth_gaussian has it and a kernel cut at 4σ has not
};

/// Squared distances on the ground from a mass to the places of a row, by the square u of their distance in columns:
/// d² = y2 + along · u − bent · u², the geodesic to the fourth order.
struct Slice {
    double y2 = 0, along = 1, bent = 0;

    /// Along: column width on the ground for the mean of both scales; `y` across the rows; `bend` = tan²φ / R²,
    /// `curvature` = 1 / R². On the sphere d² = X² + Y² + (2X²Y² − X⁴ tan²φ) / 12R².
    Slice(double y, double width, double bend, double curvature)
        : y2(y * y), along(width * width * (1 + y * y * curvature / 6)),
          bent(width * width * width * width * bend / 12) {}

    /// Columns to where d² is `d2`; 0 where it is greater everywhere.
    double half_width(double d2) const {
        const double u = d2 > y2 ? (d2 - y2) / along : 0;
        return std::sqrt(u * (1 + bent / along * u));
    }
};

class Stamp {
public:
    Stamp(Profile profile, double sigma);

    Profile profile() const { return m_profile; }
    double radius() const { return m_radius; } ///< nothing beyond
    double hole() const { return m_hole; }     ///< nothing within
    /// Whether a row at that squared distance gets anything: the rim goes with smooth_gaussian, which ends at 4σ down
    /// the columns.
    bool reaches(double y2) const { return y2 <= (m_hole > 0 ? m_hole : m_radius) * (m_hole > 0 ? m_hole : m_radius); }

    /// out[i] += mass × the profile at i − centre columns (events per km²), first ≤ i < last; all of them within reach.
    void add(const Slice& slice, double centre, int first, int last, double mass, double* out) const;

private:
    Profile m_profile;
    double m_sigma, m_radius, m_hole;
    double m_top; ///< where the profile is greatest
};

} // namespace harmattan::geo
