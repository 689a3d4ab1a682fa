#include "app/paper/charts_of.hpp"

#include "app/corridors/strip_of.hpp"
#include "app/paper/frame_counts.hpp"
#include "app/words.hpp"
#include "geo/error.hpp"
#include "geo/series.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace harmattan::app {

namespace {

double incidents_of(const geo::FeatureTable& units, std::size_t i) {
    const auto* value = std::get_if<double>(&units.property(i, "incidents"));
    return value ? *value : 0;
}

} // namespace

render::MonthBars month_bars(const Study& study, const FrameCounts& frame) {
    const geo::MonthlyCounts counts = geo::monthly_counts(frame.events, study.job.from, study.job.to);
    if (counts.months.empty() || (counts.events == 0 && counts.undated > 0))
        throw geo::Error(geo::ErrorKind::bad_data,
                         "bars by month: no incident has a date; name the column with --date");
    render::MonthBars bars;
    bars.title = fmt::format("{}{} (n = {})", words(study, "Incidents by month", "Incidents par mois"), frame.where,
                             describe_count(counts.events, study.job.language));
    std::vector<std::string> notes;
    if (std::any_of(counts.months.begin(), counts.months.end(), [](const geo::MonthCount& m) { return m.partial; }))
        notes.push_back(words(study, "Hatched: month covered in part.", "Hachuré : mois couvert en partie."));
    if (counts.undated > 0)
        notes.push_back(fmt::format(fmt::runtime(words(study, "Without a date: {}.", "Sans date : {}.")),
                                    describe_count(counts.undated, study.job.language)));
    if (counts.outside > 0)
        notes.push_back(fmt::format(
            fmt::runtime(words(study, "Begun outside the period: {}.", "Commencés hors de la période : {}.")),
            describe_count(counts.outside, study.job.language)));
    bars.note = fmt::format("{}", fmt::join(notes, " "));
    for (const geo::MonthCount& m : counts.months)
        bars.bars.push_back({m.year, m.month, static_cast<double>(m.events), m.partial});
    return bars;
}

std::vector<std::size_t> leading_units(const Study& study, const geo::FeatureTable& units,
                                       const geo::LonLatBox& frame) {
    const std::set<std::string> countries = asked_countries(study);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::string country = units.text(i, "iso2");
        if (!countries.empty() && !country.empty() && countries.count(country) == 0) continue;
        if (incidents_of(units, i) > 0 && geo::meets(frame, geo::envelope(units, i))) found.push_back(i);
    }
    std::stable_sort(found.begin(), found.end(),
                     [&](std::size_t a, std::size_t b) { return incidents_of(units, a) > incidents_of(units, b); });
    return found;
}

std::vector<render::RankingRow> ranking(const Study& study, const geo::FeatureTable& units, const geo::LonLatBox& frame,
                                        std::size_t most) {
    std::vector<render::RankingRow> rows;
    for (const std::size_t i : leading_units(study, units, frame)) {
        if (rows.size() == most) break;
        rows.push_back({units.text(i, "name"), incidents_of(units, i),
                        describe_count(static_cast<std::uint64_t>(incidents_of(units, i)), study.job.language)});
    }
    return rows;
}

void add_blocks(render::PageContent& content, const Study& study, const std::shared_ptr<const SceneParts>& parts,
                const PageSubject& subject, const FrameCounts& counts) {
    for (const std::string& name : study.job.blocks) {
        if (name == "bars")
            content.panel_blocks.push_back(
                [chart = month_bars(study, counts)](const render::Lettering& lettering, double width, double size_pt) {
                    return render::month_bars_block(lettering, chart, width, 30 * size_pt / 7, size_pt);
                });
        if (name == "ranking")
            content.panel_blocks.push_back(
                [rows = ranking(study, counts.units, subject.frame, 8),
                 title =
                     std::string(words(study, "Units with most incidents", "Unités les plus touchées (incidents)")) +
                     counts.where](const render::Lettering& lettering, double width, double size_pt) {
                    return render::ranking_block(lettering, title, rows, width, size_pt);
                });
        if (name == "strip") {
            const std::optional<std::size_t> corridor =
                subject.corridor ? subject.corridor : strip_corridor(study, parts->corridors, subject.frame);
            if (!corridor && !subject.unit)
                throw geo::Error(geo::ErrorKind::usage,
                                 "--blocks strip: no corridor meets the map's frame; name one with --corridor");
            if (!corridor) continue; // a unit of an atlas that none meets
            content.wide_blocks.push_back(
                [chart =
                     corridor_strip(study, study_corridor(study, parts->corridors, *corridor, corridor_events(study)))](
                    const render::Lettering& lettering, double width, double size_pt) {
                    return render::strip_chart_block(lettering, chart, width, size_pt / 7 * 28, size_pt);
                });
        }
    }
}

} // namespace harmattan::app
