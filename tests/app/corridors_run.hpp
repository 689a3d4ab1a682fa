#pragma once
// Made-up roads with incidents, harmattan corridors run over them, and what it wrote read back.

#include "app/program.hpp"

#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace harmattan::test {

/// Two roads to Eastend, about 108 km each, and one along the first's end.
inline constexpr const char* two_roads_east = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "R1", "name": "North Road", "to": "Eastend"}, "geometry": {"type": "LineString", "coordinates": [[-4, 15], [-3, 15]]}},
{"type": "Feature", "properties": {"id": "R2", "name": "South Road", "to": "Eastend", "status": "restricted"}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14]]}},
{"type": "Feature", "properties": {"id": "R3", "name": "Branch"}, "geometry": {"type": "LineString", "coordinates": [[-3.2, 14.01], [-2.6, 14]]}}]})";

/// Nine at places along the south (two of them where the branch runs too), one on the north, one known to about 25 km,
/// one far off.
inline constexpr const char* twelve_incidents = R"(id,latitude,longitude,date_start,where_prec,country,type_of_violence
1,14.001,-3.95,2025-05-03,1,Mali,1
2,14.001,-3.94,2025-05-09,1,Mali,1
3,14.03,-3.5,2025-06-11,1,Mali,1
4,14.05,-3.49,2025-08-11,1,Mali,1
5,14.15,-3.48,2025-08-12,1,Mali,1
6,14.001,-3.47,2025-09-13,1,Mali,1
7,14.001,-3.46,2025-09-14,1,Mali,1
8,14.02,-3.12,2025-10-01,1,Mali,1
9,14.02,-3.11,2025-10-02,1,Mali,1
10,15.01,-3.5,2025-10-02,1,Mali,1
11,14.0,-3.6,2025-10-31,2,Mali,1
12,17.5,-3.5,2025-05-01,1,Mali,1
)";

class Corridors : public testing::Test {
protected:
    Corridors() { folder.write("roads.geojson", two_roads_east), folder.write("events.csv", twelve_incidents); }
    ProgramRun run(const std::string& output, std::vector<std::string> more = {}) const {
        std::vector<std::string> line{"corridors", "events.csv", "--corridors", "roads.geojson",
                                      "-o",        output,       "--force"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path());
    }
    /// Rows of the table by column name.
    std::vector<std::map<std::string, std::string>> table(const std::string& file) const {
        std::istringstream text(read_file(folder.path() / file));
        std::vector<std::map<std::string, std::string>> rows;
        std::vector<std::string> header;
        for (std::string line; std::getline(text, line);) {
            std::vector<std::string> cells{""};
            bool quoted = false;
            for (const char c : line) {
                if (c == '"') quoted = !quoted;
                else if (c == ',' && !quoted) cells.emplace_back();
                else cells.back() += c;
            }
            if (header.empty()) {
                header = cells;
                continue;
            }
            EXPECT_EQ(cells.size(), header.size()) << line;
            std::map<std::string, std::string>& row = rows.emplace_back();
            for (std::size_t c = 0; c < header.size(); ++c) row[header[c]] = cells.at(c);
        }
        return rows;
    }
    /// Lines of a GeoJSON file, one a feature, of that kind.
    std::vector<std::string> features(const std::string& file, const std::string& kind) const {
        std::istringstream text(read_file(folder.path() / file));
        std::vector<std::string> found;
        for (std::string line; std::getline(text, line);)
            if (line.find("\"kind\":\"" + kind + "\"") != std::string::npos) found.push_back(line);
        return found;
    }
    double sum(const std::string& file, const std::string& corridor, const std::string& column) const {
        double total = 0;
        for (const auto& row : table(file))
            if (row.at("corridor") == corridor && !row.at(column).empty()) total += std::stod(row.at(column));
        return total;
    }
    TemporaryFolder folder;
};

} // namespace harmattan::test
