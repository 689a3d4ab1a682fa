#include "event_tables.hpp"
#include "geo/day.hpp"
#include "geo/events.hpp"

#include <algorithm>

namespace harmattan::geo {

using test::contains;
using test::error_of;
using test::read_table;

namespace {

std::string replaced(std::string_view text, char from, std::string_view to) {
    std::string out;
    for (const char c : text) {
        if (c == from) out += to;
        else out += c;
    }
    return out;
}

/// All that a picture could be made of, as one text.
std::string fingerprint(const EventImport& import) {
    std::string text;
    for (std::size_t i = 0; i < import.events.size(); ++i)
        text +=
            fmt::format("{} {} {} {}\n", import.events.at[i].lon, import.events.at[i].lat, import.events.first_day[i],
                        import.events.columns[0].values[import.events.columns[0].index[i]]);
    return text;
}

const std::string plain = "lon,lat,date,country\n-3.5,14.25,2025-01-02,Mali\n1.25,13.5,2025-02-03,Niger\n-1.5,12.25,"
                          "2025-03-04,Burkina Faso\n";

} // namespace

TEST(CsvLayout, MarksAndLineEndsChangeNothing) {
    const std::string expected = fingerprint(read_table(plain));
    const std::string variants[] = {
        "\xEF\xBB\xBF" + plain,
        replaced(plain, '\n', "\r\n"),
        replaced(plain, '\n', "\r"),
        plain.substr(0, plain.size() - 1),
        plain + "\n\n\n",
        plain + ",,,\n",
        replaced(plain, '\n', "\r\n") + "\r\n",
        "\xEF\xBB\xBF" + replaced(plain.substr(0, plain.size() - 1), '\n', "\r\n"),
        "\n" + plain,
    };
    for (const std::string& text : variants) EXPECT_EQ(fingerprint(read_table(text)), expected) << text;
}

TEST(CsvLayout, DelimitersAndDecimalCommasAreFound) {
    const std::string expected = fingerprint(read_table(plain));
    const std::pair<const char*, const char*> delimiters[] = {{";", "semicolon"}, {"\t", "tab"}, {"|", "vertical bar"}};
    for (const auto& [delimiter, name] : delimiters) {
        const std::string text = replaced(plain, ',', delimiter);
        EXPECT_EQ(fingerprint(read_table(text)), expected);
        EXPECT_EQ(fingerprint(read_table(replaced(text, '.', ","))), expected) << text;
        EXPECT_TRUE(contains(read_table(text).source.format, name));
    }
    // Names and cells that hold another delimiter do not confuse it.
    const auto mixed = read_table("id;lon;lat;source\n1;-3,5;14,25;a, b, c\n2;1,25;13,5;d, e\n");
    EXPECT_EQ(mixed.events.at[1], (LonLatE7{12500000, 135000000}));
}

TEST(CsvLayout, AnAmbiguousDelimiterIsRefused) {
    EXPECT_TRUE(contains(error_of("lon;lat,x\n1;2,3\n4;5,6\n"), "65: the delimiter is ambiguous: comma and semicolon"));
    EXPECT_TRUE(contains(error_of("a|b\tc\n1|2\t3\n"), "ambiguous"));
    EXPECT_TRUE(contains(error_of("lonlat\n12\n"), "65: the header is one name"));
}

TEST(CsvLayout, OtherEncodingsAreNamed) {
    const auto widened = [](const std::string& text, int before, int after) {
        std::string out;
        for (const char c : text)
            out += std::string(static_cast<std::size_t>(before), '\0') + c +
                   std::string(static_cast<std::size_t>(after), '\0');
        return out;
    };
    using namespace std::string_literals;
    EXPECT_TRUE(contains(error_of("\xFF\xFE" + widened(plain, 0, 1)), "65: the file is UTF-16LE"));
    EXPECT_TRUE(contains(error_of("\xFE\xFF" + widened(plain, 1, 0)), "UTF-16BE"));
    EXPECT_TRUE(contains(error_of("\xFF\xFE\0\0"s + widened(plain, 0, 3)), "UTF-32LE"));
    EXPECT_TRUE(contains(error_of("\0\0\xFE\xFF"s + widened(plain, 3, 0)), "UTF-32BE"));
    EXPECT_TRUE(contains(error_of(widened(plain, 0, 1)), "UTF-16LE")) << "no byte order mark";
    EXPECT_TRUE(contains(error_of("lon,lat,r\xE9gion\n1,2,a\n"), "WINDOWS-1252"));
    std::string latin = "lon,lat,place\n";
    for (int i = 0; i < 50; ++i) latin += fmt::format("{},12,M\xE9naka\n", i % 7 + 1);
    EXPECT_TRUE(contains(error_of(latin), "invalid_utf8"));
    EXPECT_TRUE(contains(error_of(latin), "iconv -f WINDOWS-1252"));
    EXPECT_TRUE(contains(error_of(latin), "events.csv:2"));
    EXPECT_TRUE(contains(error_of("lon,lat,place\n1,2,\xC7\xE4\x81\n"), "convert the file to UTF-8"));
}

TEST(CsvLayout, ASurplusEmptyLastFieldOnEveryRowIsNoted) {
    const auto import = read_table("lon,lat,date\n1,12,2025-01-01,\n2,12,2025-01-01,\n");
    EXPECT_EQ(import.ledger.drawn, 2u);
    ASSERT_FALSE(import.source.notes.empty());
    EXPECT_EQ(import.source.notes[0], "surplus empty last field on every row");
    const auto some = read_table("lon,lat,date\n1,12,2025-01-01,\n2,12,2025-01-01\n", test::lenient_options());
    EXPECT_EQ(some.ledger.rejected, (test::Reasons{{"long_row", 1}}));
}

TEST(CsvLayout, AnHxlRowIsNoDataAndNamesColumns) {
    const auto import = read_table("Où,Quand,X1,X2,Pays\n#loc+name,#date +occurred,#geo+lat,#geo "
                                   "+lon,#country+name\nGao,2025-01-02,16.25,-0.05,Mali\n");
    EXPECT_EQ(import.ledger.rows, 1u);
    EXPECT_EQ(import.source.schema, "hdx-hxl");
    EXPECT_EQ(import.events.at[0], (LonLatE7{-500000, 162500000}));
    EXPECT_EQ(to_iso(import.events.first_day[0]), "2025-01-02");
    EXPECT_EQ(import.source.countries, std::vector<std::string>{"Mali"});
    EXPECT_EQ(import.source.notes[0], "HXL tag row on line 2");

    const auto known = read_table("lon,lat,n\n#geo+lon,#geo+lat,\n1,12,a\n");
    EXPECT_EQ(known.ledger.rows, 1u);
    const auto bare = read_table("#geo+lon,#geo+lat,#date\n1,12,2025-01-01\n");
    EXPECT_EQ(bare.ledger.rows, 1u);
    EXPECT_EQ(bare.source.lon_column, "#geo+lon");
}

TEST(CsvLayout, HeadersThatCannotBeUsed) {
    EXPECT_TRUE(contains(error_of(""), "65: the file is empty"));
    EXPECT_TRUE(contains(error_of("\n\n"), "65: the file is empty"));
    EXPECT_TRUE(contains(error_of("lon,lat,date\n"), "65: the table has a header and no rows"));
    EXPECT_TRUE(contains(error_of("1.5,12.5\n2,13\n"), "the first line holds numbers"));
    EXPECT_TRUE(contains(error_of("lon,lat,lat\n1,2,3\n"), "names 'lat' twice (columns 2 and 3)"));
    const auto twice = read_table("lon,lat,note,note\n1,12,a,b\n");
    EXPECT_EQ(twice.source.notes[0], "the header names 'note' more than once");
}

TEST(CsvLayout, AMisspeltColumnIsNamed) {
    const std::pair<const char*, const char*> headers[] = {
        {"lattitude,longitude,date", "lattitude"},
        {"latitude,longitud,date", "longitud"},
        {"latitude,lonigtude,date", "lonigtude"},
        {"latitud,longitude,date", "latitud"},
        {"Latitdue,Longitude,date", "Latitdue"},
        {"lat,lonn,date", "lonn"},
        {"latt,lon,date", "latt"},
        {"LATITUDE,LONGTITUDE,DATE", "LONGTITUDE"},
        {"latitude_,longitude,date", "latitude_"},
        {"event_id_cnty,event_dat,event_type,latitude,longitude", "event_dat"},
        {"event_id_cnty,event_date,event_typ,latitude,longitude", "event_typ"},
        {"event_id_cnty,event_date,event_type,lattitude,longitude", "lattitude"},
        {"event_id_cnty,event_date,event_type,latitude,longitude,geo_precison", "geo_precison"},
        {"id,type_of_violence,latitude,longitude,date_strat", "date_strat"},
        {"id,type_of_violence,latitude,longtude,date_start", "longtude"},
        {"id,type_of_violence,latitude,longitude,date_start,where_perc", "where_perc"},
        {"Date,Country ISO,Latitude,Longitude,Geo Precison,SiND Event ID", "Geo Precison"},
        {"Date,Country ISO,Lattitude,Longitude,Geo Precision,SiND Event ID", "Lattitude"},
    };
    for (const auto& [header, near] : headers) {
        const std::string error = error_of(fmt::format("{}\n1,2,3,4,5,6\n", header));
        EXPECT_TRUE(contains(error, "65: ")) << header;
        EXPECT_TRUE(contains(error, fmt::format("'{}' meant?", near))) << header;
        EXPECT_TRUE(contains(error, "events.csv:1"));
    }
    ReadEventsOptions options = test::event_options();
    options.lat = "latitud";
    EXPECT_TRUE(contains(error_of("latitude,longitude\n1,2\n", options),
                         "no column 'latitud' for latitudes (--lat) (did you mean 'latitude'?)"));
    options = test::event_options();
    options.weight = "fatalites";
    EXPECT_TRUE(contains(error_of("lat,lon,fatalities\n1,2,3\n", options), "did you mean 'fatalities'?"));
}

} // namespace harmattan::geo
