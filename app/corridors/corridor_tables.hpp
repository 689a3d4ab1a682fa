#pragma once
// The bins and sections of corridors as tables: what .csv and .geojson hold. The columns stand in docs/corridors.md.

#include "app/corridors/corridor_analysis.hpp"
#include "geo/features.hpp"

namespace harmattan::app {

/// A row a bin, corridor after corridor, with its stretch of the line. Rates are left out where the data do not cover
/// the bin, or where there is no period; columns of bands, weights, traffic and compared periods only where there are
/// such.
geo::FeatureTable corridor_bins_table(const Study& study, const CorridorComparison& comparison);

/// For a map: features of `kind` "section" (the ranked ones, worst first), "change" (where periods are compared: the
/// sections from each corridor's beginning, by p) and "bin" (as above). They lie over each other: sums are of one kind.
geo::FeatureTable corridor_map_table(const Study& study, const CorridorComparison& comparison);

} // namespace harmattan::app
