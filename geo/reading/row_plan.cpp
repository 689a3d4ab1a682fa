#include "geo/reading/row_plan.hpp"

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"
#include "geo/reading/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harmattan::geo {

namespace {

std::vector<std::string> keys_of(std::span<const std::string> names) {
    std::vector<std::string> keys;
    for (const std::string& name : names) keys.push_back(column_key(name));
    return keys;
}

std::string list_of(std::span<const std::string> columns) {
    constexpr std::size_t most = 12;
    std::string text = fmt::format("{}", fmt::join(columns.first(std::min(most, columns.size())), ", "));
    return columns.size() > most ? fmt::format("{} and {} more", text, columns.size() - most) : text;
}

void require_single(std::span<const std::string> keys, std::span<const std::string> columns, std::size_t at) {
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (i != at && keys[i] == keys[at])
            throw Error(ErrorKind::bad_data,
                        fmt::format("the header names '{}' twice (columns {} and {}), and it is needed; "
                                    "rename one",
                                    columns[at], std::min(i, at) + 1, std::max(i, at) + 1));
}

Column find_role(const EventSchema& schema, Role role, std::span<const std::string> keys,
                 std::span<const std::string> hxl) {
    if (const Column named = find_any_column(keys, schema.of(role))) return named;
    for (const std::string& wanted : schema.tags(role))
        for (std::size_t i = 0; i < hxl.size() && i < keys.size(); ++i)
            if (hxl_matches(hxl[i], wanted)) return i;
    return std::nullopt;
}

std::string_view option_of(Role role) { return role == Role::lon ? "--lon" : "--lat"; }

/// The column of the file that is most like one of the schema's names.
std::string most_alike(std::span<const std::string> columns, std::span<const std::string> names) {
    std::string best;
    std::size_t distance = 0;
    for (const std::string& name : names) {
        if (name.size() < 3) continue; // every short name is like "x"
        const std::string near = nearest_name(name, columns);
        if (near.empty()) continue;
        const std::size_t d = edit_distance(column_key(near), column_key(name));
        if (best.empty() || d < distance) best = near, distance = d;
    }
    return best;
}

[[noreturn]] void missing_coordinate(const EventSchema& schema, Role role, std::span<const std::string> columns) {
    if (std::ranges::all_of(columns, [](const std::string& name) { return parse_number(name) || name.empty(); }))
        throw Error(ErrorKind::bad_data, "the first line holds numbers, not names; put a header line above it");
    const std::string what = role == Role::lon ? "longitudes" : "latitudes";
    const std::string near = most_alike(columns, schema.of(role));
    for (const std::string& name : columns)
        if (std::ranges::count(name, ',') > 3)
            throw Error(ErrorKind::bad_data,
                        "one cell of the header holds a whole header with commas: a spreadsheet has saved "
                        "the table as one column; get the file as it was exported");
    throw Error(ErrorKind::bad_data, fmt::format("no column for {}{}; name it with {} COLUMN; columns: {}", what,
                                                 near.empty() ? "" : fmt::format(" (is '{}' meant?)", near),
                                                 option_of(role), list_of(columns)));
}

/// A precision column that is misspelt would make all events exact in silence.
void refuse_misspelt_precision(const EventSchema& schema, std::span<const std::string> columns) {
    for (const std::string& name : schema.of(Role::precision))
        for (const std::string& column : columns) {
            const std::string key = column_key(column);
            const auto is = [&](const std::string& known) { return column_key(known) == key; };
            if (std::ranges::any_of(schema.other, is)) continue;
            if (std::ranges::any_of(schema.names, [&](const auto& names) { return std::ranges::any_of(names, is); }))
                continue;
            if (edit_distance(key, column_key(name)) <= 2)
                throw Error(ErrorKind::bad_data,
                            fmt::format("the {} table has no column '{}': is '{}' meant? Rename it, or say "
                                        "--schema generic to read it without precision",
                                        schema.name, name, column));
        }
}

void plan_codes(const EventSchema& schema, RowPlan& plan) {
    std::size_t reasons = 0;
    for (const auto& [code, meaning] : schema.codes) {
        RowPlan::Code& into = plan.codes[static_cast<std::size_t>(code)];
        into.known = true;
        into.precision = meaning.precision;
        if (meaning.counted.empty()) continue;
        into.precision = Precision::unclear; // for --precision point, which draws it
        std::size_t r = 0;
        while (r < reasons && plan.schema_reasons[r] != meaning.counted) ++r;
        if (r == plan.schema_reasons.size())
            throw Error(ErrorKind::bad_config,
                        fmt::format("input schema {} has more than {} reasons to count", schema.name, r));
        if (r == reasons) plan.schema_reasons[reasons++] = meaning.counted;
        into.fate = static_cast<Fate>(index_of(Fate::first_schema_reason) + r);
    }
}

} // namespace

