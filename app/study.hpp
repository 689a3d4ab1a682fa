#pragma once
// A job's data, read and analysed: the incidents with their ledger, the region, what is drawn, what the source covers.
// Everything after it (density, scene, raster, site) is made from a Study.

#include "app/describe.hpp"
#include "app/job.hpp"
#include "geo/read_events.hpp"
#include "geo/region.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

/// One line of credit that every output of the data must show.
struct Credit {
    std::string what, text, licence;
};

struct Study {
    Job job;
    geo::Region region;
    geo::EventImport incidents;
    geo::LonLatBox frame;
    std::vector<std::string> covered; ///< ISO codes of the countries the source covers, sorted
    std::string title;
    std::vector<Credit> credits;
};

/// Reads all that the job names. Throws Error.
Study read_study(const Job& job);

/// Whether a place lies in one of the region's units of these names. Throws Error bad_config (see Region::find_units).
std::function<bool(geo::LonLat)> inside_units(const geo::Region& region, const std::vector<std::string>& names);

/// Polygons of the countries the source covers: what heat is masked to.
geo::FeatureTable covered_land(const Study& study);

/// The period asked for, else that of the events; nothing where no event has a date.
std::optional<Period> study_period(const Study& study);

/// What the source line of a map says: credits joined.
std::string attribution(const Study& study);

} // namespace harmattan::app
