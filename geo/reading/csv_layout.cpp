#include "geo/reading/csv_layout.hpp"

#include "geo/error.hpp"
#include "geo/reading/csv_records.hpp"
#include "geo/reading/file_kind.hpp"
#include "geo/reading/numbers.hpp"
#include "geo/reading/schema.hpp"
#include "geo/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harmattan::geo {

namespace {

constexpr std::array delimiters{',', ';', '\t', '|'};
constexpr std::size_t sample_rows = 200;

struct Candidate {
    CsvLayout layout;
    std::size_t rows = 0, agreeing = 0, surplus = 0;
};

std::vector<std::string> texts(const CsvRecord& record) {
    std::vector<std::string> out;
    std::string scratch;
    for (std::size_t i = 0; i < record.count; ++i) out.emplace_back(trimmed(record.text(i, scratch)));
    return out;
}

std::span<const std::string_view> cells_of(const CsvRecord& record) {
    return std::span(record.cells).first(std::min(record.count, record.cells.size()));
}

Candidate try_delimiter(std::string_view head, bool whole, CsvDialect dialect) {
    Candidate candidate;
    CsvLayout& layout = candidate.layout;
    layout.dialect = dialect;
    CsvRecords records(head.data(), head.data() + head.size(), dialect, 0, false, whole);
    CsvRecord record;
    if (!records.next(record) || record.count > most_columns) return candidate;
    layout.columns = texts(record);
    const auto place = [&] {
        layout.data_begin = static_cast<std::size_t>(records.at() - head.data());
        layout.header_lines = records.lines();
    };
    if (is_hxl_row(cells_of(record))) {
        layout.hxl = layout.columns;
        layout.hxl_line = record.line + 1;
    }
    place();
    while (candidate.rows < sample_rows && records.next(record)) {
        if (candidate.rows == 0 && layout.hxl.empty() && record.fault == RecordFault::none &&
            is_hxl_row(cells_of(record))) {
            layout.hxl = texts(record);
            layout.hxl.resize(layout.columns.size());
            layout.hxl_line = record.line + 1;
            place();
            continue;
        }
        ++candidate.rows;
        if (record.fault == RecordFault::unclosed_quote || record.fault == RecordFault::stray_quote) continue;
        const bool surplus = record.count == layout.columns.size() + 1 && record.count <= record.cells.size() &&
                             record.cells[record.count - 1].empty();
        candidate.surplus += surplus;
        candidate.agreeing += surplus || record.count == layout.columns.size();
    }
    layout.surplus_empty = candidate.rows > 0 && candidate.surplus == candidate.rows;
    return candidate;
}

void require_utf8_text(std::string_view head) {
    if (const std::string_view encoding = wide_encoding(head); !encoding.empty())
        throw Error(ErrorKind::bad_data,
                    fmt::format("the file is {}, not UTF-8; convert it: iconv -f {} -t UTF-8", encoding, encoding));
}

CsvLayout choose(std::vector<Candidate>& candidates, const HeaderTest& has_coordinates) {
    std::erase_if(candidates, [](const Candidate& c) { return c.layout.columns.size() < 2; });
    if (candidates.empty())
        throw Error(ErrorKind::bad_data,
                    "the header is one name: no comma, semicolon, tab or vertical bar cuts it into columns");
    // Those that cut clearly fewer rows as they cut the header are out.
    const auto share = [](const Candidate& c) {
        return c.rows ? static_cast<double>(c.agreeing) / static_cast<double>(c.rows) : 1.0;
    };
    double best = 0;
    for (const Candidate& c : candidates) best = std::max(best, share(c));
    std::erase_if(candidates, [&](const Candidate& c) { return share(c) < best - 0.1; });
    if (candidates.size() == 1) return candidates.front().layout;
    std::vector<const Candidate*> good;
    for (const Candidate& c : candidates)
        if (has_coordinates(c.layout.columns, c.layout.hxl)) good.push_back(&c);
    if (good.size() == 1) return good.front()->layout;
    throw Error(
        ErrorKind::bad_data,
        fmt::format("the delimiter is ambiguous: {} and {} both cut header and rows evenly; write the file with one",
                    delimiter_name(candidates[0].layout.dialect.delimiter),
                    delimiter_name(candidates[1].layout.dialect.delimiter)));
}

} // namespace

std::string_view delimiter_name(char delimiter) {
    switch (delimiter) {
    case ',': return "comma";
    case ';': return "semicolon";
    case '\t': return "tab";
    default: return "vertical bar";
    }
}

CsvLayout find_csv_layout(std::string_view head, bool whole, const HeaderTest& has_coordinates) {
    require_utf8_text(head);
    const std::size_t mark = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const std::string_view text = head.substr(mark);
    CsvDialect dialect;
    if (text.find('\n') == text.npos && text.find('\r') != text.npos) dialect.newline = '\r';
    std::vector<Candidate> candidates;
    for (const char delimiter : delimiters) {
        dialect.delimiter = delimiter;
        candidates.push_back(try_delimiter(text, whole, dialect));
    }
    if (std::ranges::all_of(candidates, [](const Candidate& c) { return c.layout.columns.empty(); })) {
        const bool blank = text.find_first_not_of(" \t\r\n") == text.npos;
        throw Error(ErrorKind::bad_data, blank && whole
                                             ? std::string("the file is empty")
                                             : fmt::format("no header line of at most {} columns in the first {} bytes",
                                                           most_columns, text.size()));
    }
    CsvLayout layout = choose(candidates, has_coordinates);
    layout.data_begin += mark;
    const std::string_view header = head.substr(mark, layout.data_begin - mark);
    if (!is_valid_utf8(header))
        throw Error(
            ErrorKind::bad_data,
            looks_like_cp1252(header)
                ? "the header is not UTF-8 and looks like Windows-1252; convert it: iconv -f WINDOWS-1252 -t UTF-8"
                : "the header is not UTF-8; convert the file to UTF-8");
    return layout;
}

} // namespace harmattan::geo
