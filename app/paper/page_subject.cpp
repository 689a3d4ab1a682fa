#include "app/paper/page_subject.hpp"

#include "app/words.hpp"
#include "geo/features.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

namespace harmattan::app {

namespace {

geo::LonLat middle_of(const geo::FeatureTable& table, std::size_t f) {
    const auto* lon = std::get_if<double>(&table.property(f, "label_lon"));
    const auto* lat = std::get_if<double>(&table.property(f, "label_lat"));
    if (lon && lat) return {*lon, *lat};
    const geo::Extent<geo::LonLat> e = geo::envelope(table, f);
    return {(e.min_x + e.max_x) / 2, (e.min_y + e.max_y) / 2};
}

/// Countries named for a frame: those asked for, else the covered ones with most events, if they are at most three.
std::string place_of(const Study& study) {
    const geo::FeatureTable& countries = study.region.layer("countries");
    const char* name = name_column(study);
    std::vector<std::string> names;
    if (!study.job.region.empty()) {
        for (const geo::Region::Unit& unit : study.region.find_units(study.job.region)) {
            const geo::FeatureTable& layer = study.region.layer(unit.layer);
            names.push_back(layer.find_column(name) && !layer.text(unit.feature, name).empty()
                                ? layer.text(unit.feature, name)
                                : layer.text(unit.feature, "name"));
        }
    } else {
        for (std::size_t i = 0; i < countries.size(); ++i)
            if (std::binary_search(study.covered.begin(), study.covered.end(), countries.text(i, "iso2")) &&
                study.frame.contains(middle_of(countries, i)))
                names.push_back(countries.text(i, name));
    }
    return names.empty() || names.size() > 3 ? std::string() : fmt::format("{}", fmt::join(names, ", "));
}

/// Room around a box, so that a locator tells where it is: `times` its size, at least 14° wide and 10° high.
geo::LonLatBox around(const geo::LonLatBox& box) {
    constexpr double times = 2.2;
    const double width = std::max(14.0, box.width() * times), height = std::max(10.0, box.height() * times);
    const double lon = (box.west + box.east) / 2, lat = (box.south + box.north) / 2;
    return {std::max(lon - width / 2, -180.0), std::max(lat - height / 2, -85.0), std::min(lon + width / 2, 180.0),
            std::min(lat + height / 2, 85.0)};
}

} // namespace

std::string period_of(const Study& study) {
    const std::optional<Period> period = study_period(study);
    return period ? describe_period(period->first, period->last, study.job.language) : std::string();
}

std::set<std::string> asked_countries(const Study& study) {
    std::set<std::string> codes;
    if (!study.job.region.empty())
        for (const geo::Region::Unit& unit : study.region.find_units(study.job.region))
            codes.insert(study.region.layer(unit.layer).text(unit.feature, "iso2"));
    return codes;
}

PageSubject whole_subject(const Study& study) {
    PageSubject subject;
    subject.frame = study.frame;
    subject.place = place_of(study);
    subject.locator = around(study.frame);
    return subject;
}

} // namespace harmattan::app
