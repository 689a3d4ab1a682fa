#pragma once
// How the rows of one table are read: the schema, the options and the header brought together into column positions.
// Made once, shared read-only by all threads.

#include "geo/read_events.hpp"
#include "geo/reading/dates.hpp"
#include "geo/reading/fate.hpp"
#include "geo/reading/schema.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

using Column = std::optional<std::size_t>;

struct RowPlan {
    std::vector<std::string> columns; ///< names as in the file
    std::array<Column, role_count> role;
    Column of(Role r) const { return role[static_cast<std::size_t>(r)]; }
    /// The column's name, empty where the table has none.
    std::string name_of(Role r) const { return of(r) ? columns[*of(r)] : std::string(); }

    bool decimal_comma = false;
    DateRules start_rules, end_rules;
    bool proving_dates = false; ///< only look at what dates prove about their order

    /// What the codes 0 to 99 mean; unknown codes are unstated and noted.
    struct Code {
        bool known = false;
        Precision precision = Precision::unstated;
        Fate fate = Fate::drawn;
    };
    std::array<Code, 100> codes;
    std::array<std::string, 4> schema_reasons; ///< words for Fate::first_schema_reason …
    std::string reason(Fate fate) const;

    PrecisionUse precision = PrecisionUse::prior;
    std::optional<Day> from, to;
    DateMatch dates = DateMatch::start;
    std::optional<LonLatBox> within;
    std::function<bool(LonLat)> within_unit;
    struct Filter {
        std::vector<std::size_t> columns;
        std::function<bool(const std::vector<std::string_view>&)> keep;
    };
    std::vector<Filter> where;
    std::vector<std::size_t> kept_columns; ///< become Events::columns
    bool repeats_ids = false;              ///< one row per actor: later rows of an id are the same event
    std::string mark;                      ///< text in the mark column of a made-up table
};

/// A weight beyond this is taken for an error; sums of ten million such weights still fit 64 bits exactly.
inline constexpr double largest_weight = 1e9;

/// Throws Error bad_data: a column is not there (with the nearest names) or stands twice. `needs_columns`: places come
/// from columns and from nothing else. Column positions are those of `columns`.
RowPlan make_row_plan(const EventSchema& schema, const std::vector<std::string>& columns,
                      const std::vector<std::string>& hxl, const ReadEventsOptions& options, bool needs_columns);

/// The position of a named column, first as written, else by `column_key`. Throws Error bad_data, saying what it is
/// for.
std::size_t require_column(std::span<const std::string> columns, const std::string& name, const std::string& what_for);

/// Whether a header has both coordinates by any schema or by the options.
bool has_coordinates(std::span<const EventSchema> schemas, const ReadEventsOptions& options,
                     std::span<const std::string> columns, std::span<const std::string> hxl);

} // namespace harmattan::geo
