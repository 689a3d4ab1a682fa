#include "app/paper/atlas.hpp"

#include "app/paper/atlas_index.hpp"
#include "app/paper/page_document.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/fold_name.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <utility>

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
        if (const std::string country = table.text(i, "iso2");
            units && !countries.empty() && !country.empty() && countries.count(country) == 0)
            continue;
        if (units) {
            const bool* covered = std::get_if<bool>(&table.property(i, "covered"));
            if (covered && !*covered) continue;
        }
        chosen.push_back(i);
    }
    std::ranges::stable_sort(chosen, {}, [&](std::size_t i) {
        const std::string name = table.text(i, "name");
        return std::pair(geo::fold_name(name), name);
    });
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
    const double beside = render::place_map(request, {0, 0, 199, 135}, 1).denominator,
                 below = render::place_map(request, {0, 0, 182, 165}, 1).denominator;
    return beside <= below ? upright.turned() : upright;
}

render::Page lay_out(const Study& study, const std::shared_ptr<const SceneParts>& parts, const PageSubject& subject,
                     double px_per_mm) {
    return render::lay_out_page(page_content(study, parts, subject), paper_for(study, subject), px_per_mm);
}

namespace {

class Atlas {
public:
    Atlas(const Study& study, std::shared_ptr<const SceneParts> parts, const std::string& by, double px_per_mm)
        : m_study(study), m_parts(std::move(parts)), m_units(by == "admin1"), m_px_per_mm(px_per_mm),
          m_chosen(chosen_features(study, table(), m_units)) {
        if (m_chosen.empty())
            throw geo::Error(geo::ErrorKind::usage, fmt::format("--atlas {}: none lies in the map's frame", by));
        for (const std::size_t feature : m_chosen) {
            AtlasEntry entry{table().text(feature, "name"), 0, std::nullopt};
            if (const auto* n = std::get_if<double>(&table().property(feature, "incidents")))
                entry.incidents = static_cast<std::uint64_t>(*n);
            m_entries.push_back(std::move(entry));
        }
        m_overview = whole_subject(study);
        m_paper = paper_for(study, m_overview);
        m_shares = share_out(m_entries, heading(), m_paper, study.job.language);
        for (std::size_t i = 0; i < m_entries.size(); ++i) m_entries[i].page = m_shares.size() + i + 1;
    }

    std::size_t size() const { return m_shares.size() + m_chosen.size(); }

    PaperPage page(std::size_t i) const {
        return i == 0 ? overview() : i < m_shares.size() ? more_index(i) : feature_page(i);
    }

private:
    const geo::FeatureTable& table() const { return m_units ? m_parts->units : m_parts->corridors; }
    render::Heading heading() const { return {m_study.title, "Index", {}}; }
    std::string number(std::size_t i) const { return fmt::format("{} / {}", i + 1, size()); }

    /// The entries of one page of the index.
    std::vector<AtlasEntry> entries(std::size_t page) const {
        const auto first = m_entries.begin() +
                           static_cast<std::ptrdiff_t>(std::accumulate(
                               m_shares.begin(), m_shares.begin() + static_cast<std::ptrdiff_t>(page), std::size_t{0}));
        return {first, first + static_cast<std::ptrdiff_t>(m_shares[page])};
    }

    PaperPage overview() const {
        PageSubject subject = m_overview;
        subject.page_number = number(0);
        render::PageContent content = page_content(m_study, m_parts, subject);
        content.panel_blocks.clear();
        content.wide_blocks.clear();
        if (m_shares[0] > 0) content.wide_blocks.push_back(index_block(entries(0), m_study.job.language));
        const render::Page page = render::lay_out_page(content, m_paper, m_px_per_mm);
        return {page.sheet, "Index", page.map.georeference()};
    }

    PaperPage more_index(std::size_t i) const {
        return {render::lay_out_text_page({heading(), number(i), index_block(entries(i), m_study.job.language)},
                                          m_paper, m_px_per_mm),
                fmt::format("Index {}", i + 1), std::nullopt};
    }

    PaperPage feature_page(std::size_t i) const {
        const std::size_t feature = m_chosen[i - m_shares.size()];
        PageSubject subject;
        subject.frame = box_of(table(), feature);
        subject.place = table().text(feature, "name");
        (m_units ? subject.unit : subject.corridor) = feature;
        subject.page_number = number(i);
        subject.in_atlas = true;
        subject.locator = m_overview.frame;
        const render::Page page = lay_out(m_study, m_parts, subject, m_px_per_mm);
        return {page.sheet, subject.place, page.map.georeference()};
    }

    const Study& m_study;
    std::shared_ptr<const SceneParts> m_parts;
    bool m_units;
    double m_px_per_mm;
    std::vector<std::size_t> m_chosen;
    std::vector<AtlasEntry> m_entries;
    PageSubject m_overview;
    render::PaperSize m_paper;
    std::vector<std::size_t> m_shares; ///< entries on each page of the index
};

} // namespace

PaperPages atlas_pages(const Study& study, const std::shared_ptr<const SceneParts>& parts, const std::string& by,
                       double px_per_mm, const std::function<void(std::size_t done, std::size_t all)>& progress) {
    const auto atlas = std::make_shared<const Atlas>(study, parts, by, px_per_mm);
    return {atlas->size(), [atlas, progress](std::size_t page) {
                progress(page + 1, atlas->size());
                return atlas->page(page);
            }};
}

PaperInfo paper_info(const Study& study, const SceneParts& parts, const PageSubject& subject) {
    PaperInfo info;
    const std::string period = period_of(study);
    info.title = study.title;
    if (!subject.place.empty() && info.title.find(subject.place) == std::string::npos)
        info.title += ", " + subject.place;
    if (!period.empty() && info.title.find(period) == std::string::npos) info.title += ", " + period;
    info.author = study.job.producer;
    info.subject = parts.density ? describe_method(parts.density->method, study.job.language) : study.job.description;
    info.keywords = french(study) ? "incidents, carte, densité, harmattan" : "incidents, map, density, harmattan";
    info.description = study.job.description;
    if (const std::optional<geo::Day> created = created_day(study.job)) info.created = geo::to_iso(*created);
    return info;
}

} // namespace harmattan::app
