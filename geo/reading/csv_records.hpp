#pragma once
// Cuts a block of delimited text into records (RFC 4180: quotes, doubled quotes, line ends inside quotes), and finds
// its way back where the text is broken: a broken record costs its own line, not the rest of the file.

#include "geo/reading/structural_scanner.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

enum class RecordFault : std::uint8_t {
    none,
    nul_byte,
    invalid_utf8,
    unclosed_quote, ///< a quote opens and nothing closes it
    stray_quote,    ///< a quoted cell goes on behind its closing quote
    long_line,      ///< larger than the reader's limit
    short_row,
    long_row,
};

/// Columns beyond this number are not kept, only counted.
inline constexpr std::size_t most_columns = 4096;

/// One record, made anew by each `CsvRecords::next`; its text lies in the block.
struct CsvRecord {
    std::vector<std::string_view> cells; ///< room for cells, `count` of them in use: contents without the outer quotes
    std::vector<std::uint8_t> doubled;   ///< per cell: holds doubled quotes, still doubled; only with any_doubled
    std::size_t count = 0;               ///< cells of the record, also those not kept
    bool any_doubled = false;
    std::string_view raw;   ///< the whole record without its line end
    std::uint64_t line = 0; ///< lines of the block before the record
    RecordFault fault = RecordFault::none;

    /// A cell as text, in `scratch` where quotes have to be undoubled; eight bytes behind it are readable.
    std::string_view text(std::size_t column, std::string& scratch) const {
        if (!any_doubled || !doubled[column]) [[likely]]
            return cells[column];
        return undoubled(column, scratch);
    }

private:
    std::string_view undoubled(std::size_t column, std::string& scratch) const;
};

class CsvRecords {
public:
    /// Records of `columns` cells (0: any number, nothing is short or long), with `surplus_empty` and one empty cell
    /// more. [begin, end) starts at a record; scanner_padding bytes behind `end` are readable. `last`: the file ends at
    /// `end`, so that the last record needs no line end.
    CsvRecords(const char* begin, const char* end, CsvDialect dialect, std::size_t columns, bool surplus_empty,
               bool last);

    /// The next record, blank lines passed over; false where the rest is not a whole record (see `at`).
    bool next(CsvRecord& record);

    /// Takes the record at `at` for broken, although its end is not in the block: for blocks that cannot grow. False
    /// where even its first line has no end here: the caller drops the bytes up to the next line end.
    bool give_up(CsvRecord& record);

    const char* at() const { return m_at; }         ///< first byte not consumed
    std::uint64_t lines() const { return m_lines; } ///< lines consumed
    std::uint64_t blank_lines() const { return m_blank; }

private:
    bool read(CsvRecord& record);
    bool read_quoted(CsvRecord& record, const char*& field, bool& at_end);
    void add_cell(CsvRecord& record, const char* begin, const char* end) {
        if (record.count < record.cells.size()) [[likely]]
            record.cells[record.count] = {begin, static_cast<std::size_t>(end - begin)};
        else add_room(record, begin, end);
        ++record.count;
    }
    void add_room(CsvRecord& record, const char* begin, const char* end) const;
    bool is_blank(const CsvRecord& record) const;
    const char* without_cr(const char* begin, const char* end) const {
        return m_dialect.newline == '\n' && end > begin && end[-1] == '\r' ? end - 1 : end;
    }
    void finish(CsvRecord& record, const char* start, const char* end);
    void recover(CsvRecord& record, RecordFault fault, const char* start, const char* from);
    bool next_line_is_a_record(const char* start) const;

    const char* m_at;
    const char* m_end;
    CsvDialect m_dialect;
    std::size_t m_columns;
    bool m_surplus_empty, m_last;
    StructuralScanner m_scanner;
    std::uint64_t m_lines = 0, m_blank = 0;
    std::uint64_t m_inner_lines = 0; ///< line ends inside quotes of the record being read
    const char* m_opened = nullptr;  ///< the quote that has not been closed
    bool m_nul = false;
};

} // namespace harmattan::geo
