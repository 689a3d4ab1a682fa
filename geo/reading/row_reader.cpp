#include "geo/mercator.hpp"
#include "geo/reading/numbers.hpp"
#include "geo/reading/row_batch.hpp"
#include "geo/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <xxhash.h>

namespace harmattan::geo {

namespace {

constexpr std::int64_t e7 = 10'000'000;
constexpr std::int64_t mercator_limit_e7 = static_cast<std::int64_t>(mercator::max_latitude * 1e7);
constexpr std::size_t example_bytes = 60;

Fate fate_of(RecordFault fault) {
    switch (fault) {
    case RecordFault::nul_byte: return Fate::nul_byte;
    case RecordFault::invalid_utf8: return Fate::invalid_utf8;
    case RecordFault::unclosed_quote: return Fate::unclosed_quote;
    case RecordFault::stray_quote: return Fate::stray_quote;
    case RecordFault::long_line: return Fate::long_line;
    case RecordFault::short_row: return Fate::short_row;
    case RecordFault::long_row: return Fate::long_row;
    case RecordFault::none: break;
    }
    return Fate::drawn;
}

/// Valid UTF-8 on one line, cut to what an example shows.
std::string example_text(std::string_view text) {
    std::string valid = to_valid_utf8(text.substr(0, 4 * example_bytes));
    for (char& c : valid)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return std::string(utf8_prefix(valid, example_bytes));
}

LonLatE7 to_e7(std::int64_t lon, std::int64_t lat) {
    return {static_cast<std::int32_t>(lon), static_cast<std::int32_t>(lat)};
}

} // namespace

RowReader::RowReader(const RowPlan& plan)
    : m_plan(plan), m_filters(plan.from || plan.to || !plan.where.empty() || plan.within || plan.within_unit) {}

void RowReader::add(const CsvRecord& record, RowBatch& batch, const SourceRow* located) {
    ++batch.rows;
    if (m_plan.proving_dates) {
        if (record.fault == RecordFault::none) prove(record, batch);
        return;
    }
    Row row;
    const Judged judged =
        record.fault == RecordFault::none ? judge(record, batch, located, row) : Judged{fate_of(record.fault)};
    ++batch.fates[index_of(judged.fate)];
    if (judged.fate != Fate::drawn && !is_filtered(judged.fate)) [[unlikely]]
        note_example(record, batch, judged, located);
    if (is_rejected(judged.fate)) [[unlikely]] {
        if (judged.fate == Fate::invalid_utf8 && batch.ill_formed.empty())
            batch.ill_formed = record.raw.substr(0, 1 << 14);
        return;
    }

    if (const Column id = m_plan.of(Role::id)) {
        const std::string_view key = trimmed(text(record, *id));
        if (!key.empty()) {
            batch.id_text += key;
            batch.ids.push_back({XXH3_64bits(key.data(), key.size()),
                                 static_cast<std::uint32_t>(XXH3_64bits(record.raw.data(), record.raw.size())),
                                 static_cast<std::uint32_t>(record.line),
                                 static_cast<std::uint32_t>(batch.id_text.size()), judged.fate});
        } else if (is_kept(judged.fate)) {
            // Entries of Events and of `ids` are matched by counting, so a row without an id has an empty one.
            batch.ids.push_back({0, 0, 0, static_cast<std::uint32_t>(batch.id_text.size()), judged.fate});
        }
    }
    if (!batch.marked && !m_plan.mark.empty())
        if (const Column mark = m_plan.of(Role::mark))
            batch.marked = text(record, *mark).find(m_plan.mark) != std::string_view::npos;
    if (!is_kept(judged.fate)) return;

    batch.at.push_back(row.at);
    batch.precision.push_back(row.precision);
    if (m_plan.of(Role::weight)) batch.weight.push_back(row.weight);
    if (m_plan.of(Role::start)) batch.first_day.push_back(row.first_day);
    if (m_plan.of(Role::end)) batch.last_day.push_back(row.last_day);
    for (std::size_t k = 0; k < m_plan.kept_columns.size(); ++k) {
        RowBatch::Texts& column = batch.columns[k];
        column.index.push_back(column.table.index_of(trimmed(text(record, m_plan.kept_columns[k]))));
    }
}

/// What is wrong comes first, then what the user does not want, then what has no place on the map.
RowReader::Judged RowReader::judge(const CsvRecord& record, RowBatch& batch, const SourceRow* located, Row& row) {
    if (const Judged placed = place(record, batch, located, row); is_rejected(placed.fate)) return placed;
    if (m_plan.of(Role::start))
        if (const Judged dated = date(record, batch, row); is_rejected(dated.fate)) return dated;
    if (m_plan.of(Role::weight))
        if (const Judged weighed = weigh(record, row); is_rejected(weighed.fate)) return weighed;
    Fate meaning = Fate::drawn;
    if (m_plan.of(Role::precision)) {
        const RowPlan::Code known = code(record, batch);
        row.precision = known.precision;
        meaning = known.fate;
    }
    if (m_filters)
        if (const Judged filtered = filter(record, row); filtered.fate != Fate::drawn) return filtered;
    if (!row.placed) return {Fate::no_coordinates};
    if (m_plan.precision != PrecisionUse::point && meaning != Fate::drawn) return {meaning, m_plan.of(Role::precision)};
    if (m_plan.precision == PrecisionUse::drop && row.precision != Precision::place &&
        row.precision != Precision::unstated)
        return {Fate::precision};
    if (row.at.lat > mercator_limit_e7 || row.at.lat < -mercator_limit_e7)
        return {Fate::outside_mercator, m_plan.of(Role::lat)};
    return {};
}

RowReader::Judged RowReader::place(const CsvRecord& record, RowBatch& batch, const SourceRow* located, Row& row) {
    std::int64_t lon = e7_empty, lat = e7_empty;
    const Column lon_column = m_plan.of(Role::lon), lat_column = m_plan.of(Role::lat);
    if (located && located->geometry != RowGeometry::none) {
        if (located->geometry == RowGeometry::other) return {Fate::not_a_point};
        if (located->geometry == RowGeometry::bad) return {Fate::bad_geometry};
        lon = std::llround(std::clamp(located->at.lon, -1000.0, 1000.0) * 1e7);
        lat = std::llround(std::clamp(located->at.lat, -1000.0, 1000.0) * 1e7);
    } else if (lon_column && lat_column) {
        lon = parse_e7(text(record, *lon_column), Axis::lon, m_plan.decimal_comma);
        lat = parse_e7(text(record, *lat_column), Axis::lat, m_plan.decimal_comma);
        if (lon == e7_empty && lat == e7_empty) return {};
        if (lon == e7_bad || lon == e7_empty) return {Fate::bad_longitude, lon_column};
        if (lat == e7_bad || lat == e7_empty) return {Fate::bad_latitude, lat_column};
    } else {
        return {};
    }
    if (lon > 180 * e7 || lon < -180 * e7) [[unlikely]] {
        batch.wrapped_longitudes += lon > 0 && lon <= 360 * e7;
        return {Fate::longitude_out_of_range, lon_column};
    }
    if (lat > 90 * e7 || lat < -90 * e7) [[unlikely]]
        return {Fate::latitude_out_of_range, lat_column};
    if (lon == 0 && lat == 0) [[unlikely]]
        return {Fate::null_island, lon_column};
    row.at = to_e7(lon, lat);
    row.placed = true;
    return {};
}

RowReader::Judged RowReader::date(const CsvRecord& record, RowBatch& batch, Row& row) {
    const Column start = m_plan.of(Role::start), end = m_plan.of(Role::end);
    const ParsedDate first = parse_date(text(record, *start), m_plan.start_rules);
    if (first.status == DateStatus::either) return undecided(record, batch, 0);
    if (first.status == DateStatus::bad) return {Fate::bad_date, start};
    row.first_day = row.last_day = first.day;
    if (!end) return {};
    const ParsedDate last = parse_date(text(record, *end), m_plan.end_rules);
    if (last.status == DateStatus::either) return undecided(record, batch, 1);
    if (last.status == DateStatus::bad) return {Fate::bad_date, end};
    if (last.status == DateStatus::empty) return {};
    row.last_day = last.day;
    if (first.status == DateStatus::ok && last.day < first.day) return {Fate::end_before_start, end};
    return {};
}

/// A date of either order stops the reading until the order is proved; what is said of the row does not matter.
RowReader::Judged RowReader::undecided(const CsvRecord& record, RowBatch& batch, std::size_t which) {
    const Column column = m_plan.of(which == 0 ? Role::start : Role::end);
    RowBatch::Proof& proof = batch.proofs[which];
    if (proof.either_line == 0) {
        proof.either_line = record.line + 1;
        proof.either = example_text(text(record, *column));
    }
    return {Fate::bad_date, column};
}

RowReader::Judged RowReader::weigh(const CsvRecord& record, Row& row) {
    const Column column = m_plan.of(Role::weight);
    const auto value = parse_number(text(record, *column), m_plan.decimal_comma);
    if (!value) return {Fate::bad_weight, column};
    if (*value < 0 || *value > largest_weight) return {Fate::weight_out_of_range, column};
    row.weight = static_cast<float>(*value);
    return {};
}

RowReader::Judged RowReader::filter(const CsvRecord& record, const Row& row) {
    if (m_plan.from || m_plan.to) {
        if (row.first_day == no_day) return {Fate::no_date};
        const Day last = m_plan.dates == DateMatch::overlap ? row.last_day : row.first_day;
        if ((m_plan.from && last < *m_plan.from) || (m_plan.to && row.first_day > *m_plan.to)) return {Fate::date};
    }
    for (const RowPlan::Filter& test : m_plan.where) {
        m_filter_texts.resize(test.columns.size());
        m_filter_values.clear();
        for (std::size_t i = 0; i < test.columns.size(); ++i)
            m_filter_values.push_back(record.text(test.columns[i], m_filter_texts[i]));
        if (!test.keep(m_filter_values)) return {Fate::where};
    }
    if (row.placed && m_plan.within && !m_plan.within->contains(row.at.degrees())) return {Fate::within};
    if (row.placed && m_plan.within_unit && !m_plan.within_unit(row.at.degrees())) return {Fate::within};
    return {};
}

RowPlan::Code RowReader::code(const CsvRecord& record, RowBatch& batch) {
    const std::string_view cell = text(record, *m_plan.of(Role::precision));
    const auto number = leading_integer(cell);
    if (number && *number < 100 && m_plan.codes[static_cast<std::size_t>(*number)].known)
        return m_plan.codes[static_cast<std::size_t>(*number)];
    if (!trimmed(cell).empty() && batch.unknown_codes++ == 0) {
        batch.unknown_code_line = record.line;
        batch.unknown_code = example_text(cell);
    }
    return {};
}

void RowReader::prove(const CsvRecord& record, RowBatch& batch) {
    const std::array columns{m_plan.of(Role::start), m_plan.of(Role::end)};
    for (std::size_t which = 0; which < 2; ++which) {
        if (!columns[which]) continue;
        const std::string_view cell = text(record, *columns[which]);
        if (parse_date(cell, {}).status != DateStatus::either) continue;
        undecided(record, batch, which);
        RowBatch::Proof& proof = batch.proofs[which];
        const DateOrder order = proven_order(cell);
        if (order == DateOrder::day_first && proof.day_first_line == 0)
            proof.day_first_line = record.line + 1, proof.day_first = example_text(cell);
        if (order == DateOrder::month_first && proof.month_first_line == 0)
            proof.month_first_line = record.line + 1, proof.month_first = example_text(cell);
    }
}

void RowReader::note_example(const CsvRecord& record, RowBatch& batch, const Judged& judged, const SourceRow* located) {
    if (batch.fates[index_of(judged.fate)] > Ledger::examples_per_reason) return;
    RowBatch::Example example{judged.fate, record.line, {}, {}};
    if (judged.column >= 0) {
        const auto column = static_cast<std::size_t>(judged.column);
        example.column = m_plan.columns[column];
        example.value = example_text(text(record, column));
    } else if (located == nullptr) {
        example.value = example_text(record.raw);
    }
    batch.examples.push_back(std::move(example));
}

} // namespace harmattan::geo
