#pragma once
// Input schemas: how the columns of a known event table become incidents. Each is one small JSON file in data/schemas;
// a new kind of table is a new file and no code.

#include "geo/events.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

/// What a schema knows a column to be.
enum class Role { id, lon, lat, start, end, precision, country, admin1, admin2, admin3, weight, mark };
inline constexpr std::size_t role_count = 12;

/// What a precision code means: a class, or a reason to count the event without drawing it ("country_only").
struct PrecisionCode {
    Precision precision = Precision::unstated;
    std::string counted; ///< empty: drawn
};

/// A table of sums that looks like events and is not.
struct Refusal {
    std::vector<std::string> columns; ///< all of them present: this is it
    std::string message;              ///< "weekly sums by …, not events; …"
};

struct EventSchema {
    std::string name, title, citation, licence;
    int order = 0;                                          ///< schemas are tried from low to high
    std::vector<std::string> detect_all, detect_any;        ///< columns that the header must have
    bool detect_hxl = false;                                ///< needs an HXL row with both coordinates
    std::array<std::vector<std::string>, role_count> names; ///< per Role, in order of preference
    std::array<std::vector<std::string>, role_count> hxl;   ///< per Role, tags like "#geo+lon"
    std::vector<std::string> other;                         ///< further known columns: never taken for a misspelt one
    std::vector<Refusal> refusals;
    std::map<int, PrecisionCode> codes;
    std::array<double, precision_count> spread_m{};     ///< per Precision: standard deviation, metres
    std::string mark;                                   ///< text in the mark column of a made-up table
    std::vector<std::string> one_row_per_actor_without; ///< none of these columns: ids repeat by design

    std::span<const std::string> of(Role role) const { return names[static_cast<std::size_t>(role)]; }
    std::span<const std::string> tags(Role role) const { return hxl[static_cast<std::size_t>(role)]; }
};

/// All schemas of a folder, by their order. Throws Error bad_config: no folder, no schema in it, or a wrong file (with
/// its name and the key).
std::vector<EventSchema> load_schemas(const std::filesystem::path& folder);

/// One schema from JSON text; `name` is for messages.
EventSchema parse_schema(const std::string& json, const std::string& name);

/// How column names are compared: ASCII case, blanks at the ends, and blank, hyphen or underscore between words do not
/// matter.
std::string column_key(std::string_view name);

/// Position of the first of `wanted` that the header has (as keys), nothing where it has none.
std::optional<std::size_t> find_any_column(std::span<const std::string> header_keys,
                                           std::span<const std::string> wanted);

/// The schema that the header names: the first by order whose columns are all there, else "generic", which must be
/// among `schemas`. Throws Error bad_data for tables of sums and for a header that misses one schema only by a
/// misspelling.
const EventSchema& detect_schema(std::span<const EventSchema> schemas, std::span<const std::string> header,
                                 std::span<const std::string> hxl_tags);

/// The schema of that name. Throws Error usage with the nearest name.
const EventSchema& named_schema(std::span<const EventSchema> schemas, const std::string& name);

/// Whether a row of cells is one of HXL tags: at least half of those filled begin with #.
bool is_hxl_row(std::span<const std::string_view> cells);

/// Whether the tag of a column ("#geo +lat+v_2") says at least what `wanted` ("#geo+lat") says.
bool hxl_matches(std::string_view tag, std::string_view wanted);

} // namespace harmattan::geo
