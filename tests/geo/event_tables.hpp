#pragma once
// Event tables as text in a test, read the way the program reads them.

#include "geo/error.hpp"
#include "geo/read_events.hpp"
#include "support/temp_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>

namespace harmattan::test {

inline geo::ReadEventsOptions event_options() {
    geo::ReadEventsOptions options;
    options.schema_dir = HARMATTAN_TEST_DATA "/schemas";
    return options;
}

/// The same, with any share of rows rejected.
inline geo::ReadEventsOptions lenient_options() {
    geo::ReadEventsOptions options = event_options();
    options.max_reject = 1;
    return options;
}

inline geo::EventImport read_table(std::string_view text, const geo::ReadEventsOptions& options = event_options(),
                                   const std::string& name = "events.csv") {
    const TempFolder folder;
    geo::EventImport import = geo::read_events(folder.write(name, text), options);
    EXPECT_TRUE(import.ledger.balanced()) << text.substr(0, 200);
    EXPECT_EQ(import.events.precision.size(), import.events.size());
    const auto outside = import.ledger.counted.find("outside_mercator");
    EXPECT_EQ(import.events.size(),
              import.ledger.drawn + (outside == import.ledger.counted.end() ? 0 : outside->second));
    return import;
}

/// "65: message; place", or "read" where nothing is wrong.
inline std::string error_of(std::string_view text, const geo::ReadEventsOptions& options = event_options(),
                            const std::string& name = "events.csv") {
    try {
        read_table(text, options, name);
        return "read";
    } catch (const geo::Error& error) { return fmt::format("{}: {}", geo::exit_code(error.kind()), error.line()); }
}

inline ::testing::AssertionResult contains(const std::string& text, const std::string& part) {
    if (text.find(part) != text.npos) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "no '" << part << "' in: " << text;
}

using Reasons = std::map<std::string, std::uint64_t>;

/// `rows` good rows "i,lon,lat,date" with a header, each a place of its own.
inline std::string good_table(int rows) {
    std::string text = "id,longitude,latitude,date\n";
    for (int i = 0; i < rows; ++i)
        text += fmt::format("{},{:.4f},{:.4f},2025-{:02}-{:02}\n", i, -8 + i % 97 * 0.1, 10 + i / 97 % 90 * 0.1,
                            i % 12 + 1, i % 28 + 1);
    return text;
}

} // namespace harmattan::test
