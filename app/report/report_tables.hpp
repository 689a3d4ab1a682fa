#pragma once
// The tables of a report: incidents by month and by unit, how well places are known, where every row went.

#include "app/report/report_page.hpp"
#include "app/scene_of.hpp"
#include "app/study.hpp"
#include "geo/series.hpp"

namespace harmattan::app {

/// Every month of the period, those without incidents too; without rows where no incident has a date.
ReportTable month_table(const Study& study, const geo::MonthlyCounts& counts);
/// The units with most incidents in the frame.
ReportTable leading_units_table(const Study& study, const geo::FeatureTable& units);
/// All units the source covers, by name: the data of the map. Folded.
ReportTable all_units_table(const Study& study, const geo::FeatureTable& units);
ReportTable precision_table(const Study& study);
ReportTable ledger_table(const Study& study);

/// "Mali" for "ML", in the study's language.
std::string country_name(const Study& study, const std::string& iso2);

} // namespace harmattan::app
