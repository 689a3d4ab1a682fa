#pragma once
// What a report says: summary, key numbers, figures, tables, method, limits and provenance of a study, in its language.
// Texts that pages say too are taken from there; numbers are the study's.

#include "app/report/report_page.hpp"
#include "app/scene_of.hpp"
#include "app/study.hpp"

#include <memory>

namespace harmattan::app {

/// Draws the figures, too, whatever the job's [figure] says. Throws what figures throw.
ReportContent report_content(const Study& study, const std::shared_ptr<const SceneParts>& parts);

} // namespace harmattan::app
