#include "app/paper/frame_counts.hpp"

#include "app/words.hpp"
#include "geo/counts.hpp"
#include "render/print/graticule.hpp"

#include <fmt/format.h>
#include <functional>
#include <vector>

namespace harmattan::app {

namespace {

/// "9°W–3°W, 11°N–15°N"
std::string box_text(const Study& study, const geo::LonLatBox& box) {
    const char* lang = french(study) ? "fr" : "en";
    return fmt::format("{}–{}, {}–{}", render::degree_text(box.west, true, lang),
                       render::degree_text(box.east, true, lang), render::degree_text(box.south, false, lang),
                       render::degree_text(box.north, false, lang));
}

} // namespace

FrameCounts frame_counts(const Study& study, const SceneParts& parts, const geo::LonLatBox& frame,
                         const std::string& place) {
    const bool by_units = !study.job.region.empty() && frame == study.frame;
    const std::function<bool(geo::LonLat)> holds =
        by_units ? inside_units(study.region, study.job.region) : [&](geo::LonLat at) { return frame.contains(at); };
    std::vector<std::uint32_t> held;
    for (std::size_t i = 0; i < study.incidents.events.size(); ++i)
        if (holds(study.incidents.events.at[i].degrees())) held.push_back(static_cast<std::uint32_t>(i));
    FrameCounts counts{geo::select_events(study.incidents.events, held),
                       parts.units,
                       held.size() == study.incidents.events.size(),
                       {}};
    geo::count_per_unit(counts.events, counts.units);
    if (!counts.all) {
        const std::string name = by_units && !place.empty() ? place : box_text(study, frame);
        counts.where = french(study) ? fmt::format(" ({})", name) : " in " + name;
    }
    return counts;
}

} // namespace harmattan::app
