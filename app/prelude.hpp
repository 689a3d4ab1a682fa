#pragma once
// What the commands begin with: the job checked, its study read, its ledger written, and all of it told.

#include "app/messages.hpp"
#include "app/scene_of.hpp"
#include "app/study.hpp"

#include <memory>
#include <optional>
#include <string>

namespace harmattan::app {

/// For a job that is drawn on paper, before anything is read: that style, CRS, date of making and logo are good.
/// Throws Error.
void check_paper_job(const Job& job, const std::string& default_style);

/// Reads the study, writes the whole ledger into a file where one is named (`force` replaces it), and says where the
/// rows went.
Study open_study(const Job& job, const std::optional<std::string>& ledger, bool force, const Messages& messages);

/// What a sheet's scene is made of, after saying how the density was estimated.
std::shared_ptr<const SceneParts> open_paper_parts(const Study& study, const std::string& default_style,
                                                   const Messages& messages);

} // namespace harmattan::app
