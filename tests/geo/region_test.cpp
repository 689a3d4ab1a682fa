#include "geo/admin_index.hpp"
#include "geo/counts.hpp"
#include "geo/error.hpp"
#include "geo/region.hpp"
#include "support/temp_folder.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace harmattan;
using namespace harmattan::geo;

namespace {

const Region& region() {
    static const Region one(HARMATTAN_TEST_DATA);
    return one;
}

std::string error_of(const std::vector<std::string>& names) {
    try {
        region().find_units(names);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_config);
        return error.line();
    }
    ADD_FAILURE() << "found";
    return {};
}

void expect_says(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

} // namespace

TEST(Region, EveryLayerOfTheManifestCanBeReadAndIsOfItsKind) {
    const std::vector<std::pair<std::string, GeometryType>> kinds = {
        {"countries", GeometryType::polygon},    {"admin1", GeometryType::polygon}, {"boundaries", GeometryType::line},
        {"coast", GeometryType::line},           {"rivers", GeometryType::line},    {"lakes", GeometryType::polygon},
        {"surroundings", GeometryType::polygon}, {"places", GeometryType::point},   {"corridors", GeometryType::line}};
    EXPECT_EQ(region().credits().size(), kinds.size());
    for (const auto& [name, type] : kinds) {
        ASSERT_TRUE(region().has_layer(name));
        const FeatureTable& table = region().layer(name);
        EXPECT_GT(table.size(), 0u);
        for (std::size_t f = 0; f < table.size(); ++f) ASSERT_EQ(table.type[f], type) << name;
    }
    EXPECT_EQ(region().layer("corridors").size(), 12u);
    for (const RegionCredit& credit : region().credits())
        EXPECT_FALSE(credit.credit_en.empty() || credit.licence.empty());
}

TEST(Region, LandGoesOnBeyondTheFrame) {
    const AdminIndex beyond(region().layer("surroundings"));
    const LonLatBox frame = region().frame();
    constexpr double step = 0.25, off = 0.05; // degrees
    int land = 0, false_coast = 0;
    const auto compare = [&](LonLat inside, LonLat outside) {
        if (region().country_at(inside).empty()) return;
        ++land;
        false_coast += !beyond.unit_at(outside);
    };
    for (double lon = frame.west + step; lon < frame.east; lon += step) {
        compare({lon, frame.south + off}, {lon, frame.south - off});
        compare({lon, frame.north - off}, {lon, frame.north + off});
    }
    for (double lat = frame.south + step; lat < frame.north; lat += step) {
        compare({frame.west + off, lat}, {frame.west - off, lat});
        compare({frame.east - off, lat}, {frame.east + off, lat});
    }
    EXPECT_GT(land, 250);
    EXPECT_LE(false_coast, land / 50); // where a true coast meets the frame
}

TEST(Region, BeyondTheFrameTheSeaIsNoLand) {
    const AdminIndex beyond(region().layer("surroundings"));
    for (const LonLat sea : {LonLat{-30, 10},
                             {-40, -20},
                             {0, -20},
                             {5, 39.5},
                             {-10, 45},
                             {35, 43},
                             {51, 42},
                             {60, 10},
                             {70, -40},
                             {-150, 0},
                             {170, 40}})
        EXPECT_FALSE(beyond.unit_at(sea)) << sea.lon << ", " << sea.lat;
    for (const LonLat land : {LonLat{-4, 40}, {45, 50}, {45, 25}, {25, -20}, {-60, -10}, {-100, 40}, {135, -25}})
        EXPECT_TRUE(beyond.unit_at(land)) << land.lon << ", " << land.lat;
}

TEST(Region, LakesThatMeetTheFrameAreWhole) {
    const FeatureTable& lakes = region().layer("lakes");
    double victoria = 0;
    for (std::size_t f = 0; f < lakes.size(); ++f)
        if (lakes.text(f, "name_en") == "Lake Victoria") victoria = std::get<double>(lakes.property(f, "area_km2"));
    EXPECT_NEAR(victoria, 68'000, 2'000); // as usually published
}

TEST(Region, ALevelThatIsNotThereNamesTheRemedy) {
    try {
        region().layer("admin2");
        FAIL();
    } catch (const Error& error) { expect_says(error.line(), "--boundaries FILE"); }
    try {
        region().layer("river");
        FAIL();
    } catch (const Error& error) { expect_says(error.line(), "did you mean 'rivers'"); }
    EXPECT_FALSE(region().has_layer("admin2"));
}

