#include "tiles/serve/byte_range.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace harmattan::tiles {

namespace {

std::string written(std::string_view field, std::uint64_t size) {
    const ByteRange range = parse_range(field, size);
    switch (range.kind) {
    case RangeKind::whole: return range.offset == 0 && range.length == size ? "whole" : "wrong";
    case RangeKind::unsatisfiable: return range.offset == 0 && range.length == 0 ? "416" : "wrong";
    case RangeKind::part: return fmt::format("{}+{}", range.offset, range.length);
    }
    return "wrong";
}

TEST(ByteRange, OneRange) {
    struct Case {
        const char *field, *of_1000;
    };
    for (const auto& [field, expected] :
         std::vector<Case>{{"bytes=0-0", "0+1"},
                           {"bytes=0-499", "0+500"},
                           {"bytes=500-999", "500+500"},
                           {"bytes=999-", "999+1"},
                           {"bytes=0-", "0+1000"},
                           {"bytes=-1", "999+1"},
                           {"bytes=-500", "500+500"},
                           {"bytes=-1000", "0+1000"},
                           {"bytes=-1001", "0+1000"},
                           {"bytes=0-1000", "0+1000"},
                           {"bytes=900-5000", "900+100"},
                           {"bytes=1000-", "416"},
                           {"bytes=1000-1000", "416"},
                           {"bytes=5000-6000", "416"},
                           {"bytes=-0", "416"},
                           {"Bytes=1-2", "1+2"},
                           {"BYTES=-5", "995+5"},
                           {" bytes=1-2\t", "1+2"},
                           {"bytes= 1-2 ", "1+2"},
                           {"bytes=,1-2", "1+2"},
                           {"bytes=1-2,", "1+2"},
                           {"bytes=, ,\t1-2 , ,", "1+2"},
                           {"bytes=007-008", "7+2"},
                           {"bytes=-007", "993+7"},
                           // past 2^64 - 1 there is nothing, wherever the digits wrap
                           {"bytes=0-18446744073709551615", "0+1000"},
                           {"bytes=0-18446744073709551616", "0+1000"},
                           {"bytes=18446744073709551616-", "416"},
                           {"bytes=18446744073709551617-18446744073709551618", "416"},
                           {"bytes=-18446744073709551616", "0+1000"},
                           {"bytes=18446744073709551615-18446744073709551615", "416"},
                           {"bytes=0-99999999999999999999999999999999999999999999", "0+1000"},
                           {"bytes=-99999999999999999999999999999999999999999999", "0+1000"}})
        EXPECT_EQ(written(field, 1000), expected) << field;
}

TEST(ByteRange, WhatIsNotServedGetsTheWhole) {
    std::string thousand = "bytes=0-0";
    for (int i = 1; i < 1000; ++i) thousand += fmt::format(",{}-{}", i, i);
    for (const std::string& field : std::vector<std::string>{std::string(),
                                                             "bytes",
                                                             "bytes=",
                                                             "bytes=,",
                                                             "bytes=-",
                                                             "bytes=--",
                                                             "bytes=--5",
                                                             "bytes=5--",
                                                             "bytes=1-2-3",
                                                             "bytes=2-1",
                                                             "bytes=999-0",
                                                             "bytes=a-b",
                                                             "bytes=1-b",
                                                             "bytes=+1-2",
                                                             "bytes=1-+2",
                                                             "bytes=0x1-2",
                                                             "bytes=1 - 2",
                                                             "bytes=1- 2",
                                                             "bytes=5",
                                                             "bytes =1-2",
                                                             "bytes:1-2",
                                                             "bytes 1-2",
                                                             "items=1-2",
                                                             "=1-2",
                                                             "1-2",
                                                             std::string("bytes=1-2\0", 10),
                                                             "bytes=1-2;3-4",
                                                             "bytes==1-2",
                                                             "bytes=0-0,2-2",
                                                             "bytes=0-0, -1",
                                                             "bytes=0-0,x",
                                                             thousand,
                                                             std::string(8192, 'b'),
                                                             "bytes=" + std::string(8192, '-')})
        EXPECT_EQ(written(field, 1000), "whole") << field;
}

TEST(ByteRange, OfNothingAndOfEverything) {
    EXPECT_EQ(written("", 0), "whole");
    EXPECT_EQ(written("bytes=0-", 0), "416");
    EXPECT_EQ(written("bytes=0-0", 0), "416");
    EXPECT_EQ(written("bytes=-0", 0), "416");
    EXPECT_EQ(written("bytes=-5", 0), "whole");
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(written("bytes=0-", most), fmt::format("0+{}", most));
    EXPECT_EQ(written("bytes=0-18446744073709551615", most), fmt::format("0+{}", most));
    EXPECT_EQ(written("bytes=-18446744073709551615", most), fmt::format("0+{}", most));
    EXPECT_EQ(written("bytes=18446744073709551614-", most), fmt::format("{}+1", most - 1));
    EXPECT_EQ(written("bytes=18446744073709551615-", most), "416");
}

TEST(ByteRange, IsWhatCountingBytesGives) {
    // Every first-last, first- and -suffix on small sizes, against the bytes ticked off one by one.
    for (std::uint64_t size = 0; size < 6; ++size)
        for (std::uint64_t first = 0; first < 8; ++first)
            for (std::uint64_t last = first; last < 8; ++last) {
                std::vector<std::uint64_t> bytes;
                for (std::uint64_t i = 0; i < size; ++i)
                    if (i >= first && i <= last) bytes.push_back(i);
                EXPECT_EQ(written(fmt::format("bytes={}-{}", first, last), size),
                          bytes.empty() ? "416" : fmt::format("{}+{}", bytes.front(), bytes.size()));
            }
}

} // namespace

} // namespace harmattan::tiles
