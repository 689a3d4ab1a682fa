#include "geo/reading/csv_records.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {

using namespace std::string_view_literals;

namespace {

struct Text {
    explicit Text(std::string_view text) : bytes(text), size(text.size()) { bytes.resize(size + scanner_padding, 'x'); }
    const char* begin() const { return bytes.data(); }
    const char* end() const { return bytes.data() + size; }
    std::string bytes;
    std::size_t size;
};

/// "line: cell|cell" or "line: fault".
std::string told(const CsvRecord& record, std::uint64_t lines_before = 0) {
    constexpr const char* faults[] = {"",          "nul_byte",  "invalid_utf8", "unclosed_quote", "stray_quote",
                                      "long_line", "short_row", "long_row"};
    std::string line = fmt::format("{}: {}", lines_before + record.line + 1, faults[static_cast<int>(record.fault)]);
    std::string scratch;
    if (record.fault == RecordFault::none)
        for (std::size_t i = 0; i < record.count; ++i)
            line += fmt::format("{}{}", i ? "|" : "", record.text(i, scratch));
    return line;
}

std::vector<std::string> records_of(std::string_view source, std::size_t columns = 0, CsvDialect dialect = {},
                                    bool surplus = false) {
    const Text text(source);
    CsvRecords records(text.begin(), text.end(), dialect, columns, surplus, true);
    CsvRecord record;
    std::vector<std::string> out;
    while (records.next(record)) out.push_back(told(record));
    EXPECT_EQ(records.at(), text.end());
    return out;
}

using Lines = std::vector<std::string>;

} // namespace

TEST(CsvRecords, LineEndsOfAllKindsAndNoLastOne) {
    const Lines expected{"1: a|b", "2: 1|2", "3: 3|4"};
    EXPECT_EQ(records_of("a,b\n1,2\n3,4\n"), expected);
    EXPECT_EQ(records_of("a,b\n1,2\n3,4"), expected);
    EXPECT_EQ(records_of("a,b\r\n1,2\r\n3,4\r\n"), expected);
    EXPECT_EQ(records_of("a,b\r\n1,2\r\n3,4\r\n\r\n\r\n"), expected);
    EXPECT_EQ(records_of("a,b\r1,2\r3,4\r", 0, {',', '\r'}), expected);
}

TEST(CsvRecords, QuotesHoldDelimitersLineEndsAndQuotes) {
    EXPECT_EQ(records_of("\"a,b\",\"c\"\"d\",\"e\nf\"\n1,2,3\n"), (Lines{"1: a,b|c\"d|e\nf", "3: 1|2|3"}));
    EXPECT_EQ(records_of("\"\",\"\"\"\",x\n"), (Lines{"1: |\"|x"}));
    EXPECT_EQ(records_of("\"a\" ,b\n"), (Lines{"1: a|b"}));
    EXPECT_EQ(records_of("5'6\" tall,b\n"), (Lines{"1: 5'6\" tall|b"}))
        << "a quote inside an unquoted cell is a letter";
    EXPECT_EQ(records_of("\"a\"\r\n\"b\""), (Lines{"1: a", "2: b"}));
}

TEST(CsvRecords, EmptyCellsAndBlankLines) {
    EXPECT_EQ(records_of("a,,\n\n  \n,,\n,b,\n"), (Lines{"1: a||", "5: |b|"}));
}

TEST(CsvRecords, ShortAndLongRows) {
    EXPECT_EQ(records_of("1,2\n1\n1,2,3\n1,2\n", 2), (Lines{"1: 1|2", "2: short_row", "3: long_row", "4: 1|2"}));
    EXPECT_EQ(records_of("1,2,\n1,2\n1,2,3\n1,2,3,\n", 2, {}, true),
              (Lines{"1: 1|2|", "2: short_row", "3: long_row", "4: long_row"}));
}

TEST(CsvRecords, AnUnclosedQuoteCostsItsOwnLine) {
    EXPECT_EQ(records_of("1,2\n1,\"x\n3,4\n5,6\n", 2), (Lines{"1: 1|2", "2: unclosed_quote", "3: 3|4", "4: 5|6"}));
    // The next quote of the file seems to close it: the text behind shows that it does not.
    EXPECT_EQ(records_of("1,\"x\n3,4\n5,\"y\"\n", 2), (Lines{"1: stray_quote", "2: 3|4", "3: 5|y"}));
    // Here it does close, but the record then has too few cells while the line in between is a row.
    EXPECT_EQ(records_of("1,\"x\n3,4\n5,y\"\n7,8\n", 2), (Lines{"1: 1|x\n3,4\n5,y", "4: 7|8"}));
    EXPECT_EQ(records_of("\"x\n3,4\n5,y\"\n7,8\n", 2), (Lines{"1: unclosed_quote", "2: 3|4", "3: 5|y\"", "4: 7|8"}));
}