TEST(Region, CountriesAreKnownByCodesNamesAndAliases) {
    for (const char* name :
         {"CI", "ci", "CIV", "384", "Côte d'Ivoire", "cote d’ivoire", "Ivory Coast", "COTE D'IVOIRE"})
        EXPECT_EQ(region().country_code(name), "CI") << name;
    EXPECT_EQ(region().country_code("Tchad"), "TD");
    EXPECT_EQ(region().country_code("DR Congo (Zaire)"), "CD");
    EXPECT_EQ(region().country_code("Chad (formerly)"), "TD");
    EXPECT_EQ(region().country_code("Guinea-Bissau"), "GW");
    EXPECT_EQ(region().country_code("Niger"), "NE");
    EXPECT_EQ(region().country_code("Atlantis"), "");
    EXPECT_EQ(region().country_code(""), "");
}

TEST(Region, PlacesLieInTheirCountries) {
    EXPECT_EQ(region().country_at({-8.0, 12.65}), "ML");
    EXPECT_EQ(region().country_at({-1.52, 12.37}), "BF");
    EXPECT_EQ(region().country_at({2.11, 13.51}), "NE");
    EXPECT_EQ(region().country_at({-13.0, 24.5}), "EH");
    EXPECT_EQ(region().country_at({-20.0, 5.0}), "");
    EXPECT_EQ(region().country_at({100.0, 5.0}), "");
}

TEST(Region, UnitsAreFoundByCodeAndName) {
    const auto units = region().find_units({"ML", "Burkina Faso", "MLI", "Segou", "NE-1"});
    ASSERT_EQ(units.size(), 4u); // Mali once
    EXPECT_EQ(units[0].layer, "countries");
    EXPECT_EQ(region().layer("countries").text(units[0].feature, "iso2"), "ML");
    EXPECT_EQ(region().layer("admin1").text(units[2].feature, "name"), "Ségou");
    EXPECT_EQ(region().layer("admin1").text(units[3].feature, "code"), "NE-1");
    EXPECT_EQ(region().find_units({"Niger"})[0].layer, "countries"); // not the Nigerian state
}

TEST(Region, NamesThatAreNotThereComeWithHelp) {
    expect_says(error_of({"Burkina Fasso"}), "did you mean 'Burkina Faso'");
    expect_says(error_of({"Mopty"}), "did you mean 'Mopti'");
    expect_says(error_of({"ML0502"}), "--boundaries FILE");
    expect_says(error_of({"Savanes"}), "TG-S");
}

TEST(Region, TheBoxOfUnitsIsPaddedAndInTheFrame) {
    const LonLatBox box = region().box_of(region().find_units({"ML", "BF", "NE"}), 0.03);
    EXPECT_NEAR(box.west, -12.26 - 0.85, 0.1);
    EXPECT_NEAR(box.east, 16.0 + 0.85, 0.1);
    EXPECT_NEAR(box.south, 9.4 - 0.85, 0.1);
    EXPECT_NEAR(box.north, 25.0 + 0.85, 0.1);
    const LonLatBox egypt = region().box_of(region().find_units({"EG"}), 0.5);
    EXPECT_EQ(egypt.east, region().frame().east);
}

TEST(Region, AreasOnTheEllipsoidAreThoseOfTheDataScript) {
    // two ways to the same area: the script sums over the authalic latitude, here edges are geodesics
    const FeatureTable& countries = region().layer("countries");
    for (std::size_t f = 0; f < countries.size(); ++f) {
        const double stated = std::get<double>(countries.property(f, "area_km2"));
        EXPECT_NEAR(area_km2(countries, f), stated, 0.001 * stated + 0.5) << countries.text(f, "name_en");
    }
}

TEST(Region, AMissingDataFolderSaysWhereItLooked) {
    const test::TempFolder folder;
    try {
        Region{folder.path()};
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::no_input);
        expect_says(error.line(), "HARMATTAN_DATA");
    }
    std::filesystem::create_directory(folder.path() / "region");
    folder.write("region/region.json", "{\"frame\": 3}");
    EXPECT_THROW(Region{folder.path()}, Error);
}
