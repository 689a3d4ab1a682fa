#pragma once
// How much traffic a corridor bears: what the risk of one convoy is worked out with. Ten incidents where a thousand
// convoys pass are not ten where ten do.

#include <cstddef>
#include <vector>

namespace harmattan::geo {

/// `convoys` a month on the stretch.
struct ConvoyStretch {
    double from_m = 0, to_m = 0; ///< chainage
    double convoys = 0;
};

/// Traffic along a route; stretches that none is given for have none known.
class Exposure {
public:
    Exposure() = default;
    /// Throws Error bad_data for a stretch without length, overlapping ones, or a number of convoys below 0.
    explicit Exposure(std::vector<ConvoyStretch> stretches);

    /// Convoy·km a month from chainage to chainage.
    double convoy_km(double from_m, double to_m) const;
    /// Whether traffic is given for all of it (to within a metre).
    bool covers(double from_m, double to_m) const;
    /// Whether traffic is given for none of the route.
    bool empty() const { return m_stretches.empty(); }

private:
    std::vector<ConvoyStretch> m_stretches; ///< by chainage
};

} // namespace harmattan::geo
