#include "app/corridors/exposure_of.hpp"

#include "app/texts.hpp"
#include "geo/error.hpp"
#include "geo/fold_name.hpp"
#include "geo/mapped_file.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

/// A table of numbers and names needs no more of CSV than this: quotes round a whole cell.
std::vector<std::string> cells_of(std::string_view line, char separator) {
    std::vector<std::string> cells{""};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') quoted = !quoted;
        else if (c == separator && !quoted) cells.emplace_back();
        else if (c != '\r') cells.back() += c;
    }
    return cells;
}

struct Columns {
    std::size_t from = 0, to = 0, convoys = 0;
    std::optional<std::size_t> corridor;
};

std::optional<std::size_t> find(const std::vector<std::string>& header, std::string_view name) {
    const auto found = std::ranges::find(header, name);
    return found == header.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - header.begin()));
}

class Table {
public:
    Table(const std::filesystem::path& file, std::string_view text) : m_file(file.filename().string()), m_rest(text) {
        if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
        const std::string_view first = line();
        m_separator = first.find(';') != std::string_view::npos ? ';' : ',';
        const std::vector<std::string> header = cells_of(first, m_separator);
        m_width = header.size();
        const auto column = [&](const char* name) {
            const auto at = find(header, name);
            if (!at)
                throw geo::Error(
                    geo::ErrorKind::bad_data,
                    fmt::format("there is no column '{}'; the table of --exposure has from_km, to_km and convoys",
                                name))
                    .at(m_file);
            return *at;
        };
        m_columns = {column("from_km"), column("to_km"), column("convoys"), find(header, "corridor")};
    }

    std::vector<geo::ConvoyStretch> stretches(const CorridorStudy& corridor) {
        std::vector<geo::ConvoyStretch> all;
        while (!m_rest.empty()) {
            const std::vector<std::string> cells = cells_of(line(), m_separator);
            if (cells.size() == 1 && cells.front().empty()) continue;
            try {
                if (cells.size() != m_width)
                    throw geo::Error(geo::ErrorKind::bad_data,
                                     fmt::format("{} cells where the header has {}", cells.size(), m_width));
                if (m_columns.corridor && !is_of(corridor, cells[*m_columns.corridor])) continue;
                all.push_back({1000 * parse_number(cells[m_columns.from], 0, 40'000),
                               1000 * parse_number(cells[m_columns.to], 0, 40'000),
                               parse_number(cells[m_columns.convoys], 0, 1e9)});
            } catch (const geo::Error& error) {
                throw geo::Error(geo::ErrorKind::bad_data, error.what()).at(fmt::format("{}:{}", m_file, m_line));
            }
        }
        return all;
    }

private:
    std::string_view line() {
        const std::size_t end = std::min(m_rest.find('\n'), m_rest.size());
        const std::string_view one = m_rest.substr(0, end);
        m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        ++m_line;
        return one;
    }
    static bool is_of(const CorridorStudy& corridor, const std::string& name) {
        const std::string wanted = geo::fold_name(name);
        return wanted == geo::fold_name(corridor.id) || wanted == geo::fold_name(corridor.name);
    }

    std::string m_file;
    std::string_view m_rest;
    std::uint64_t m_line = 0;
    char m_separator = ',';
    std::size_t m_width = 0;
    Columns m_columns;
};

} // namespace

std::optional<geo::Exposure> exposure_of(const Job& job, const CorridorStudy& corridor) {
    if (job.exposure.empty()) return std::nullopt;
    const std::filesystem::path path = job.exposure;
    if (path.extension() != ".csv")
        return geo::Exposure({{0, corridor.route.length_m(), parse_number(job.exposure, 0, 1e9)}});
    const geo::MappedFile file(path);
    std::vector<geo::ConvoyStretch> stretches = Table(path, file.text()).stretches(corridor);
    try {
        return geo::Exposure(std::move(stretches));
    } catch (geo::Error& error) {
        error.at(fmt::format("{}, corridor {}", path.filename().string(), corridor.id));
        throw;
    }
}

} // namespace harmattan::app
