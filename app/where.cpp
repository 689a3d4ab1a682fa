#include "app/where.hpp"

#include "geo/error.hpp"
#include "geo/reading/row_filter.hpp"
#include "styles/expression.hpp"
#include "styles/json.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

/// Adds every column that a filter asks for: the names after "get" and "has", and in old filters after the operator.
void collect_columns(const styles::Value& value, std::vector<std::string>& columns) {
    const styles::Array* items = value.array();
    if (!items) return;
    if (items->size() > 1 && (*items)[0].string() && (*items)[1].string()) {
        const std::string& name = *(*items)[1].string();
        if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
    }
    for (const styles::Value& item : *items) collect_columns(item, columns);
}

class Row : public styles::FeatureView {
public:
    Row(const std::vector<std::string>& columns, const std::vector<std::string_view>& values)
        : m_columns(columns), m_values(values) {}

    styles::Value property(std::string_view name) const override {
        const auto at = std::find(m_columns.begin(), m_columns.end(), name);
        if (at == m_columns.end()) return {};
        const std::string_view cell = m_values[static_cast<std::size_t>(at - m_columns.begin())];
        if (cell.empty()) return {};
        double number = 0;
        const auto [stop, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
        if (failed == std::errc() && stop == cell.data() + cell.size()) return number;
        return std::string(cell);
    }
    geo::GeometryType geometry() const override { return geo::GeometryType::point; }

private:
    const std::vector<std::string>& m_columns;
    const std::vector<std::string_view>& m_values;
};

} // namespace

geo::RowFilter parse_where(const std::string& condition) {
    if (!condition.starts_with('[')) return geo::parse_row_filter(condition);
    const styles::Value json = styles::parse_json(condition, "--where");
    std::vector<styles::Fault> faults;
    const std::optional<styles::Expression> filter = styles::parse_filter(json, faults);
    if (!filter || !faults.empty())
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("--where is not a MapLibre filter: {}",
                                     faults.empty() ? "it gives no truth value" : faults.front().message));
    std::vector<std::string> columns;
    collect_columns(json, columns);
    return {columns, [columns, filter = *filter](const std::vector<std::string_view>& values) {
                const Row row(columns, values);
                styles::EvaluationContext context;
                context.feature = &row;
                try {
                    const styles::Value kept = filter.evaluate(context);
                    return kept.boolean() && *kept.boolean();
                } catch (const styles::ExpressionError&) {
                    return false; // as a style's filter that fails
                }
            }};
}

} // namespace harmattan::app
