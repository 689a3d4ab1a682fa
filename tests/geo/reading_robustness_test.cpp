// Damaged tables: whatever is done to one, reading it ends, either with a ledger that balances or with an Error.

#include "geo/reading/csv_records.hpp"

#include "event_tables.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

namespace harmattan::geo {

using namespace std::string_view_literals;

using test::lenient_options;
using test::TempFolder;

namespace {

std::string seed_table() {
    std::string text =
        "event_id_cnty,event_date,event_type,sub_event_type,actor2,country,latitude,longitude,geo_precision,notes\r\n";
    for (int i = 0; i < 60; ++i)
        text += fmt::format("MLI{},{} September 2023,Battles,Armed clash,\"A \"\"b\"\", "
                            "c\",Mali,{:.4f},{:.4f},{},\"lines\nof {} é\"\r\n",
                            i, i % 30 + 1, 10 + i * 0.1, -8 + i * 0.2, i % 3 + 1, i);
    return text;
}

/// Reads the text with one thread and with two: the same ledger or the same error.
void read_and_judge(const TempFolder& folder, const std::string& text, const std::string& what) {
    const auto file = folder.write("events.csv", text);
    const auto outcome = [&](int threads) {
        ReadEventsOptions options = lenient_options();
        options.threads = threads;
        try {
            const EventImport import = read_events(file, options);
            EXPECT_TRUE(import.ledger.balanced()) << what;
            EXPECT_EQ(import.events.size(), import.events.precision.size()) << what;
            for (const LonLatE7& at : import.events.at) {
                EXPECT_LE(std::abs(at.lon), 1'800'000'000) << what;
                EXPECT_LE(std::abs(at.lat), 900'000'000) << what;
            }
            return fmt::format("{} {} {}", import.ledger.rows, import.ledger.drawn, import.ledger.rejected_total());
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::bad_data) << what << error.line();
            return error.line();
        }
    };
    EXPECT_EQ(outcome(1), outcome(2)) << what;
}

} // namespace

TEST(DamagedTables, EveryCut) {
    const TempFolder folder;
    const std::string text = seed_table();
    for (std::size_t cut = 0; cut < text.size(); cut += cut < 400 ? 3 : 29)
        read_and_judge(folder, text.substr(0, cut), fmt::format("cut at {}", cut));
}

TEST(DamagedTables, BytesExchanged) {
    const TempFolder folder;
    const std::string good = seed_table();
    constexpr std::string_view nasty = "\"\"\"\n\r,;\t|\0\xFF\xC3#'-.0eN"sv;
    std::mt19937 random(2025);
    for (int round = 0; round < 300; ++round) {
        std::string text = good;
        const auto hits = 1 + random() % 20;
        for (auto h = hits; h > 0; --h) text[random() % text.size()] = nasty[random() % nasty.size()];
        read_and_judge(folder, text, fmt::format("round {}", round));
    }
}

// Rows of bad quotes across many blocks: each costs itself, and no cut between blocks makes another.
TEST(DamagedTables, BadQuotesAcrossBlocks) {
    const TempFolder folder;
    for (const std::string bad : {"1.5,12.5,\"a\"b\"c\"", "1.5,12.5,\"abc", "1.5,\"12.5\"\"\"x,abc"}) {
        std::string text = "lon,lat,note\n1,12,good\n";
        const std::uint64_t rows = 80'000;
        for (std::uint64_t i = 0; i < rows; ++i) text += bad + "\n";
        EventImport import = read_events(folder.write("events.csv", text), lenient_options());
        EXPECT_EQ(import.ledger.rows, rows + 1) << bad;
        EXPECT_EQ(import.ledger.drawn, 1u) << bad;
        EXPECT_EQ(import.ledger.rejected["stray_quote"] + import.ledger.rejected["unclosed_quote"], rows) << bad;
    }
}

TEST(DamagedTables, RandomBytesAreRecordsOrNot) {
    std::mt19937 random(65);
    constexpr std::string_view letters = "\"\",,\n\r\0a1\xE9 "sv;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto n = random() % 200; n > 0; --n) text += letters[random() % letters.size()];
        const std::size_t size = text.size();
        text.resize(size + scanner_padding, '"');
        CsvRecords records(text.data(), text.data() + size, {}, 1 + random() % 4, random() % 2 == 0, true);
        CsvRecord record;
        std::size_t count = 0;
        while (records.next(record)) ASSERT_LE(++count, size);
        ASSERT_EQ(records.at(), text.data() + size);
        ASSERT_LE(records.lines(), static_cast<std::size_t>(std::ranges::count(
                                       text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), '\n')) +
                                       1);
    }
}

} // namespace harmattan::geo
