#pragma once
// What a figure shows and says: maps of one or several periods under one legend, or a chart; with the texts and the
// table that stand beside it in files of their own.

#include "app/scene_of.hpp"
#include "app/study.hpp"
#include "render/print/figure.hpp"

#include <memory>
#include <optional>
#include <string>

namespace harmattan::app {

/// Which figure of the study, and how it is laid out.
struct FigureRequest {
    std::string kind = "map";           ///< as Job::figure_kind
    std::string legend_place = "below"; ///< as Job::legend_place
    std::optional<int> columns;         ///< of maps beside each other
    std::optional<int> zoom;            ///< of the tiles' own frame
    std::optional<double> scale_denominator;
};
FigureRequest figure_request(const Job& job);

struct FigureParts {
    render::FigureContent content;
    std::string alt;     ///< one sentence for those who do not see the figure
    std::string summary; ///< one paragraph: what it shows, how it was made, its limits
    std::string csv;     ///< the data behind it
};

/// `parts` outlive the content. Throws Error usage (compare without two periods), bad_data (no dates).
FigureParts figure_parts(const Study& study, const FigureRequest& request,
                         const std::shared_ptr<const SceneParts>& parts);

} // namespace harmattan::app
