#pragma once
// Columns of text for a terminal: as wide as what stands in them, numbers to the right.

#include <string>
#include <vector>

namespace harmattan::app {

/// `rows`: the first is the header; all as long. `numbers`: by column, whether it is set flush right. Each line is
/// indented by `indent` and ends in LF; cells are shown in one line.
std::string text_table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& numbers,
                       std::size_t indent = 0);

/// Without line breaks and control sequences, which a name of a file may hold.
std::string in_one_line(std::string text);

} // namespace harmattan::app
