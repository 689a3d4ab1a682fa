#include "app/prelude.hpp"

#include "app/data_folder.hpp"
#include "app/output_file.hpp"
#include "app/paper/page_document.hpp"
#include "app/provenance.hpp"
#include "geo/crs_transform.hpp"
#include "render/print/picture.hpp"
#include "styles/shipped.hpp"

#include <fmt/format.h>

namespace harmattan::app {

void check_paper_job(const Job& job, const std::string& default_style) {
    styles::open_style(job.style.empty() ? default_style : job.style, styles_folder());
    if (!job.crs.empty()) geo::CrsTransform{job.crs};
    created_day(job);
    if (!job.logo.empty()) render::read_picture(job.logo, 1, 1);
}

Study open_study(const Job& job, const std::optional<std::string>& ledger, bool force, const Messages& messages) {
    Study study = read_study(job);
    if (ledger) write_output_file(*ledger, ledger_file_json(study.incidents), force);
    messages.say(
        fmt::format("{}: {}", study.incidents.source.file, describe_ledger(study.incidents.ledger, Language::en)));
    return study;
}

std::shared_ptr<const SceneParts> open_paper_parts(const Study& study, const std::string& default_style,
                                                   const Messages& messages) {
    auto parts = std::make_shared<const SceneParts>(
        gather_paper_parts(study, default_style, [&](const std::string& text) { messages.warn(text); }));
    if (parts->density) messages.say(describe_method(parts->density->method, Language::en));
    return parts;
}

} // namespace harmattan::app
