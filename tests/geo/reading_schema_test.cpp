#include "geo/reading/schema.hpp"

#include "event_tables.hpp"

#include <algorithm>
#include <numeric>

namespace harmattan::geo {

using test::contains;
using test::error_of;
using test::event_options;
using test::lenient_options;
using test::read_table;
using test::Reasons;

namespace {

const std::string acled_new = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,"
                              "actor1,assoc_actor_1,inter1,actor2,"
                              "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,"
                              "admin3,location,latitude,longitude,"
                              "geo_precision,source,source_scale,notes,fatalities,tags,timestamp";
const std::string acled_old = "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,"
                              "sub_event_type,actor1,assoc_actor_1,inter1,"
                              "actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,"
                              "latitude,longitude,geo_precision,source,"
                              "source_scale,notes,fatalities,timestamp,iso3";

/// A row of that header: values for the columns named, "-" in all others.
std::string row_of(const std::string& header, std::map<std::string, std::string> values) {
    std::string row;
    for (std::size_t at = 0; at <= header.size();) {
        const std::size_t comma = std::min(header.find(',', at), header.size());
        const std::string name = column_key(header.substr(at, comma - at));
        row += (at ? "," : "") + (values.contains(name) ? values[name] : "-");
        at = comma + 1;
    }
    return row + "\n";
}

std::string acled_row(const std::string& header, const std::string& id, const std::string& date,
                      const std::string& precision) {
    return row_of(header, {{"event_id_cnty", id},
                           {"data_id", id},
                           {"event_date", date},
                           {"country", "Mali"},
                           {"latitude", "14.5"},
                           {"longitude", "-4.25"},
                           {"geo_precision", precision},
                           {"fatalities", "3"},
                           {"tags", ""}});
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

} // namespace

TEST(Schemas, AcledIsKnownInAllItsLayouts) {
    std::string curated = upper(acled_old);
    for (const char* gone : {"DATA_ID,", ",TIMESTAMP", ",ISO3"})
        curated.erase(curated.find(gone), std::string(gone).size());
    for (const std::string& header : {acled_new, acled_old, curated, acled_new + ",population_best"}) {
        const auto import = read_table(header + "\n" + acled_row(header, "MLI1", "15 September 2023", "1") +
                                       acled_row(header, "MLI2", "2023-09-16", "3"));
        EXPECT_EQ(import.source.schema, "acled");
        EXPECT_EQ(import.source.precision_mix, (std::vector<std::uint64_t>{1, 0, 0, 1, 0, 0}));
        EXPECT_EQ(column_key(import.source.id_column), "event_id_cnty");
        EXPECT_EQ(import.source.countries, std::vector<std::string>{"Mali"});
        EXPECT_FALSE(import.source.citation.empty());
        EXPECT_FALSE(import.source.illustrative);
    }
}

TEST(Schemas, AMadeUpTableIsRecognisedByItsMark) {
    const std::string row = row_of(acled_new, {{"event_id_cnty", "D1"},
                                               {"event_date", "2025-07-01"},
                                               {"latitude", "14"},
                                               {"longitude", "-4"},
                                               {"geo_precision", "1"},
                                               {"tags", "illustrative; made up"}});
    EXPECT_TRUE(read_table(acled_new + "\n" + row).source.illustrative);
}

TEST(Schemas, PrecisionCodesDecideWhatIsDrawnAndHowWide) {
    std::string text = "id,type_of_violence,latitude,longitude,where_prec,date_start\n";
    for (int code = 1; code <= 7; ++code) text += fmt::format("{},1,14,{},{},2023-01-01\n", code, code, code);
    text += "8,1,14,8,,2023-01-01\n9,1,14,9,9,2023-01-01\n";
    const auto prior = read_table(text);
    EXPECT_EQ(prior.source.schema, "ucdp-ged");
    EXPECT_EQ(prior.ledger.counted, (Reasons{{"country_only", 1}, {"sea_or_air", 1}}));
    EXPECT_EQ(prior.source.precision_mix, (std::vector<std::uint64_t>{1, 1, 1, 1, 1, 2}));
    EXPECT_TRUE(std::ranges::is_sorted(prior.events.spread_m.begin(), prior.events.spread_m.begin() + 5, {}));
    EXPECT_EQ(prior.events.spread_m.at(1), 12'500) << "a disc of 25 km has a standard deviation of R/2";
    EXPECT_EQ(std::ranges::count_if(prior.source.notes,
                                    [](const std::string& n) { return n.find("first '9', line 10") != n.npos; }),
              1);

    ReadEventsOptions options = event_options();
    options.precision = PrecisionUse::point;
    const auto point = read_table(text, options);
    EXPECT_EQ(point.ledger.drawn, 9u);
    EXPECT_EQ(std::accumulate(point.events.spread_m.begin(), point.events.spread_m.end(), 0.0), 0.0);
    options.precision = PrecisionUse::drop;
    const auto drop = read_table(text, options);
    EXPECT_EQ(drop.ledger.drawn, 3u);
    EXPECT_EQ(drop.ledger.filtered, (Reasons{{"precision", 4}}));
}

TEST(Schemas, SumsAreNotEvents) {
    const std::pair<const char*, const char*> headers[] = {
        {"WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,POPULATION_EXPOSURE,DISORDER_TYPE,ID,"
         "CENTROID_LATITUDE,CENTROID_LONGITUDE",
         "weekly sums"},
        {"week,region,country,admin1,event_type,sub_event_type,events,fatalities,population_best,disorder_type,id,"
         "centroid_latitude,centroid_longitude",
         "weekly sums"},
        {"Country,Admin1,Admin2,ISO3,Admin2 Pcode,Admin1 Pcode,Month,Year,Events,Fatalities", "monthly sums"},
        {"Country,Month,Year,Events,Fatalities", "monthly sums"},
        {"\xEF\xBB\xBFlocation_code,has_hrp,in_gho,provider_admin1_name,provider_admin2_name,admin1_code,admin1_name,"
         "admin2_code,admin2_name,"
         "admin_level,event_type,events,fatalities,reference_period_start,reference_period_end,dataset_hdx_id,resource_"
         "hdx_id,warning,error",
         "HDX HAPI"},
    };
    for (const auto& [header, said] : headers) {
        const std::string error = error_of(std::string(header) + "\n1,2,3,4,5,6,7,8,9,10,11,12,13\n");
        EXPECT_TRUE(contains(error, "65: these are")) << header;
        EXPECT_TRUE(contains(error, said));
    }
}

TEST(Schemas, NamedSchemasAndColumns) {
    ReadEventsOptions options = event_options();
    options.schema = "acledd";
    EXPECT_TRUE(contains(error_of("lon,lat\n1,12\n", options),
                         "64: there is no input schema 'acledd' (did you mean 'acled'?)"));
    options.schema = "generic";
    options.lon = "Easting", options.lat = "Northing", options.date = "when";
    const auto import =
        read_table("longitude,latitude,Easting,Northing,date,when\n1,2,3,14,2020-01-01,2025-01-01\n", options);
    EXPECT_EQ(import.events.at[0], (LonLatE7{30000000, 140000000}));
    EXPECT_EQ(import.source.date_column, "when");
    EXPECT_EQ(import.source.schema, "generic");
}

class EverySchema : public ::testing::TestWithParam<std::string> {};

// What any schema file must hold, so that a new one is tested on the day it is written.
TEST_P(EverySchema, IsWhole) {
    const std::vector<EventSchema> all = load_schemas(event_options().schema_dir);
    const EventSchema& schema = named_schema(all, GetParam());
    EXPECT_FALSE(schema.title.empty());
    EXPECT_TRUE(schema.name == "generic" || !schema.detect_all.empty() || schema.detect_hxl)
        << "or it can never be found";
    EXPECT_FALSE(schema.of(Role::lon).empty() && schema.tags(Role::lon).empty());
    EXPECT_FALSE(schema.of(Role::lat).empty() && schema.tags(Role::lat).empty());
    for (const auto& [code, meaning] : schema.codes)
        EXPECT_TRUE(!meaning.counted.empty() || schema.spread_m[static_cast<std::size_t>(meaning.precision)] > 0)
            << code;
    // A table of its own columns is recognised, and one row of it is an event.
    if (schema.detect_all.empty()) return;
    std::map<std::string, std::string> cells;
    for (const auto& names :
         {schema.detect_all, std::vector<std::string>(schema.detect_any.begin(),
                                                      schema.detect_any.begin() + (schema.detect_any.empty() ? 0 : 1))})
        for (const std::string& name : names) cells[name] = "1";
    for (const Role role : {Role::lon, Role::lat, Role::start})
        cells[schema.of(role).front()] = role == Role::start ? "2025-01-02" : "5";
    if (!schema.of(Role::precision).empty()) cells[schema.of(Role::precision).front()] = "1";
    std::string header, row;
    for (const auto& [name, value] : cells)
        header += (header.empty() ? "" : ";") + name, row += (row.empty() ? "" : ";") + value;
    const auto import = read_table(header + "\n" + row + "\n");
    EXPECT_EQ(import.source.schema, schema.name);
    EXPECT_EQ(import.ledger.drawn, 1u);
}

INSTANTIATE_TEST_SUITE_P(Schemas, EverySchema, ::testing::ValuesIn([] {
                             std::vector<std::string> names;
                             for (const EventSchema& schema : load_schemas(event_options().schema_dir))
                                 names.push_back(schema.name);
                             return names;
                         }()),
                         [](const auto& tested) {
                             std::string name = tested.param;
                             std::erase(name, '-');
                             return name;
                         });

TEST(Schemas, WrongFilesAreNamedWithTheirKey) {
    const auto error = [](const std::string& json) {
        try {
            parse_schema(json, "mine.json");
            return std::string("read");
        } catch (const Error& e) { return fmt::format("{}: {}", exit_code(e.kind()), e.line()); }
    };
    const std::string rest = R"("name": "mine", "title": "Mine")";
    EXPECT_EQ(error("{" + rest + "}"), "read");
    EXPECT_TRUE(contains(error("{"), "78: input schema is not a JSON object; mine.json"));
    EXPECT_TRUE(contains(error("{}"), "'name' must be there"));
    EXPECT_TRUE(contains(error("{" + rest + R"(, "columns": {"longitude": ["x"]}})"),
                         "'columns.longitude' must be one of id, lon"));
    EXPECT_TRUE(contains(error("{" + rest + R"(, "columns": {"lon": "x"}})"), "'columns.lon' must be a list of texts"));
    EXPECT_TRUE(contains(error("{" + rest + R"(, "precision": {"codes": {"1": "exact"}, "spread_m": {}}})"),
                         "'precision.codes.1' must be place, near"));
    EXPECT_TRUE(
        contains(error("{" + rest + R"(, "precision": {"spread_m": {"near": -1}}})"), "'precision.spread_m.near'"));
    EXPECT_TRUE(contains(error("{" + rest + R"(, "order": "first"})"), "78: "));
    EXPECT_TRUE(contains(error("{" + rest + R"(, "detect": 5})"), "78: "));
    EXPECT_THROW(load_schemas("/nowhere"), Error);
}

TEST(Schemas, HxlTagsMatchWhatTheySay) {
    EXPECT_TRUE(hxl_matches("#geo+lat", "#geo+lat"));
    EXPECT_TRUE(hxl_matches("#GEO +v_2 +lat", "#geo+lat"));
    EXPECT_FALSE(hxl_matches("#geo+lon", "#geo+lat"));
    EXPECT_FALSE(hxl_matches("#geography+lat", "#geo+lat"));
    EXPECT_FALSE(hxl_matches("#geo", "#geo+lat"));
}

} // namespace harmattan::geo
