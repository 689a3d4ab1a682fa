#include "app/shown_months.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

namespace harmattan::app {

geo::MonthlyCounts shown_months(const Study& study, std::string_view what, std::size_t most) {
    geo::MonthlyCounts counts = geo::monthly_counts(study.incidents.events, study.job.from, study.job.to);
    if (counts.months.empty())
        throw geo::Error(geo::ErrorKind::bad_data,
                         fmt::format("{}: no incident has a date; name the column with --date", what));
    if (counts.months.size() > most)
        throw geo::Error(geo::ErrorKind::usage, fmt::format("{}: {} months are more than can be read (at most {}); "
                                                            "narrow the period with --from and --to",
                                                            what, counts.months.size(), most));
    return counts;
}

} // namespace harmattan::app
