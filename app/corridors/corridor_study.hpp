#pragma once
// A corridor of a study, analysed: its route, the incidents along it, what it passes and where the data cover it. The
// ribbon, the strip, the tables and the site are made of this, so they tell the same numbers.

#include "app/corridors/corridor_places.hpp"
#include "geo/corridors/corridor_profile.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

struct CorridorStudy {
    std::size_t feature = 0; ///< of the table of corridors
    std::string id, name;    ///< each stands in for the other; with neither "corridor 3"
    std::string status;      ///< as the table says; empty where it does not
    std::string to;          ///< the end: as the table says, else the town there
    geo::Route route;
    geo::ProfileBins bins;
    geo::CorridorProfile profile;
    std::vector<Stay> stays;
    std::vector<RoutePlace> places;
    std::vector<bool> covered; ///< by bin: its middle lies in a country that the data cover (or no country is known of)

    double covered_m() const;
    geo::BandCount covered_count() const;
    /// How much of it runs over road that it has passed before, to a kilometre or two.
    double passed_before_m() const;
    /// ISO code of the country at a chainage; empty where none is known.
    std::string country_at(double at_m) const;
};

/// Bins and bands as the job has them.
geo::ProfileOptions profile_options(const Job& job);

/// What the events of a study are, once for many corridors.
struct CorridorEvents {
    std::vector<std::uint32_t> rows;
    std::vector<geo::SpreadPlace> spread;
};
CorridorEvents corridor_events(const Study& study);

/// The events that began in a period.
std::vector<std::uint32_t> rows_between(const geo::Events& events, const Period& period);

/// Throws Error bad_data for a line that is no route, naming it.
CorridorStudy study_corridor(const Study& study, const geo::FeatureTable& corridors, std::size_t corridor,
                             const CorridorEvents& events, const geo::FeatureTable& checkpoints = {});

/// A line for each id (or name, where there is no id) that several corridors of a table have.
std::vector<std::string> describe_repeated_ids(const geo::FeatureTable& corridors);

/// The corridors of a table, each analysed. Those that are no route (in pieces, without length) or have the id of one
/// before are left out, and `warn` is told why.
std::vector<CorridorStudy> study_corridors(const Study& study, const geo::FeatureTable& corridors,
                                           const std::function<void(const std::string&)>& warn);

/// The corridor of that id or name, whatever its case and accents. Throws Error bad_config, naming the nearest, for a
/// name that none has.
std::size_t find_corridor(const geo::FeatureTable& corridors, const std::string& name);

/// Expected incidents per 100 km and month on the covered part; nothing where none is covered or no incident has a
/// date.
std::optional<double> per_100_km_month(const Study& study, const CorridorStudy& corridor);

} // namespace harmattan::app
