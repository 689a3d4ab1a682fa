#include "geo/reading/axis_check.hpp"
#include "geo/region.hpp"
#include "support/shared_data.hpp"

#include "event_tables.hpp"

namespace harmattan::geo {

using test::contains;
using test::event_options;
using test::read_table;

namespace {

const Region& region() {
    static const Region embedded(HARMATTAN_TEST_DATA);
    return embedded;
}

std::string verdict(const EventImport& import) {
    try {
        check_axes(
            import, [](LonLat at) { return region().country_at(at); },
            [](std::string_view name) { return region().country_code(name); });
        return "right";
    } catch (const Error& error) { return fmt::format("{}: {}", exit_code(error.kind()), error.line()); }
}

/// A table of the real events that `wanted` takes, its columns named as they are or exchanged.
std::string table_of(const EventImport& real, bool exchanged, bool with_country,
                     const std::function<bool(std::size_t)>& wanted) {
    std::string text = exchanged ? "latitude,longitude,country\n" : "longitude,latitude,country\n";
    const TextColumn& country = real.events.columns.at(0);
    for (std::size_t i = 0; i < real.events.size(); ++i) {
        if (!wanted(i)) continue;
        const LonLat at = real.events.at[i].degrees();
        text += fmt::format("{:.7f},{:.7f},{}\n", at.lon, at.lat, with_country ? country.values[country.index[i]] : "");
    }
    return text;
}

} // namespace

TEST(AxisCheck, TenExchangedSetsAreFlaggedAndTenRightOnesAreNot) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    const EventImport real = read_events(file, event_options());
    const TextColumn& country = real.events.columns.at(0);
    const auto in = [&](std::string_view name) {
        return [&country, name](std::size_t i) { return country.values[country.index[i]] == name; };
    };
    std::vector<std::function<bool(std::size_t)>> sets{in("Mali"),
                                                       in("Burkina Faso"),
                                                       in("Niger"),
                                                       in("Ivory Coast"),
                                                       in("Togo"),
                                                       in("Benin"),
                                                       [](std::size_t) { return true; },
                                                       [](std::size_t i) { return i % 1000 == 0; },
                                                       [](std::size_t i) { return i == 2500; },
                                                       [](std::size_t i) { return i % 7 == 3; }};
    for (std::size_t s = 0; s < sets.size(); ++s) {
        EXPECT_EQ(verdict(read_table(table_of(real, false, true, sets[s]))), "right") << s;
        const std::string said = verdict(read_table(table_of(real, true, true, sets[s])));
        EXPECT_TRUE(contains(
            said,
            "65: longitude and latitude seem exchanged: with 'longitude' as longitude and 'latitude' as latitude"))
            << s;
        EXPECT_TRUE(contains(said, "say --lon 'latitude' --lat 'longitude'"));
    }
}

TEST(AxisCheck, WithoutACountryColumnTheRegionsLandDecidesWhereItCan) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    const EventImport real = read_events(file, event_options());
    const auto mali = [&](std::size_t i) {
        return real.events.columns[0].values[real.events.columns[0].index[i]] == "Mali";
    };
    EXPECT_EQ(verdict(read_table(table_of(real, false, false, mali))), "right");
    const std::string exchanged = table_of(real, true, false, mali);
    EXPECT_TRUE(contains(verdict(read_table(exchanged)), "lie in a country of the region"));
    ReadEventsOptions options = event_options();
    options.lon = "longitude", options.lat = "latitude";
    EXPECT_EQ(verdict(read_table(exchanged, options)), "right") << "columns that the user names are believed";
    const std::string with_country = table_of(real, true, true, mali);
    EXPECT_TRUE(contains(verdict(read_table(with_country, options)), "in the country of their column 'country'"));
}

TEST(AxisCheck, TablesOfOtherPartsOfTheWorldAreLeftAlone) {
    std::string ukraine = "longitude,latitude,country\n", sea = "longitude,latitude\n";
    for (int i = 0; i < 50; ++i) {
        ukraine += fmt::format("{},{},Ukraine\n", 30 + i * 0.1, 47 + i * 0.05);
        sea += fmt::format("{},{}\n", -40 + i * 0.1, -30 + i * 0.1);
    }
    EXPECT_EQ(verdict(read_table(ukraine)), "right");
    EXPECT_EQ(verdict(read_table(sea)), "right");
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v21_1_global.csv.gz");
    EXPECT_EQ(verdict(read_events(file, event_options())), "right");
}

TEST(AxisCheck, TheMadeUpTableIsRight) {
    EXPECT_EQ(verdict(read_events(HARMATTAN_TEST_DATA "/demo/incidents.csv", event_options())), "right");
}

} // namespace harmattan::geo
