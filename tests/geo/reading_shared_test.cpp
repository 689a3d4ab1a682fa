// Every file of real incidents, against the counts its own README states.

#include "geo/day.hpp"
#include "support/shared_data.hpp"

#include "event_tables.hpp"

#include <algorithm>

namespace harmattan::geo {

using test::contains;
using test::event_options;
using test::Reasons;

namespace {

std::string box_of(const EventSource& source) {
    return fmt::format("{:.3f},{:.3f},{:.3f},{:.3f}", source.extent.min_x, source.extent.min_y, source.extent.max_x,
                       source.extent.max_y);
}

std::string days_of(const EventSource& source) { return to_iso(*source.first_day) + ".." + to_iso(*source.last_day); }

/// With every row at its coordinates, as the README counts them.
ReadEventsOptions all_rows() {
    ReadEventsOptions options = event_options();
    options.precision = PrecisionUse::point;
    return options;
}

} // namespace

TEST(RealIncidents, UcdpSahel) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v24_1_sahel.csv");
    ReadEventsOptions options = event_options();
    options.weight = "best_est"; // another spelling of the column
    const EventImport import = read_events(file, options);
    EXPECT_EQ(import.ledger.rows, 5073u);
    EXPECT_EQ(import.ledger.counted, (Reasons{{"country_only", 47}}));
    EXPECT_TRUE(import.ledger.rejected.empty());
    EXPECT_EQ(import.source.precision_mix, (std::vector<std::uint64_t>{2373, 1587, 405, 132, 528, 1}));
    EXPECT_EQ(import.source.columns.size(), 47u);
    EXPECT_EQ(import.source.weight_column, "best");
    EXPECT_EQ(import.source.countries.size(), 8u);
    EXPECT_EQ(days_of(import.source), "1989-04-09..2023-12-31");
    std::size_t long_events = 0;
    for (std::size_t i = 0; i < import.events.size(); ++i)
        long_events += import.events.last_day[i] > import.events.first_day[i];

    const EventImport every = read_events(file, all_rows());
    EXPECT_EQ(every.ledger.drawn, 5073u);
    EXPECT_EQ(box_of(every.source), "-17.338,4.362,13.708,21.941");
    long_events = 0;
    for (std::size_t i = 0; i < every.events.size(); ++i)
        long_events += every.events.last_day[i] > every.events.first_day[i];
    EXPECT_EQ(long_events, 1165u);
    std::vector<LonLatE7> at = every.events.at;
    std::ranges::sort(at);
    at.erase(std::unique(at.begin(), at.end()), at.end());
    EXPECT_EQ(at.size(), 2049u);
}

TEST(RealIncidents, UcdpRegionAndMerged) {
    HARMATTAN_SHARED_FILE(region, "data/incidents/ucdp_ged_v21_1_region.csv");
    const EventImport older = read_events(region, event_options());
    EXPECT_EQ(older.ledger.drawn, 8612u);
    EXPECT_EQ(box_of(older.source), "-17.338,4.286,22.953,37.054");
    EXPECT_EQ(days_of(older.source), "1989-02-28..2020-12-31");
    HARMATTAN_SHARED_FILE(merged, "data/incidents/ucdp_merged_region.csv");
    ReadEventsOptions options = event_options();
    options.weight = "best";
    const EventImport all = read_events(merged, options);
    EXPECT_EQ(all.ledger.drawn, 11823u);
    EXPECT_EQ(days_of(all.source), "1989-02-28..2026-01-31");
    double deaths = 0;
    std::size_t maiduguri = 0;
    for (std::size_t i = 0; i < all.events.size(); ++i) {
        deaths += all.events.weight_of(i);
        maiduguri += all.events.at[i] == LonLatE7{131602740, 118464400};
    }
    EXPECT_EQ(deaths, 106858);
    EXPECT_EQ(maiduguri, 403u) << "402 written 11.84644, and one 11.846440";
}

TEST(RealIncidents, UcdpGlobalInGzip) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v21_1_global.csv.gz");
    const EventImport import = read_events(file, event_options());
    EXPECT_EQ(import.ledger.drawn, 176579u);
    EXPECT_EQ(box_of(import.source), "-117.300,-37.814,155.817,68.979");
    EXPECT_EQ(days_of(import.source), "1989-01-01..2020-12-31");
}

TEST(RealIncidents, UcdpSampleOf49Columns) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/ucdp_ged_v23_1_sample1000_49col.csv");
    const EventImport import = read_events(file, event_options());
    EXPECT_EQ(import.ledger.rows, 1000u);
    EXPECT_EQ(import.source.columns.size(), 49u);
    EXPECT_TRUE(import.ledger.rejected.empty());
    EXPECT_EQ(import.source.precision_mix, (std::vector<std::uint64_t>{475, 232, 140, 105, 35, 0}));
    EXPECT_EQ(import.ledger.counted, (Reasons{{"country_only", 12}, {"sea_or_air", 1}}));
}

TEST(RealIncidents, InsecurityInsight) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/insecurity_insight_aid_workers.csv");
    const EventImport import = read_events(file, event_options());
    EXPECT_EQ(import.source.schema, "insecurity-insight");
    EXPECT_EQ(import.ledger.rows, 143u);
    EXPECT_EQ(import.ledger.counted, (Reasons{{"country_only", 3}, {"no_coordinates", 2}}));
    EXPECT_EQ(import.source.precision_mix, (std::vector<std::uint64_t>{0, 80, 44, 5, 9, 0}));
    EXPECT_EQ(days_of(import.source), "2020-01-13..2024-01-08");
}

TEST(RealIncidents, CountryExportsAsTheyCame) {
    const std::pair<const char*, std::uint64_t> exports[] = {{"mali", 2120}, {"burkina_faso", 1504}};
    for (const auto& [country, rows] : exports) {
        HARMATTAN_SHARED_FILE(file, fmt::format("data/incidents/raw_exports/ucdp_country_export_{}.csv.gz", country));
        const EventImport import = read_events(file, event_options());
        EXPECT_EQ(import.ledger.rows, rows);
        EXPECT_TRUE(import.ledger.rejected.empty());
        EXPECT_EQ(import.source.notes.at(0), "surplus empty last field on every row");
        EXPECT_LE(to_iso(*import.source.last_day), "2023-12-31");
    }
}

TEST(RealIncidents, TheMangledExportIsRefusedWithALineNumber) {
    HARMATTAN_SHARED_FILE(file, "data/incidents/raw_exports/ucdp_country_export_niger_excel_mangled.csv.gz");
    try {
        read_events(file, event_options());
        ADD_FAILURE() << "read";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_data);
        EXPECT_TRUE(contains(error.line(), "ucdp_country_export_niger_excel_mangled.csv.gz:1"));
    }
}

} // namespace harmattan::geo
