#pragma once
// What a page says, in English or French: title, summary, legend, small print; numbers are the study's.

#include "app/paper/page_subject.hpp"
#include "app/scene_of.hpp"
#include "app/study.hpp"
#include "render/print/page.hpp"

#include <memory>

namespace harmattan::app {

/// `parts` outlive the content and the page made of it.
render::PageContent page_content(const Study& study, const std::shared_ptr<const SceneParts>& parts,
                                 const PageSubject& subject);

} // namespace harmattan::app
