#include "geo/reading/csv_records.hpp"

#include "geo/reading/numbers.hpp"
#include "geo/utf8.hpp"

#include <algorithm>
#include <cstring>

namespace harmattan::geo {

namespace {

const char* find_byte(const char* begin, const char* end, char byte) {
    const void* found = begin < end ? std::memchr(begin, byte, static_cast<std::size_t>(end - begin)) : nullptr;
    return found ? static_cast<const char*>(found) : end;
}

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

} // namespace

std::string_view CsvRecord::undoubled(std::size_t column, std::string& scratch) const {
    const std::string_view cell = cells[column];
    scratch.clear();
    for (std::size_t i = 0; i < cell.size(); ++i) {
        scratch += cell[i];
        if (cell[i] == '"') ++i; // why: quotes inside a quoted cell come in pairs, `read_quoted` has seen to it
    }
    const std::size_t size = scratch.size();
    scratch.append(number_padding, '\0');
    return std::string_view(scratch).substr(0, size);
}

CsvRecords::CsvRecords(const char* begin, const char* end, CsvDialect dialect, std::size_t columns, bool surplus_empty,
                       bool last)
    : m_at(begin), m_end(end), m_dialect(dialect), m_columns(columns), m_surplus_empty(surplus_empty), m_last(last),
      m_scanner(begin, end, dialect) {}

void CsvRecords::add_room(CsvRecord& record, const char* begin, const char* end) const {
    // One cell more than columns is kept, to see whether it is empty; a header's cells are all kept.
    const std::size_t kept = m_columns == 0 ? most_columns : m_columns + 1;
    if (record.count >= kept) return;
    record.cells.push_back(between(begin, end));
    record.doubled.push_back(0);
}

bool CsvRecords::is_blank(const CsvRecord& record) const {
    if (record.raw.empty()) return true;
    const char first = record.raw.front();
    if (first != ' ' && first != '\t' && first != '\r' && first != m_dialect.delimiter) [[likely]]
        return false;
    // Also lines of nothing but delimiters, as spreadsheets leave them behind the table.
    return std::ranges::all_of(record.raw,
                               [&](char c) { return c == ' ' || c == '\t' || c == '\r' || c == m_dialect.delimiter; });
}

bool CsvRecords::next(CsvRecord& record) {
    while (m_at != m_end && read(record)) {
        if (!is_blank(record)) return true;
        ++m_blank;
    }
    return false;
}

bool CsvRecords::read(CsvRecord& record) {
    const char* const start = m_at;
    const char* field = start;
    record.line = m_lines;
    record.any_doubled = false;
    record.fault = RecordFault::none;
    record.count = 0;
    m_inner_lines = 0, m_nul = false, m_opened = nullptr;
    for (;;) {
        const char* const p = m_scanner.next();
        if (p == m_end) {
            if (!m_last) {
                m_scanner.seek(m_at);
                return false;
            }
            add_cell(record, field, without_cr(field, m_end));
            finish(record, start, m_end);
            return true;
        }
        const char c = *p;
        if (c == m_dialect.delimiter) {
            add_cell(record, field, p);
            field = p + 1;
        } else if (c == m_dialect.newline) {
            add_cell(record, field, without_cr(field, p));
            finish(record, start, p);
            return true;
        } else if (c == '\0') {
            m_nul = true;
        } else if (p == field) {
            bool at_end = false;
            if (!read_quoted(record, field, at_end)) {
                const bool unclosed = field == nullptr;
                const bool line_ends = find_byte(m_opened, m_end, m_dialect.newline) != m_end;
                if (!m_last && (unclosed || !line_ends)) {
                    m_scanner.seek(m_at);
                    return false;
                }
                recover(record, unclosed ? RecordFault::unclosed_quote : RecordFault::stray_quote, start, m_opened);
                return true;
            }
            m_opened = nullptr;
            if (at_end) {
                finish(record, start, field);
                return true;
            }
        }
    }
}

/// Reads a quoted cell whose opening quote is at `field`. On success `field` is the start of the next cell, or with
/// `at_end` the line end (or the block's end). On failure `field` is null where the closing quote is not in the block,
/// or the place of text behind a closing quote.
bool CsvRecords::read_quoted(CsvRecord& record, const char*& field, bool& at_end) {
    m_opened = field;
    const char* const begin = field + 1;
    bool doubled = false;
    for (;;) {
        const char* p = m_scanner.next();
        if (p == m_end) {
            field = nullptr;
            return false;
        }
        if (*p == m_dialect.newline) ++m_inner_lines;
        if (*p == '\0') m_nul = true;
        if (*p != '"') continue;
        if (p + 1 == m_end && !m_last) { // the next byte decides
            field = nullptr;
            return false;
        }
        if (p + 1 < m_end && p[1] == '"') {
            doubled = true;
            m_scanner.next();
            continue;
        }
        const char* after = p + 1;
        while (after < m_end && (*after == ' ' || *after == '\t') && *after != m_dialect.delimiter) ++after;
        if (m_dialect.newline == '\n' && after < m_end && *after == '\r' && (after + 1 == m_end || after[1] == '\n'))
            ++after;
        if (after == m_end && !m_last) {
            field = nullptr;
            return false;
        }
        const bool delimited = after < m_end && *after == m_dialect.delimiter;
        if (!delimited && after != m_end && *after != m_dialect.newline) {
            field = after;
            return false;
        }
        if (doubled && !record.any_doubled) std::ranges::fill(record.doubled, std::uint8_t{0});
        add_cell(record, begin, p);
        record.any_doubled |= doubled;
        if (record.any_doubled && record.count <= record.doubled.size()) record.doubled[record.count - 1] = doubled;
        if (after < m_end) m_scanner.next(); // `after` itself
        at_end = !delimited;
        field = delimited ? after + 1 : after;
        return true;
    }
}

/// The record is [start, end), `end` its line end or the block's.
void CsvRecords::finish(CsvRecord& record, const char* start, const char* end) {
    record.raw = between(start, without_cr(start, end));
    const std::size_t expected = m_columns + m_surplus_empty;
    const bool wrong_count = m_columns != 0 && record.count != expected;
    if (wrong_count && m_inner_lines > 0 && next_line_is_a_record(start)) {
        // A quote opened by mistake has swallowed good lines up to the next quote.
        recover(record, RecordFault::unclosed_quote, start, start);
        return;
    }
    if (wrong_count) record.fault = record.count < expected ? RecordFault::short_row : RecordFault::long_row;
    else if (m_surplus_empty && m_columns != 0 && !record.cells[m_columns].empty())
        record.fault = RecordFault::long_row;
    if (m_nul) record.fault = RecordFault::nul_byte;
    else if (m_scanner.ascii_from() > start && !is_valid_utf8(record.raw)) record.fault = RecordFault::invalid_utf8;
    m_lines += m_inner_lines + 1;
    m_at = end == m_end ? m_end : end + 1;
}

/// Rejects the line of `from` (and those before it that belong to the record), and goes on at the line after it.
void CsvRecords::recover(CsvRecord& record, RecordFault fault, const char* start, const char* from) {
    const char* const line_end = find_byte(from, m_end, m_dialect.newline);
    const auto lines_before = static_cast<std::uint64_t>(std::count(start, from, m_dialect.newline));
    record.line = m_lines + lines_before;
    record.raw = between(start, without_cr(start, line_end));
    record.fault = fault;
    record.any_doubled = false;
    m_lines += lines_before + 1;
    m_at = line_end == m_end ? m_end : line_end + 1;
    m_scanner.seek(m_at);
}

bool CsvRecords::next_line_is_a_record(const char* start) const {
    const char* const line = find_byte(start, m_end, m_dialect.newline) + 1;
    if (line >= m_end) return false;
    const char* const line_end = find_byte(line, m_end, m_dialect.newline);
    CsvRecords trial(line, line_end, m_dialect, m_columns, m_surplus_empty, true);
    CsvRecord record;
    return trial.read(record) && record.fault == RecordFault::none;
}

bool CsvRecords::give_up(CsvRecord& record) {
    const char* const start = m_at;
    const char* const from = m_opened && m_opened >= start ? m_opened : start;
    if (find_byte(from, m_end, m_dialect.newline) == m_end) {
        record.line = m_lines;
        record.raw = between(start, m_end);
        record.fault = RecordFault::long_line;
        m_at = m_end;
        return false;
    }
    recover(record, RecordFault::unclosed_quote, start, from);
    return true;
}

} // namespace harmattan::geo
