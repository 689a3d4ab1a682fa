// The part of EventBuilder that speaks: refusals with their hints, and what is said of the source.

#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/reading/event_builder.hpp"
#include "geo/reading/file_kind.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harmattan::geo {

namespace {

std::string grouped(std::uint64_t number) {
    std::string digits = fmt::format("{}", number);
    for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
    return digits;
}

} // namespace

std::string EventBuilder::count_text(std::uint64_t count, std::string_view noun) const {
    return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

/// What to do about the most frequent reason.
std::string EventBuilder::hint(Fate fate) const {
    switch (fate) {
    case Fate::invalid_utf8:
        return looks_like_cp1252(m_ill_formed)
                   ? "the text looks like Windows-1252: convert it with iconv -f WINDOWS-1252 -t UTF-8"
                   : "convert the file to UTF-8 from the encoding that it has";
    case Fate::longitude_out_of_range:
        if (m_wrapped > 0) return "longitudes run from -180 to 180: subtract 360 from those above 180";
        return "longitudes run from -180 to 180 degrees: is the column projected, or another one meant (--lon)?";
    case Fate::latitude_out_of_range:
        return "latitudes run from -90 to 90 degrees: are longitude and latitude exchanged (--lon, --lat), or "
               "projected?";
    case Fate::unclosed_quote:
    case Fate::stray_quote:
        return "quotes inside a quoted cell must be doubled; export the table again, without a spreadsheet between";
    case Fate::short_row:
    case Fate::long_row: return "a delimiter inside a cell wants quotes around it; export the table again";
    case Fate::bad_date: return "name another date column with --date, or correct the dates";
    case Fate::duplicate_id:
    case Fate::conflicting_id: return "is this several downloads joined? Keep one row for each id";
    case Fate::bad_weight:
    case Fate::weight_out_of_range: return fmt::format("weights are numbers from 0 to {:g}", largest_weight);
    default: return "correct them";
    }
}

void EventBuilder::require_enough(const EventSource& source, double max_reject) const {
    if (m_ledger.rows == 0) throw Error(ErrorKind::bad_data, "the table has a header and no rows").at(m_file);
    const std::uint64_t rejected = m_ledger.rejected_total();
    const auto rows = static_cast<double>(m_ledger.rows);
    if (static_cast<double>(rejected) > max_reject * rows) {
        Fate most = Fate::nul_byte;
        for (std::size_t f = index_of(Fate::nul_byte); f < fate_count; ++f)
            if (m_fates[f] > m_fates[index_of(most)]) most = static_cast<Fate>(f);
        const std::string reason = m_plan.reason(most);
        const auto first = std::ranges::find(m_ledger.examples, reason, &LedgerExample::reason);
        const std::string value = first->value.empty() ? "" : fmt::format(" ('{}')", first->value);
        throw Error(
            ErrorKind::bad_data,
            fmt::format("{} of {} rejected ({:.3g} %, allowed {:.3g} %), most as {} ({}); {}, or allow more with "
                        "--max-reject; first{}",
                        grouped(rejected), count_text(m_ledger.rows, "row"), 100 * static_cast<double>(rejected) / rows,
                        100 * max_reject, reason, grouped(m_fates[index_of(most)]), hint(most), value))
            .at(fmt::format("{}:{}{}{}", m_file, first->line, first->column.empty() ? "" : ":", first->column));
    }
    if (m_events.size() == 0) {
        std::string where;
        for (const auto* reasons : {&m_ledger.counted, &m_ledger.filtered, &m_ledger.rejected})
            for (const auto& [reason, count] : *reasons)
                where += fmt::format("{}{} {}", where.empty() ? "" : ", ", grouped(count), reason);
        throw Error(
            ErrorKind::bad_data,
            fmt::format("no event is left to draw of {}: {}{}", count_text(m_ledger.rows, "row"), where,
                        m_ledger.filtered.empty() ? "" : "; ask for less with --from, --to, --where or --within"))
            .at(source.file);
    }
}

void EventBuilder::describe(EventSource& source) const {
    std::int32_t west = std::numeric_limits<std::int32_t>::max(), south = west;
    std::int32_t east = std::numeric_limits<std::int32_t>::min(), north = east;
    for (const LonLatE7& at : m_events.at) {
        west = std::min(west, at.lon), east = std::max(east, at.lon);
        south = std::min(south, at.lat), north = std::max(north, at.lat);
    }
    source.extent = {west / 1e7, south / 1e7, east / 1e7, north / 1e7};

    Day first = std::numeric_limits<Day>::max(), last = no_day;
    std::uint64_t undated = 0;
    for (const Day day : m_events.first_day) {
        first = std::min(first, day == no_day ? first : day), last = std::max(last, day);
        undated += day == no_day;
    }
    for (const Day day : m_events.last_day) last = std::max(last, day);
    if (last != no_day) source.first_day = std::min(first, last), source.last_day = last;

    std::array<std::uint64_t, 256> mix{};
    for (const Precision p : m_events.precision) ++mix[static_cast<std::size_t>(p)];
    source.precision_mix.assign(mix.begin(), mix.begin() + precision_count);

    if (const Column country = m_plan.of(Role::country)) {
        const TextColumn* column = m_events.find_column(m_plan.columns[*country]);
        for (const std::string& value : column->values)
            if (!value.empty()) source.countries.push_back(value);
        std::ranges::sort(source.countries);
    }
    source.illustrative = source.illustrative || m_marked;

    const auto note = [&](std::string text) { source.notes.push_back(std::move(text)); };
    if (m_blank) note(fmt::format("{} passed over", count_text(m_blank, "blank line")));
    if (undated) note(fmt::format("{} without a date", count_text(undated, "event")));
    if (m_wrapped)
        note(fmt::format("{} between 180 and 360 (rejected): subtract 360 in the table",
                         count_text(m_wrapped, "longitude")));
    if (m_unknown_codes)
        note(fmt::format("{} with a precision code that {} does not know (first '{}', line {}): taken as unstated",
                         count_text(m_unknown_codes, "row"), source.schema, m_unknown_code, m_unknown_code_line));
    if (m_plan.repeats_ids) note("one row per actor, as in ACLED's monadic export: each event is drawn once");
    if (!m_plan.of(Role::precision)) note("no precision column: every event is taken at its coordinates");
}

} // namespace harmattan::geo
