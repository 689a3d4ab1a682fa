#pragma once
// What eyes make of colours: difference, contrast, and the three kinds of colour blindness. Used to prove ramps and
// text of the shipped styles; `style check` may use it on a user's.

#include "styles/color_space.hpp"

namespace harmattan::styles {

/// CIEDE2000 with kL = kC = kH = 1 (Sharma, Wu & Dalal 2005, whose test pairs are in the tests).
double difference_00(Lab a, Lab b);
double difference_00(Color a, Color b);

/// WCAG 2 contrast ratio of two opaque colours, 1…21.
double contrast_ratio(Color a, Color b);

enum class Dichromacy { protan, deutan, tritan };
/// How a dichromat sees an opaque colour. Protan and deutan: Viénot, Brettel & Mollon 1999; tritan: the matrix of
/// Machado, Oliveira & Fernandes 2009 at full severity. Both in linear light.
Color simulate(Color c, Dichromacy kind);

/// `over` (with its alpha) painted on the opaque `under`.
Color composite(Color over, Color under);

} // namespace harmattan::styles
