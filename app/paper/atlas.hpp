#pragma once
// One page of a study, and an atlas of them: the index, then a page for every unit or corridor of the frame.

#include "app/paper/page_content.hpp"
#include "app/paper/paper_output.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace harmattan::app {

/// Paper as the job has it; with "auto" upright or not, whichever shows the frame at the larger scale.
render::PaperSize paper_for(const Study& study, const PageSubject& subject);

render::Page lay_out(const Study& study, const std::shared_ptr<const SceneParts>& parts, const PageSubject& subject,
                     double px_per_mm);

/// `by`: "admin1" or "corridors". Units in the frame whose country the data cover, of --region where it is given; by
/// name, whatever its accents. `progress` is called before each page is made. The study outlives the pages. Throws
/// Error usage where nothing lies in the frame.
PaperPages atlas_pages(const Study& study, const std::shared_ptr<const SceneParts>& parts, const std::string& by,
                       double px_per_mm, const std::function<void(std::size_t done, std::size_t all)>& progress);

/// Title, author and so on of the file.
PaperInfo paper_info(const Study& study, const SceneParts& parts, const PageSubject& subject);

} // namespace harmattan::app
