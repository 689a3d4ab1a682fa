#pragma once
// What one run is asked to do: the values of the map file with the command line's on top. Plain data; nothing is
// opened or computed yet.

#include "geo/density/kernel.hpp"
#include "geo/read_events.hpp"
#include "geo/space.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

enum class Language { en, fr };

struct Period {
    geo::Day first = 0, last = 0; ///< both included
};

struct Job {
    // [map]
    std::string title, description;
    Language language = Language::en;

    // [events]
    std::filesystem::path events; ///< empty: the demo table
    std::string schema, lon, lat, date, weight;
    std::string date_order; ///< "dmy" or "mdy"; empty: as the column proves
    std::optional<geo::Day> from, to;
    geo::DateMatch dates = geo::DateMatch::start;
    std::vector<std::string> where;    ///< COLUMN=VALUE or a MapLibre filter (JSON)
    std::optional<std::string> within; ///< W,S,E,N or a unit
    geo::PrecisionUse precision = geo::PrecisionUse::prior;
    double max_reject = 0.01;
    std::vector<std::string> covers; ///< countries the source covers; empty: told from the table

    // [frame]
    std::optional<geo::LonLatBox> bbox;
    std::vector<std::string> region;

    // [density]
    geo::Kernel kernel = geo::Kernel::gaussian;
    std::string bandwidth = "default"; ///< km, or a rule: default, scott, silverman
    std::optional<double> search_radius_km;
    std::optional<std::pair<double, double>> domain; ///< colour range, events per 1,000 km²

    // [layers]
    std::filesystem::path boundaries, corridors;

    // [corridors]: how incidents along them are counted
    double corridor_bin_km = 10;
    std::vector<double> corridor_bands_km{2, 5, 10, 25};
    double corridor_section_km = 50, corridor_smooth_km = 10;
    int corridor_worst = 10;           ///< sections that are ranked
    std::string via;                   ///< places whose way by road is the corridor: "Dakar;Kayes;Bamako"
    std::filesystem::path roads;       ///< the network for that
    int ways = 1;                      ///< how many different ways between two places
    std::string exposure;              ///< convoys a month, or a table of them; empty: not known
    std::filesystem::path checkpoints; ///< points along the corridors; empty: towns alone

    // [style]
    std::string style; ///< empty: "light" on screens, "print" on paper

    // [page] and [figure]: what stands on paper
    std::string crs; ///< empty: an equal-area one fitted to the frame
    std::optional<double> scale_denominator;
    std::optional<double> dpi; ///< of images, and of the heat in vector formats
    std::string paper = "A4", orientation = "auto";
    std::string map_number, map_version, glide, producer, contact, feedback, access, url, organisation;
    std::filesystem::path logo;
    std::vector<std::string> page_notes;  ///< the user's own notes beside those that rules add
    std::vector<std::string> disclaimers; ///< named wordings: "un"
    std::vector<std::string> blocks;      ///< "bars", "ranking", "strip"
    std::string corridor;                 ///< id or name of the strip's; empty: that with most incidents per km
    std::optional<geo::Day> as_of, created, accessed;
    std::string figure_kind = "map";    ///< "map", "multiples", "compare", "bars", "strip", "strip-months"
    std::string figure_width = "160mm"; ///< in mm or px
    std::string legend_place = "below";
    std::optional<int> columns; ///< of maps beside each other
    std::optional<std::pair<Period, Period>> compare;
    std::optional<int> figure_zoom; ///< the tiles' own frame at this zoom

    // [tiles]
    int min_zoom = 3, max_zoom = 9;
    std::string format = "png";
    int scale = 1;
    std::vector<std::string> sets{"all"};
    std::string base_url;

    // [run]
    int threads = 0; ///< 0: as many as the machine has
    std::size_t memory_bytes = std::size_t{1} << 30;

    std::vector<std::string> credit; ///< credit lines for the user's own files
    std::filesystem::path map_file;  ///< as named; empty: none

    std::string file;             ///< the map file's name, for messages and provenance; empty: none
    std::filesystem::path folder; ///< that relative paths of the map file start from
};

/// Whether the corridors are the user's, not the embedded ones.
inline bool has_own_corridors(const Job& job) { return !job.corridors.empty() || !job.via.empty(); }

/// Every file the job names to be read.
inline std::vector<std::filesystem::path> inputs_of(const Job& job) {
    return {job.events,
            job.map_file,
            job.boundaries,
            job.corridors,
            job.checkpoints,
            job.roads,
            std::filesystem::path(job.exposure),
            std::filesystem::path(job.style),
            job.logo};
}

} // namespace harmattan::app
