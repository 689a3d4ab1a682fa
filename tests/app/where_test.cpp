#include "app/where.hpp"

#include "geo/error.hpp"

#include <gtest/gtest.h>
#include <map>

namespace harmattan::app {

namespace {

bool keeps(const std::string& condition, const std::map<std::string, std::string>& row) {
    const geo::RowFilter filter = parse_where(condition);
    std::vector<std::string_view> values;
    for (const std::string& column : filter.columns) values.push_back(row.at(column));
    return filter.keep(values);
}

} // namespace

TEST(Where, TakesColumnEqualsValueOrAFilterOfTheStyleLanguage) {
    const std::map<std::string, std::string> row{{"country", "Mali"}, {"fatalities", "3"}, {"notes", ""}};
    EXPECT_TRUE(keeps("country=Mali", row));
    EXPECT_FALSE(keeps("country=Niger", row));
    EXPECT_TRUE(keeps(R"(["all", ["==", ["get", "country"], "Mali"], [">", ["get", "fatalities"], 2]])", row));
    EXPECT_FALSE(keeps(R"([">", ["get", "fatalities"], 3])", row));
    EXPECT_TRUE(keeps(R"(["==", "country", "Mali"])", row));
    EXPECT_FALSE(keeps(R"(["has", "notes"])", row));
}

TEST(Where, SaysWhatIsWrongInAFilter) {
    EXPECT_THROW(parse_where(R"(["=", 1])"), geo::Error);
    EXPECT_THROW(parse_where(R"(["==")"), geo::Error);
    EXPECT_THROW(parse_where("no condition"), geo::Error);
}

} // namespace harmattan::app