std::string RowPlan::reason(Fate fate) const {
    if (fate >= Fate::first_schema_reason && fate <= Fate::last_schema_reason)
        return schema_reasons[index_of(fate) - index_of(Fate::first_schema_reason)];
    return std::string(fate_key(fate));
}

std::size_t require_column(std::span<const std::string> columns, const std::string& name, const std::string& what_for) {
    const std::vector<std::string> keys = keys_of(columns);
    auto it = std::ranges::find(columns, name);
    std::size_t at = static_cast<std::size_t>(it - columns.begin());
    if (it == columns.end()) at = static_cast<std::size_t>(std::ranges::find(keys, column_key(name)) - keys.begin());
    if (at == columns.size())
        throw Error(ErrorKind::bad_data, fmt::format("no column '{}' for {}{}; columns: {}", name, what_for,
                                                     did_you_mean(name, columns), list_of(columns)));
    if (std::ranges::count(columns, columns[at]) > 1) require_single(keys, columns, at);
    return at;
}

bool has_coordinates(std::span<const EventSchema> schemas, const ReadEventsOptions& options,
                     std::span<const std::string> columns, std::span<const std::string> hxl) {
    const std::vector<std::string> keys = keys_of(columns);
    const auto found = [&](Role role, const std::string& named) {
        if (!named.empty()) return std::ranges::find(keys, column_key(named)) != keys.end();
        return std::ranges::any_of(
            schemas, [&](const EventSchema& schema) { return find_role(schema, role, keys, hxl).has_value(); });
    };
    return found(Role::lon, options.lon) && found(Role::lat, options.lat);
}

RowPlan make_row_plan(const EventSchema& schema, const std::vector<std::string>& columns,
                      const std::vector<std::string>& hxl, const ReadEventsOptions& options, bool needs_columns) {
    RowPlan plan;
    plan.columns = columns;
    const std::vector<std::string> keys = keys_of(columns);
    for (std::size_t r = 0; r < role_count; ++r) plan.role[r] = find_role(schema, static_cast<Role>(r), keys, hxl);
    const auto column = [&](Role role) -> Column& { return plan.role[static_cast<std::size_t>(role)]; };

    if (!options.lon.empty()) column(Role::lon) = require_column(columns, options.lon, "longitudes (--lon)");
    if (!options.lat.empty()) column(Role::lat) = require_column(columns, options.lat, "latitudes (--lat)");
    if (!options.date.empty()) {
        const Column named = require_column(columns, options.date, "dates (--date)");
        if (named != column(Role::start)) column(Role::end).reset(); // another date has another end
        column(Role::start) = named;
    }
    column(Role::weight).reset(); // why: a column that could be a weight is one only when the user says so
    if (!options.weight.empty()) {
        const bool alias = std::ranges::find(schema.of(Role::weight), options.weight) != schema.of(Role::weight).end();
        const Column known = alias ? find_any_column(keys, schema.of(Role::weight)) : std::nullopt;
        column(Role::weight) = known ? known : Column(require_column(columns, options.weight, "weights (--weight)"));
    }
    for (const Role role : {Role::lon, Role::lat})
        if (!column(role) && needs_columns) missing_coordinate(schema, role, columns);
    if (!column(Role::precision)) refuse_misspelt_precision(schema, columns);
    if (!column(Role::start)) column(Role::end).reset();
    if ((options.from || options.to) && !column(Role::start))
        throw Error(ErrorKind::bad_data,
                    fmt::format("the table has no date column that --from and --to could look at; name it "
                                "with --date COLUMN; columns: {}",
                                list_of(columns)));
    for (const Column& used : plan.role)
        if (used) require_single(keys, columns, *used);

    const DateOrder order = options.date_order == "dmy"   ? DateOrder::day_first
                            : options.date_order == "mdy" ? DateOrder::month_first
                                                          : DateOrder::unknown;
    plan.start_rules.order = plan.end_rules.order = order;
    plan_codes(schema, plan);
    plan.precision = options.precision;
    plan.from = options.from, plan.to = options.to, plan.dates = options.dates;
    plan.within = options.within, plan.within_unit = options.within_unit;
    for (const RowFilter& filter : options.where) {
        RowPlan::Filter& into = plan.where.emplace_back();
        into.keep = filter.keep;
        for (const std::string& name : filter.columns)
            into.columns.push_back(require_column(columns, name, "the filter --where"));
    }
    const auto keep = [&](std::size_t at) {
        if (std::ranges::find(plan.kept_columns, at) == plan.kept_columns.end()) plan.kept_columns.push_back(at);
    };
    if (column(Role::country)) keep(*column(Role::country));
    for (const std::string& name : options.keep_columns) {
        const auto it = std::ranges::find(keys, column_key(name));
        if (it != keys.end()) keep(static_cast<std::size_t>(it - keys.begin()));
    }
    plan.repeats_ids = column(Role::id) && !schema.one_row_per_actor_without.empty() &&
                       !find_any_column(keys, schema.one_row_per_actor_without);
    plan.mark = schema.mark;
    return plan;
}

} // namespace harmattan::geo