TEST(CsvRecords, ARowWithLineEndsAndTooFewCellsIsOneRow) {
    EXPECT_EQ(records_of("1,\"a\nb\"\n1,2,3\n", 3), (Lines{"1: short_row", "3: 1|2|3"}));
}

TEST(CsvRecords, NulBytesAndInvalidTextCostTheirRow) {
    using namespace std::string_view_literals;
    EXPECT_EQ(records_of("1,2\n1,\0\n3,4\n"sv, 2), (Lines{"1: 1|2", "2: nul_byte", "3: 3|4"}));
    EXPECT_EQ(records_of("1,\xE9\n3,\u00E9\n", 2), (Lines{"1: invalid_utf8", "2: 3|\u00E9"}));
}

TEST(CsvRecords, AnyCellsWrittenByTheBookAreReadBack) {
    std::mt19937 random(4180);
    constexpr std::string_view letters[] = {"a", "b", "é", ",", ";", "\"", "\n", "\r\n", " ", "\t", "日", "'"};
    for (int round = 0; round < 3000; ++round) {
        const std::size_t columns = 2 + random() % 5, rows = 1 + random() % 4;
        std::string text;
        Lines expected;
        std::size_t line = 1;
        for (std::size_t r = 0; r < rows; ++r) {
            std::string joined;
            std::size_t lines = 1;
            for (std::size_t c = 0; c < columns; ++c) {
                std::string cell = c == 0 ? "k" : "";
                for (auto n = random() % 90; n > 0; --n) cell += letters[random() % std::size(letters)];
                if (c) joined += '|';
                joined += cell;
                lines += static_cast<std::size_t>(std::ranges::count(cell, '\n'));
                if (c) text += ',';
                text += '"';
                for (const char letter : cell) {
                    if (letter == '"') text += '"';
                    text += letter;
                }
                text += '"';
            }
            text += random() % 2 ? "\r\n" : "\n";
            expected.push_back(fmt::format("{}: {}", line, joined));
            line += lines;
        }
        ASSERT_EQ(records_of(text, columns), expected) << text;
    }
}

TEST(CsvRecords, ABlockMayEndAnywhere) {
    for (const std::string text : {"a,\"b\n\"\"c\"\" \",d\r\n\"e\",f,\"\"\r\n1,2,3\r\n",
                                   "1,\"a\"b\"c\",3\n1,2,3\n\"x\ny\",2,3\n1,2\n", "1,2,3\n\"a\"\" b\"c,2\n1,2,3,4\n"}) {
        const Lines whole = records_of(text, 3);
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            const Text block(std::string_view(text).substr(0, cut));
            CsvRecords records(block.begin(), block.end(), {}, 3, false, false);
            CsvRecord record;
            std::size_t n = 0;
            while (records.next(record)) ++n;
            // What is left is read as if it stood alone.
            const auto rest = static_cast<std::size_t>(records.at() - block.begin());
            const Lines others = records_of(std::string_view(text).substr(rest), 3);
            ASSERT_EQ(n + others.size(), whole.size()) << text << " cut at " << cut;
            ASSERT_EQ(records.lines(),
                      static_cast<std::uint64_t>(std::count(block.begin(), block.begin() + rest, '\n')))
                << cut;
        }
    }
}

TEST(CsvRecords, BlocksOfAnySizeGiveTheSameRecords) {
    std::mt19937 random(512);
    constexpr std::string_view letters = "\"\"\",,,\n\n\ra1 "sv;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto n = random() % 120; n > 0; --n) text += letters[random() % letters.size()];
        const std::size_t columns = 1 + random() % 3;
        const bool surplus = random() % 4 == 0;
        const Lines whole = records_of(text, columns, {}, surplus);
        Lines pieces;
        std::uint64_t lines = 0;
        for (std::size_t begin = 0, end = 0; begin < text.size();) {
            end = std::min(text.size(), std::max(begin, end) + 1 + random() % 30);
            const Text block(std::string_view(text).substr(begin, end - begin));
            CsvRecords records(block.begin(), block.end(), {}, columns, surplus, end == text.size());
            CsvRecord record;
            while (records.next(record)) pieces.push_back(told(record, lines));
            begin += static_cast<std::size_t>(records.at() - block.begin());
            lines += records.lines();
        }
        ASSERT_EQ(pieces, whole) << text;
    }
}

} // namespace harmattan::geo
