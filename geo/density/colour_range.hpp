#pragma once
// The values between which a field is coloured: one range for every zoom, page and figure.

#include "geo/density/field.hpp"

namespace harmattan::geo {

/// Events per km²; 0 < low < high.
struct ColourRange {
    double low = 0;  ///< the display floor: nothing is drawn below it
    double high = 0; ///< the strongest colour from here on
};

/// high: the area-weighted 99.9th percentile of the positive values, rounded to one of 1 1.2 1.5 2 2.5 3 4 5 6 8 times
/// a power of ten. Above it lie only the few hottest places (above the 99.5th, on the Sahel's real events, whole
/// provinces, which would then be one colour). low: a third of what one event makes by itself, so that a lone event is
/// seen, faintly; but at least a 200th of `high` (a ramp cannot tell more than about 200 to 1), and at most a tenth;
/// rounded down to 1-2-5. A field without events gets 0.1 … 1 times what one event would make.
ColourRange colour_range(const Field& field);

} // namespace harmattan::geo
