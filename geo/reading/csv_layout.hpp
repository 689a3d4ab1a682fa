#pragma once
// How a delimited file is laid out, found from its whole header and its first rows: delimiter, line end, names, HXL
// tags, where the data begin.

#include "geo/reading/structural_scanner.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

struct CsvLayout {
    CsvDialect dialect;
    std::vector<std::string> columns; ///< names as in the file, trimmed; the tags themselves where there are no names
    std::vector<std::string> hxl;     ///< tag per column, empty without an HXL row
    std::uint64_t hxl_line = 0;       ///< 1-based, 0: none
    bool surplus_empty = false;       ///< every row of the sample has one empty cell more than the header
    std::size_t data_begin = 0;       ///< offset of the first data row in `head`
    std::uint64_t header_lines = 0;   ///< lines before it
};

/// Whether a header holds what is looked for (both coordinates): decides between two delimiters that both fit.
using HeaderTest = std::function<bool(std::span<const std::string> columns, std::span<const std::string> hxl)>;

/// Reads the layout from the beginning of the text (with scanner_padding bytes behind it); `whole`: the file ends with
/// `head`. The delimiter is the one of , ; tab | that cuts the header into at least two names and most rows into as
/// many cells. Throws Error bad_data: empty, UTF-16 or UTF-32, a header that is not UTF-8, no delimiter, or two of them
/// that fit equally well.
CsvLayout find_csv_layout(std::string_view head, bool whole, const HeaderTest& has_coordinates);

/// "comma", "semicolon", "tab", "vertical bar".
std::string_view delimiter_name(char delimiter);

} // namespace harmattan::geo
