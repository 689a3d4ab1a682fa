#include "geo/day.hpp"
#include "geo/reading/row_filter.hpp"

#include "event_tables.hpp"

namespace harmattan::geo {

using test::contains;
using test::error_of;
using test::event_options;
using test::lenient_options;
using test::read_table;
using test::Reasons;

TEST(ReadEvents, EveryBadPlaceHasItsReasonLineAndColumn) {
    using namespace std::string_view_literals;
    const auto import = read_table("name,lon,lat\n"
                                   "good,1.5,12.5\n"
                                   "text,abc,12.5\n"
                                   "nan,1.5,NaN\n"
                                   "huge,1e400,12.5\n"
                                   "east,190,12.5\n"
                                   "north,1.5,90.5\n"
                                   "island,0,0\n"
                                   "none,,\n"
                                   "half,1.5,\n"
                                   "pole,1.5,90\n"
                                   "short,1.5\n"
                                   "long,1.5,12.5,7\n"
                                   "nul,1.5,12.5\0\n"
                                   "\xE9,1.5,12.5\n"
                                   "\"open,1.5,12.5\n"
                                   "good,-1.5,12.5\n"sv,
                                   lenient_options());
    EXPECT_EQ(import.ledger.rows, 16u);
    EXPECT_EQ(import.ledger.drawn, 2u);
    EXPECT_EQ(import.ledger.counted, (Reasons{{"no_coordinates", 1}, {"outside_mercator", 1}}));
    EXPECT_EQ(import.ledger.rejected, (Reasons{{"bad_longitude", 2},
                                               {"bad_latitude", 2},
                                               {"longitude_out_of_range", 1},
                                               {"latitude_out_of_range", 1},
                                               {"null_island", 1},
                                               {"short_row", 1},
                                               {"long_row", 1},
                                               {"nul_byte", 1},
                                               {"invalid_utf8", 1},
                                               {"unclosed_quote", 1}}));
    EXPECT_EQ(import.events.size(), 3u);
    std::map<std::uint64_t, std::string> told;
    for (const LedgerExample& e : import.ledger.examples)
        told[e.line] = fmt::format("{} {} '{}' {}", e.reason, e.column, e.value, e.file);
    EXPECT_EQ(told[3], "bad_longitude lon 'abc' events.csv");
    EXPECT_EQ(told[4], "bad_latitude lat 'NaN' events.csv");
    EXPECT_EQ(told[6], "longitude_out_of_range lon '190' events.csv");
    EXPECT_EQ(told[15], "invalid_utf8  '\uFFFD,1.5,12.5' events.csv");
    EXPECT_TRUE(contains(told[16], "unclosed_quote"));
    EXPECT_EQ(told.size(), 14u);
}

TEST(ReadEvents, TooManyRejectedRowsStopTheRunAndSayWhereToLook) {
    std::string text = test::good_table(1000);
    EXPECT_EQ(error_of(text), "read");
    for (int i = 0; i < 10; ++i) text += fmt::format("b{},east,12,2025-01-01\n", i);
    EXPECT_EQ(error_of(text), "read") << "10 of 1,010 are less than 1 %";
    text += "b11,west,12,2025-01-01\n";
    const std::string error = error_of(text);
    EXPECT_TRUE(contains(error, "65: 11 of 1,011 rows rejected (1.09 %, allowed 1 %), most as bad_longitude (11)"));
    EXPECT_TRUE(contains(error, "--max-reject; first ('east'); events.csv:1002:longitude"));
    ReadEventsOptions options = event_options();
    options.max_reject = 0.02;
    EXPECT_EQ(error_of(text, options), "read");
}

TEST(ReadEvents, ARunWithoutEventsIsAnError) {
    ReadEventsOptions options = event_options();
    options.from = parse_iso_day("2030-01-01");
    EXPECT_TRUE(contains(error_of(test::good_table(5), options), "65: no event is left to draw of 5 rows: 5 date"));
    EXPECT_TRUE(contains(error_of("lon,lat\n,\n1,\n", lenient_options()), "no event is left"));
}

TEST(ReadEvents, LongitudesBeyond180AreNotWrapped) {
    const std::string error = error_of("lon,lat\n190,12\n191,13\n");
    EXPECT_TRUE(contains(error, "subtract 360"));
    EXPECT_TRUE(contains(error_of("lon,lat\n12,120\n13,121\n"), "are longitude and latitude exchanged"));
    EXPECT_TRUE(contains(error_of("x,y\n431234.5,1523456.7\n"), "is the column projected"));
}

TEST(ReadEvents, AnUnclosedQuoteCostsOneRowOfAThousand) {
    std::string text = "id,lon,lat,place\n";
    for (int i = 2; i <= 1001; ++i)
        text += fmt::format("{},{},12,{}place {}\n", i, 1 + i % 50 * 0.1, i == 500 ? "\"" : "", i);
    const auto import = read_table(text);
    EXPECT_EQ(import.ledger.rows, 1000u);
    EXPECT_EQ(import.ledger.rejected, (Reasons{{"unclosed_quote", 1}}));
    EXPECT_EQ(import.ledger.examples.at(0).line, 500u);
}

TEST(ReadEvents, IdsDrawnTwiceAndIdsThatContradict) {
    const auto import =
        read_table("id,lon,lat\na,1,12\nb,2,12\na,1,12\nb,3,12\nc,4,12\n,5,12\n,5,12\na,1,12\n", lenient_options());
    EXPECT_EQ(import.ledger.drawn, 5u);
    EXPECT_EQ(import.ledger.rejected, (Reasons{{"duplicate_id", 2}, {"conflicting_id", 1}}));
    ASSERT_EQ(import.events.size(), 5u);
    EXPECT_EQ(import.events.at[1].lon, 20000000) << "the first row of an id is kept";
    bool told = false;
    for (const LedgerExample& e : import.ledger.examples)
        if (e.reason == "conflicting_id") told = e.line == 5 && e.value == "b (first on line 3)" && e.column == "id";
    EXPECT_TRUE(told);
    EXPECT_TRUE(contains(error_of("id,lon,lat\na,1,12\na,2,12\n"), "Keep one row for each id"));
}

TEST(ReadEvents, AMonadicAcledExportDrawsEachEventOnce) {
    const auto import = read_table(
        "event_id_cnty,event_date,event_type,sub_event_type,actor1,country,latitude,longitude,geo_precision\n"
        "MLI1,2025-01-02,Battles,Armed clash,JNIM,Mali,14.5,-4,1\n"
        "MLI1,2025-01-02,Battles,Armed clash,Military Forces of Mali,Mali,14.5,-4,1\n"
        "MLI2,2025-01-03,Battles,Armed clash,JNIM,Mali,14.5,-4,2\n");
    EXPECT_EQ(import.ledger.drawn, 2u);
    EXPECT_EQ(import.ledger.filtered, (Reasons{{"same_event", 1}}));
    EXPECT_EQ(import.source.notes.at(0), "one row per actor, as in ACLED's monadic export: each event is drawn once");
}

TEST(ReadEvents, DateOrdersAreProvedByTheColumnOrAskedFor) {
    const auto days = [](const EventImport& import) {
        std::string text;
        for (const Day day : import.events.first_day) text += to_iso(day) + " ";
        return text;
    };
    EXPECT_EQ(days(read_table("lon,lat,date\n1,12,05/06/2023\n2,12,15/06/2023\n")), "2023-06-05 2023-06-15 ");
    EXPECT_EQ(days(read_table("lon,lat,date\n1,12,05/06/2023\n2,12,06/15/2023\n")), "2023-05-06 2023-06-15 ");
    EXPECT_EQ(days(read_table("lon,lat,date\n1,12,05/06/2023\n2,12,2023-06-15\n3,12,30-06-2023\n")),
              "2023-06-05 2023-06-15 2023-06-30 ");
    const std::string open = "lon,lat,date\n1,12,2023-01-01\n1,12,05/06/2023\n2,12,07/08/2023\n";
    EXPECT_TRUE(
        contains(error_of(open),
                 "65: dates like '05/06/2023' may have day or month first, and no row of column 'date' proves which"));
    EXPECT_TRUE(contains(error_of(open), "events.csv:3:date"));
    EXPECT_TRUE(contains(error_of("lon,lat,date\n1,12,25/06/2023\n2,12,07/28/2023\n"),
                         "contradict each other: '25/06/2023' (line 2)"));
    ReadEventsOptions options = event_options();
    options.date_order = "dmy";
    EXPECT_EQ(days(read_table(open, options)), "2023-01-01 2023-06-05 2023-08-07 ");
    options.date_order = "mdy";
    EXPECT_EQ(days(read_table(open, options)), "2023-01-01 2023-05-06 2023-07-08 ");
    options.date_order = "ymd";
    EXPECT_TRUE(contains(error_of(open, options), "64: "));
}

TEST(ReadEvents, EachDateColumnProvesItsOwnOrder) {
    const std::string header = "id,type_of_violence,latitude,longitude,date_start,date_end\n";
    const auto import = read_table(header + "1,1,12,1,25/12/2023,12/26/2023\n2,1,12,2,01/02/2023,02/01/2023\n");
    EXPECT_EQ(to_iso(import.events.first_day[1]), "2023-02-01");
    EXPECT_EQ(to_iso(import.events.last_day[1]), "2023-02-01");
    EXPECT_TRUE(contains(
        error_of(header + "1,1,12,1,25/12/2023,25/12/2023\n2,1,12,2,01/02/2023,02/01/2023\n", lenient_options()),
        "read"));
    EXPECT_TRUE(
        contains(error_of(header + "1,1,12,1,25/12/2023,01/02/2024\n"), "no row of column 'date_end' proves which"));
}

TEST(ReadEvents, RowsWithoutDatesAreKeptUnlessDatesAreAskedFor) {
    const std::string text = "lon,lat,date\n1,12,2025-01-01\n2,12,\n3,12,soon\n4,12,2025-03-01\n";
    const auto all = read_table(text, lenient_options());
    EXPECT_EQ(all.ledger.drawn, 3u);
    EXPECT_EQ(all.events.first_day[1], no_day);
    EXPECT_EQ(all.ledger.rejected, (Reasons{{"bad_date", 1}}));
    EXPECT_EQ(to_iso(*all.source.first_day) + to_iso(*all.source.last_day), "2025-01-012025-03-01");
    ReadEventsOptions options = lenient_options();
    options.from = parse_iso_day("2025-02-01");
    EXPECT_EQ(read_table(text, options).ledger.filtered, (Reasons{{"date", 1}, {"no_date", 1}}));
    EXPECT_TRUE(contains(error_of("lon,lat\n1,12\n", options), "no date column that --from and --to could look at"));
}

TEST(ReadEvents, PeriodsAreInclusiveByStartOrByOverlap) {
    const std::string text = "id,type_of_violence,latitude,longitude,date_start,date_end\n"
                             "1,1,12,1,2025-01-01,2025-01-31\n2,1,12,2,2025-01-31,2025-02-02\n3,1,12,3,2025-02-02,2025-"
                             "02-02\n4,1,12,4,2025-03-05,2025-03-04\n";
    ReadEventsOptions options = lenient_options();
    options.from = parse_iso_day("2025-02-01"), options.to = parse_iso_day("2025-02-02");
    const auto start = read_table(text, options);
    EXPECT_EQ(start.ledger.drawn, 1u);
    EXPECT_EQ(start.ledger.rejected, (Reasons{{"end_before_start", 1}}));
    options.dates = DateMatch::overlap;
    EXPECT_EQ(read_table(text, options).ledger.drawn, 2u);
    options.from = parse_iso_day("2025-01-31"), options.to = parse_iso_day("2025-01-31");
    EXPECT_EQ(read_table(text, options).ledger.drawn, 2u);
    options.dates = DateMatch::start;
    EXPECT_EQ(read_table(text, options).ledger.drawn, 1u);
}

TEST(ReadEvents, FiltersTakeOutAndSayHowMany) {
    const std::string text = "lon,lat,kind,note\n1,12,Battle,\"a, \"\"b\"\"\"\n2,12,Riot,\"a, "
                             "\"\"b\"\"\"\n3,12,Battle,x\n30,12,Battle,\"a, \"\"b\"\"\"\n";
    ReadEventsOptions options = event_options();
    options.where = {parse_row_filter("KIND = Battle"), parse_row_filter("note=a, \"b\"")};
    options.within = LonLatBox{0, 10, 10, 20};
    const auto import = read_table(text, options);
    EXPECT_EQ(import.ledger.drawn, 1u);
    EXPECT_EQ(import.ledger.filtered, (Reasons{{"where", 2}, {"within", 1}}));
    options.where.clear();
    options.within.reset();
    options.within_unit = [](LonLat at) { return at.lon > 2.5; };
    EXPECT_EQ(read_table(text, options).ledger.filtered, (Reasons{{"within", 2}}));
    options.where = {parse_row_filter("kin=Battle")};
    EXPECT_TRUE(contains(error_of(text, options), "no column 'kin' for the filter --where (did you mean 'kind'?)"));
    EXPECT_THROW(parse_row_filter("kind"), Error);
    EXPECT_THROW(parse_row_filter("=x"), Error);
}

TEST(ReadEvents, WeightsAreUsedOnlyWhenNamed) {
    const std::string text = "lon,lat,deaths\n1,12,3\n2,12,\n3,12,-1\n4,12,many\n5,12,0\n6,12,1e300\n7,12,2.5\n";
    EXPECT_TRUE(read_table(text).events.weight.empty());
    ReadEventsOptions options = lenient_options();
    options.weight = "Deaths";
    const auto import = read_table(text, options);
    EXPECT_EQ(import.events.weight, (std::vector<float>{3, 0, 2.5f}));
    EXPECT_EQ(import.ledger.rejected, (Reasons{{"bad_weight", 2}, {"weight_out_of_range", 2}}));
    EXPECT_EQ(import.source.weight_column, "deaths");
}

TEST(ReadEvents, KeptColumnsHoldEachTextOnce) {
    ReadEventsOptions options = event_options();
    options.keep_columns = {"Kind", "absent"};
    const auto import = read_table("lon,lat,kind,country\n1,12,a,Mali\n2,12,b,Niger\n3,12,a,Mali\n", options);
    ASSERT_EQ(import.events.columns.size(), 2u);
    const TextColumn* kind = import.events.find_column("kind");
    ASSERT_TRUE(kind);
    EXPECT_EQ(kind->values, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(kind->index, (std::vector<std::uint32_t>{0, 1, 0}));
    EXPECT_EQ(import.source.countries, (std::vector<std::string>{"Mali", "Niger"}));
}

TEST(ReadEvents, ThreadsDoNotChangeAnything) {
    // Enough for many blocks, with bad rows, ids twice, and quotes from the middle on.
    std::string text = "id,lon,lat,date,country,note\n";
    for (int i = 0; i < 60'000; ++i)
        text += fmt::format("{},{:.5f},{:.5f},2025-{:02}-{:02},{},{}\n", i % 9999 == 17 ? 17 : i, -10 + i % 2000 * 0.01,
                            i % 501 == 0 ? 95 : 5 + i % 1999 * 0.01, i % 12 + 1, i % 28 + 1,
                            i % 3 ? "Mali" : fmt::format("C{}", i / 3000), i > 30'000 && i % 7 == 0 ? "\"a\nb\"" : "a");
    const auto read = [&](int threads) {
        ReadEventsOptions options = lenient_options();
        options.threads = threads;
        return read_table(text, options);
    };
    const EventImport one = read(1);
    EXPECT_EQ(one.ledger.rows, 60'000u);
    EXPECT_EQ(one.ledger.rejected.at("latitude_out_of_range"), 120u);
    for (const int threads : {2, 5}) {
        const EventImport many = read(threads);
        EXPECT_EQ(many.events.at, one.events.at);
        EXPECT_EQ(many.events.first_day, one.events.first_day);
        EXPECT_EQ(many.events.columns[0].values, one.events.columns[0].values);
        EXPECT_EQ(many.events.columns[0].index, one.events.columns[0].index);
        EXPECT_EQ(many.ledger.rejected, one.ledger.rejected);
        ASSERT_EQ(many.ledger.examples.size(), one.ledger.examples.size());
        for (std::size_t i = 0; i < one.ledger.examples.size(); ++i) {
            EXPECT_EQ(many.ledger.examples[i].line, one.ledger.examples[i].line);
            EXPECT_EQ(many.ledger.examples[i].value, one.ledger.examples[i].value);
        }
        EXPECT_EQ(many.source.digest, one.source.digest);
    }
}

TEST(ReadEvents, ALineBeyondTheLimitIsRejectedAndTheRestIsRead) {
    std::string text = "lon,lat,note\n1,12,a\n2,12,";
    text.append(20 << 20, 'x');
    text += "\n3,12,b\n4,12,c\n5,12\n";
    const auto import = read_table(text, lenient_options());
    EXPECT_EQ(import.ledger.drawn, 3u);
    EXPECT_EQ(import.ledger.rejected, (Reasons{{"long_line", 1}, {"short_row", 1}}));
    EXPECT_EQ(import.ledger.examples.at(0).line, 3u);
    EXPECT_EQ(import.ledger.examples.at(1).line, 6u);
}

TEST(ReadEvents, AnUnclosedQuoteFarFromTheEndCostsOneRow) {
    std::string text = "lon,lat,note\n1,12,a\n2,12,\"open\n";
    const int rows = 1'400'000; // more text than the largest record
    for (int i = 0; i < rows; ++i) text += "3.25,12.5,b\n";
    const auto import = read_table(text);
    EXPECT_EQ(import.ledger.drawn, rows + 1u);
    EXPECT_EQ(import.ledger.rejected, (Reasons{{"unclosed_quote", 1}}));
    EXPECT_EQ(import.ledger.examples.at(0).line, 3u);
}

} // namespace harmattan::geo
