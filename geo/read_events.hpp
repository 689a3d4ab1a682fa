#pragma once
// Reads an event table (CSV by our own reader, all else through GDAL's allow-list) into Events, with a Ledger that
// says where every row went.

#include "geo/events.hpp"
#include "geo/ledger.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::geo {

/// Decides whether a row stays (--where): sees the row's text by column name.
/// Built above this floor (a MapLibre filter) or here (COLUMN=VALUE).
struct RowFilter {
    std::vector<std::string> columns; ///< what the test reads, as named in the file (matched without case)
    std::function<bool(const std::vector<std::string_view>& values)> keep; ///< values in the order of `columns`
};

enum class PrecisionUse { prior, point, drop }; ///< --precision
enum class DateMatch { start, overlap };        ///< --dates

struct ReadEventsOptions {
    std::filesystem::path schema_dir;   ///< data/schemas
    std::string schema;                 ///< name, or empty: detect from the header
    std::string lon, lat, date, weight; ///< column names that override the schema
    std::optional<Day> from, to;        ///< inclusive
    DateMatch dates = DateMatch::start;
    std::optional<LonLatBox> within;         ///< --within as a box
    std::function<bool(LonLat)> within_unit; ///< --within as a unit
    std::vector<RowFilter> where;
    PrecisionUse precision = PrecisionUse::prior;
    double max_reject = 0.01;              ///< share of rows; more rejected than this stops the run
    std::vector<std::string> keep_columns; ///< kept as Events::columns where the file has them (the country always)
    std::string date_order;                ///< "dmy" or "mdy": how 05/06/2023 is meant; empty: as the column proves
    int threads = 1;                       ///< rows are read, and filters called, in as many threads
};

/// What the table turned out to be; everything `inspect` prints and a method line needs.
struct EventSource {
    std::string file;                 ///< name without folders
    std::string digest;               ///< XXH3-128 of the bytes as 32 hex digits
    std::string format;               ///< "CSV, comma, UTF-8", "GeoPackage layer events", …
    std::string schema, schema_title; ///< "ucdp-ged", "UCDP Georeferenced Event Dataset"
    std::string citation, licence;    ///< from the schema; empty where it does not know
    std::vector<std::string> columns; ///< as named in the file
    std::string lon_column, lat_column, date_column, weight_column, precision_column, id_column, country_column;
    Extent<LonLat> extent;                    ///< of the drawn events, degrees
    std::optional<Day> first_day, last_day;   ///< of the drawn events
    std::vector<std::uint64_t> precision_mix; ///< drawn events per Precision value
    std::vector<std::string> countries;       ///< distinct values of the country column, sorted (empty: none)
    std::vector<std::string> notes;           ///< one line each: "surplus empty last field on every row", …
    bool illustrative = false;                ///< the table marks itself as made up
    bool named_places = false;                ///< the user named the columns of longitude and latitude
};

struct EventImport {
    Events events;
    Ledger ledger;
    EventSource source;
};

/// Throws Error: no_input, bad_data (no such columns – with the nearest names –, undecidable dates, more rejected than
/// allowed: naming reason, file, line and column of the first; no event left), usage (unknown schema).
///
/// Events holds the drawn rows, and those counted as "outside_mercator" (beyond 85.0511°: no web map can show them,
/// other projections can): size() = drawn + counted["outside_mercator"]. Rows without a date are kept (no_day) unless
/// --from or
/// --to asks for one: then they are filtered as "no_date". Of rows with one id the first is kept; the same row again is
/// rejected as "duplicate_id", another as "conflicting_id". With PrecisionUse::point every spread is 0.
EventImport read_events(const std::filesystem::path& file, const ReadEventsOptions& options);

} // namespace harmattan::geo
