#include "app/atlas.hpp"

#include "app/charts_of.hpp"
#include "app/page_document.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

geo::LonLatBox box_of(const geo::FeatureTable& table, std::size_t f) {
    const geo::Extent<geo::LonLat> e = geo::envelope(table, f);
    const double margin = 0.06 * std::max({e.width(), e.height(), 0.2});
    return {e.min_x - margin, e.min_y - margin, e.max_x + margin, e.max_y + margin};
}

bool within(const geo::LonLatBox& frame, const geo::Extent<geo::LonLat>& e) {
    return frame.contains({(e.min_x + e.max_x) / 2, (e.min_y + e.max_y) / 2});
}

/// The features that get a page, in the order of their names.
std::vector<std::size_t> chosen_features(const Study& study, const geo::FeatureTable& table, bool units) {
    std::vector<std::size_t> chosen;
    const std::set<std::string> countries = asked_countries(study);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const geo::Extent<geo::LonLat> e = geo::envelope(table, i);
        if (e.empty() || !within(study.frame, e)) continue;
        if (const std::string country = table.text(i, "iso2"); units && !countries.empty() && !country.empty() && countries.count(country) == 0) continue;
        if (units) {
            const bool* covered = std::get_if<bool>(&table.property(i, "covered"));
            if (covered && !*covered) continue;
        }
        chosen.push_back(i);
    }
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return table.text(a, "name") < table.text(b, "name"); });
    return chosen;
}

} // namespace

render::PaperSize paper_for(const Study& study, const PageSubject& subject) {
    const render::PaperSize given = *render::find_paper_size(study.job.paper);
    const render::PaperSize upright = given.is_landscape() ? given.turned() : given;
    if (study.job.orientation == "portrait") return upright;
    if (study.job.orientation == "landscape") return upright.turned();
    if (study.job.paper.find('x') != std::string::npos) return given; // a size in mm says which way it stands
    render::MapRequest request;
    request.frame = subject.frame;
    request.crs = study.job.crs;
    // The maps' slots of both layouts, mm of an A4.
    const double beside = render::place_map(request, {0, 0, 199, 135}, 1).denominator, below = render::place_map(request, {0, 0, 182, 165}, 1).denominator;
    return beside <= below ? upright.turned() : upright;
}

render::Page lay_out(const Study& study, const std::shared_ptr<const SceneParts>& parts, const PageSubject& subject, double px_per_mm) {
    return render::lay_out_page(page_content(study, parts, subject), paper_for(study, subject), px_per_mm);
}

std::vector<PaperPage> atlas_pages(const Study& study, const std::shared_ptr<const SceneParts>& parts, const std::string& by, double px_per_mm,
                                   const std::function<void(std::size_t done, std::size_t all)>& progress) {
    const bool units = by == "admin1";
    const geo::FeatureTable& table = units ? parts->units : parts->corridors;
    const std::vector<std::size_t> chosen = chosen_features(study, table, units);
    if (chosen.empty()) throw geo::Error(geo::ErrorKind::usage, fmt::format("--atlas {}: none lies in the map's frame", by));
    const std::size_t all = chosen.size() + 1;
    const auto number = [&](std::size_t page) { return fmt::format("{} / {}", page, all); };

    std::vector<PaperPage> pages;
    progress(1, all);
    PageSubject overview = whole_subject(study);
    overview.page_number = number(1);
    render::PageContent index = page_content(study, parts, overview);
    std::vector<AtlasEntry> entries;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        AtlasEntry entry{table.text(chosen[i], "name"), i + 2, std::nullopt};
        if (const auto* n = std::get_if<double>(&table.property(chosen[i], "incidents"))) entry.incidents = static_cast<std::uint64_t>(*n);
        entries.push_back(std::move(entry));
    }
    add_index(index, study, std::move(entries));
    const render::Page first = render::lay_out_page(index, paper_for(study, overview), px_per_mm);
    pages.push_back({first.sheet, "Index", first.map.georeference()});
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        progress(i + 2, all);
        PageSubject subject;
        subject.frame = box_of(table, chosen[i]);
        subject.place = table.text(chosen[i], "name");
        (units ? subject.unit : subject.corridor) = chosen[i];
        subject.page_number = number(i + 2);
        subject.in_atlas = true;
        subject.locator = overview.frame;
        const render::Page page = lay_out(study, parts, subject, px_per_mm);
        pages.push_back({page.sheet, subject.place, page.map.georeference()});
    }
    return pages;
}

PaperInfo paper_info(const Study& study, const SceneParts& parts, const PageSubject& subject) {
    PaperInfo info;
    const std::string period = period_of(study);
    info.title = study.title;
    if (!subject.place.empty() && info.title.find(subject.place) == std::string::npos) info.title += ", " + subject.place;
    if (!period.empty() && info.title.find(period) == std::string::npos) info.title += ", " + period;
    info.author = study.job.producer;
    info.subject = parts.density ? describe_method(parts.density->method, study.job.language) : study.job.description;
    info.keywords = french(study) ? "incidents, carte, densité, harmattan" : "incidents, map, density, harmattan";
    info.description = study.job.description;
    if (const std::optional<geo::Day> created = created_day(study.job)) info.created = geo::to_iso(*created);
    return info;
}

} // namespace harmattan::app
