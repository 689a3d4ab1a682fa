// The counts of real events in real units, against numbers made with GEOS by others (data/README.md beside the data).
#include "geo/admin_index.hpp"
#include "geo/coincident.hpp"
#include "geo/counts.hpp"
#include "geo/read_events.hpp"
#include "geo/read_features.hpp"
#include "support/shared_data.hpp"

#include <gtest/gtest.h>
#include <map>

using namespace harmattan;
using namespace harmattan::geo;

namespace {

/// All rows at their coordinates, whatever their precision, with their country.
EventImport read_all(const std::filesystem::path& file) {
    ReadEventsOptions options;
    options.schema_dir = std::filesystem::path(HARMATTAN_TEST_DATA) / "schemas";
    options.precision = PrecisionUse::point;
    options.keep_columns = {"country"};
    return read_events(file, options);
}

/// UCDP's names of countries as ADM0_A3 codes.
std::string code_of(const std::string& country) {
    static const std::map<std::string, std::string> codes = {
        {"Mali", "MLI"}, {"Burkina Faso", "BFA"}, {"Niger", "NER"},   {"Ivory Coast", "CIV"},   {"Senegal", "SEN"},
        {"Togo", "TGO"}, {"Benin", "BEN"},        {"Nigeria", "NGA"}, {"Guinea-Bissau", "GNB"}, {"Algeria", "DZA"},
        {"Chad", "TCD"}, {"Guinea", "GIN"},       {"Ghana", "GHA"},   {"Mauritania", "MRT"}};
    const auto found = codes.find(country);
    return found == codes.end() ? country : found->second;
}

std::string country_of(const Events& events, std::size_t i) {
    const TextColumn* column = events.find_column("country");
    return column ? code_of(column->values[column->index[i]]) : std::string();
}

/// Appends `more` to `table`, keeping only the column that names the country.
FeatureTable countries_of(std::initializer_list<std::filesystem::path> files) {
    FeatureTable all;
    for (const std::filesystem::path& file : files) {
        const FeatureTable part = read_features(file).table;
        for (std::size_t f = 0; f < part.size(); ++f) {
            const std::size_t at = all.add_feature(part.type[f]);
            for (std::size_t p = part.part_begin[f]; p < part.part_begin[f + 1]; ++p) all.add_part(part.part(p));
            all.set(at, "code", part.text(f, part.find_column("ADM0_A3") ? "ADM0_A3" : "adm0_a3"));
        }
    }
    return all;
}

struct Agreement {
    int same = 0, other = 0, none = 0;
    bool operator==(const Agreement&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Agreement& a) {
    return out << a.same << " same, " << a.other << " other, " << a.none << " none";
}

Agreement compare(const Events& events, const FeatureTable& countries) {
    const AdminIndex index(countries);
    Agreement result;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::optional<std::size_t> unit = index.unit_at(events.at[i].degrees());
        if (!unit) ++result.none;
        else if (countries.text(*unit, "code") == country_of(events, i)) ++result.same;
        else ++result.other;
    }
    return result;
}

} // namespace

TEST(RealCounts, EventsLieInTheCountriesTheyNameAsGeosFindsThem) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    HARMATTAN_SHARED_FILE(merged, "data/incidents/ucdp_merged_region.csv");
    HARMATTAN_SHARED_FILE(countries, "data/boundaries/ne_10m_admin0.geojson");
    HARMATTAN_SHARED_FILE(context, "data/boundaries/ne_10m_admin0_context.geojson");
    const FeatureTable table = countries_of({countries, context});
    EXPECT_EQ(compare(read_all(file).events, table), (Agreement{5022, 34, 17}));
    EXPECT_EQ(compare(read_all(merged).events, table), (Agreement{11555, 105, 163}));
}

TEST(RealCounts, DistrictsOfTheThreeCountriesHoldWhatGeosFinds) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_merged_region.csv");
    HARMATTAN_SHARED_FILE(districts, "data/boundaries/sahel_adm2.fgb");
    EventImport all = read_all(file);
    Events three;
    std::vector<std::string> country;
    for (std::size_t i = 0; i < all.events.size(); ++i) {
        const std::string code = country_of(all.events, i);
        if (code != "MLI" && code != "BFA" && code != "NER") continue;
        three.at.push_back(all.events.at[i]);
        three.precision.push_back(all.events.precision[i]);
        country.push_back(code);
    }
    ASSERT_EQ(three.size(), 4353u);
    FeatureTable units = read_features(districts).table;
    const AdminIndex index(units);
    Agreement found;
    for (std::size_t i = 0; i < three.size(); ++i) {
        const auto unit = index.unit_at(three.at[i].degrees());
        ++(!unit ? found.none : units.text(*unit, "iso3") == country[i] ? found.same : found.other);
    }
    EXPECT_EQ(found, (Agreement{4344, 3, 6}));

    const CountsSummary summary = count_per_unit(three, units, index);
    EXPECT_EQ(summary.inside, 4347u);
    EXPECT_EQ(summary.outside, 6u);
    std::map<std::string, std::string> counted;
    for (std::size_t f = 0; f < units.size(); ++f) counted[units.text(f, "name")] = units.text(f, "incidents");
    EXPECT_EQ(counted["Soum"], "278");
    EXPECT_EQ(counted["Oudalan"], "149");
}

TEST(RealCounts, FiveThousandEventsStandOnTwoThousandPoints) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    HARMATTAN_SHARED_FILE(merged, "data/incidents/ucdp_merged_region.csv");
    const FeatureTable points = coincident_events(read_all(file).events);
    EXPECT_EQ(points.size(), 2049u);
    double total = 0;
    for (std::size_t f = 0; f < points.size(); ++f) total += std::get<double>(points.property(f, "count"));
    EXPECT_EQ(total, 5073);

    const FeatureTable region = coincident_events(read_all(merged).events);
    // 4,138 by their text; fifteen of those differ from another by less than a centimetre (1e-7 degree)
    EXPECT_EQ(region.size(), 4123u);
    EXPECT_EQ(region.text(0, "count"), "403"); // Maiduguri: 402 and one such
    EXPECT_EQ(region.part(0)[0], (LonLat{13.160274, 11.84644}));
}
