#include "geo/reading/row_filter.hpp"

#include "geo/error.hpp"
#include "geo/reading/numbers.hpp"

#include <fmt/format.h>

namespace harmattan::geo {

RowFilter parse_row_filter(const std::string& condition) {
    const std::size_t equals = condition.find('=');
    const std::string column(trimmed(condition.substr(0, equals)));
    if (equals == condition.npos || column.empty())
        throw Error(ErrorKind::usage, fmt::format("'{}' is no condition; write COLUMN=VALUE", condition));
    const std::string wanted(trimmed(std::string_view(condition).substr(equals + 1)));
    return {{column},
            [wanted](const std::vector<std::string_view>& values) { return trimmed(values.front()) == wanted; }};
}

} // namespace harmattan::geo
