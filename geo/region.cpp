#include "geo/region.hpp"

#include "geo/error.hpp"
#include "geo/fold_name.hpp"
#include "geo/nearest_name.hpp"
#include "geo/read_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace harmattan::geo {

struct Region::Countries {
    explicit Countries(const FeatureTable& table);

    AdminIndex index;
    std::vector<std::string> iso2;                           ///< per feature
    std::map<std::string, std::size_t, std::less<>> by_name; ///< folded codes, names and aliases
};

Region::Countries::Countries(const FeatureTable& table) : index(table) {
    for (std::size_t f = 0; f < table.size(); ++f) {
        iso2.push_back(table.text(f, "iso2"));
        for (const char* column : {"iso2", "iso3", "iso_num", "name_en", "name_fr"})
            by_name.emplace(fold_name(table.text(f, column)), f);
        const std::string aliases = table.text(f, "aliases");
        for (std::size_t from = 0; from < aliases.size();) {
            const std::size_t to = std::min(aliases.find(';', from), aliases.size());
            by_name.emplace(fold_name(std::string_view(aliases).substr(from, to - from)), f);
            from = to + 1;
        }
    }
}

namespace {

bool is_level(std::string_view name) {
    return name.starts_with("admin") && name.size() == 6 && std::isdigit(static_cast<unsigned char>(name[5]));
}

/// "ML0502", "NE005001": a country code and digits, as OCHA's COD-AB has them.
bool looks_like_pcode(std::string_view name) {
    const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    return name.size() >= 4 && letter(name[0]) && letter(name[1]) && std::all_of(name.begin() + 2, name.end(), digit);
}

constexpr std::string_view boundaries_remedy = "give a file with that level by --boundaries FILE";

} // namespace

Region::Region(std::filesystem::path data)
    : m_data(std::move(data)), m_manifest(read_region_manifest(m_data / "region" / "region.json")) {}

bool Region::has_layer(std::string_view name) const {
    return std::any_of(m_manifest.credits.begin(), m_manifest.credits.end(),
                       [&](const RegionCredit& credit) { return credit.layer == name; });
}

const FeatureTable& Region::layer(const std::string& name) const {
    if (const auto read = m_layers.find(name); read != m_layers.end()) return read->second;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < m_manifest.credits.size(); ++i) {
        names.push_back(m_manifest.credits[i].layer);
        if (names.back() != name) continue;
        FeatureTable table = read_features(m_data / "region" / m_manifest.files[i]).table;
        table.name = name;
        return m_layers.emplace(name, std::move(table)).first->second;
    }
    if (is_level(name))
        throw Error(ErrorKind::bad_config,
                    fmt::format("the embedded region has no level '{}', only countries (admin0) and admin1; {}", name,
                                boundaries_remedy));
    throw Error(ErrorKind::bad_config, fmt::format("the embedded region has no layer '{}'{}; it has: {}", name,
                                                   did_you_mean(name, names), fmt::join(names, ", ")));
}

const Region::Countries& Region::countries() const {
    if (!m_countries) m_countries = std::make_shared<const Countries>(layer("countries"));
    return *m_countries;
}

std::string Region::country_at(LonLat place) const {
    const Countries& known = countries();
    const std::optional<std::size_t> unit = known.index.unit_at(place);
    return unit ? known.iso2[*unit] : std::string();
}

std::string Region::country_code(std::string_view name) const {
    const Countries& known = countries();
    const auto find = [&](std::string_view spelling) { return known.by_name.find(fold_name(spelling)); };
    auto found = find(name);
    if (const std::size_t bracket = name.find('('); found == known.by_name.end() && bracket != name.npos && bracket > 0)
        found = find(name.substr(0, bracket));
    return found == known.by_name.end() ? std::string() : known.iso2[found->second];
}

Region::Unit Region::find_unit(const std::string& name) const {
    const std::string folded = fold_name(name);
    if (const auto country = countries().by_name.find(folded); country != countries().by_name.end())
        return {"countries", country->second};

    const FeatureTable& admin1 = layer("admin1");
    std::vector<std::size_t> matches;
    for (std::size_t f = 0; f < admin1.size(); ++f) {
        if (fold_name(admin1.text(f, "code")) == folded) return {"admin1", f};
        for (const char* column : {"name", "name_en", "name_fr"})
            if (fold_name(admin1.text(f, column)) == folded) {
                matches.push_back(f);
                break;
            }
    }
    if (matches.size() == 1) return {"admin1", matches.front()};
    if (matches.size() > 1) {
        std::vector<std::string> codes;
        for (const std::size_t f : matches) codes.push_back(admin1.text(f, "code"));
        throw Error(ErrorKind::bad_config, fmt::format("'{}' is the name of {} units; use the code: {}", name,
                                                       matches.size(), fmt::join(codes, ", ")));
    }
    if (looks_like_pcode(name))
        throw Error(ErrorKind::bad_config,
                    fmt::format("'{}' looks like a P-code, and the embedded region has none (countries by "
                                "ISO code, first-level units by ISO 3166-2); {}",
                                name, boundaries_remedy));
    std::vector<std::string> known;
    const FeatureTable& all = layer("countries");
    for (std::size_t f = 0; f < all.size(); ++f)
        known.push_back(all.text(f, "name_en")), known.push_back(all.text(f, "name_fr"));
    for (std::size_t f = 0; f < admin1.size(); ++f) known.push_back(admin1.text(f, "name"));
    throw Error(ErrorKind::bad_config,
                fmt::format("the embedded region has no country or first-level unit '{}'{}; name it by its "
                            "code (ML, MLI, ML-5) or name, or {}",
                            name, did_you_mean(name, known), boundaries_remedy));
}

std::vector<Region::Unit> Region::find_units(const std::vector<std::string>& names) const {
    std::vector<Unit> units;
    for (const std::string& name : names) {
        Unit unit = find_unit(name);
        if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(std::move(unit));
    }
    return units;
}

LonLatBox Region::box_of(const std::vector<Unit>& units, double share) const {
    Extent<LonLat> box;
    for (const Unit& unit : units) {
        const Extent<LonLat> e = envelope(layer(unit.layer), unit.feature);
        box.add({e.min_x, e.min_y}), box.add({e.max_x, e.max_y});
    }
    if (box.empty()) return frame();
    const Extent<LonLat> padded = box.grown(share * std::max(box.width(), box.height()));
    const LonLatBox whole = frame();
    return {std::max(padded.min_x, whole.west), std::max(padded.min_y, whole.south), std::min(padded.max_x, whole.east),
            std::min(padded.max_y, whole.north)};
}

} // namespace harmattan::geo
