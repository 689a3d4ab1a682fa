#include "geo/reading/byte_stream.hpp"
#include "geo/reading/file_kind.hpp"

#include "event_tables.hpp"

#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <zlib.h>

namespace harmattan::geo {

using test::contains;
using test::error_of;
using test::event_options;
using test::read_table;
using test::TempFolder;

namespace {

std::string packed(std::string_view text) {
    z_stream z{};
    deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&z, text.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(out.size() - z.avail_out);
    deflateEnd(&z);
    return out;
}

std::string error_of_file(const std::filesystem::path& file) {
    try {
        read_events(file, event_options());
        return "read";
    } catch (const Error& error) { return fmt::format("{}: {}", exit_code(error.kind()), error.line()); }
}

} // namespace

TEST(InputFiles, OnlyRegularFilesAreOpened) {
    const TempFolder folder;
    const auto pipe = folder.path() / "pipe.csv";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const std::filesystem::path names[] = {
        folder.path(),
        pipe,
        "/dev/null",
        "/dev/zero",
        folder.path() / "absent.csv",
        "http://example.org/a.csv",
        "https://example.org/a.csv",
        "/vsicurl/http://example.org/a.csv",
        "/vsizip/a.zip/a.csv",
        "/vsistdin/",
        "{\"type\":\"FeatureCollection\"}",
        "",
    };
    for (const auto& name : names) EXPECT_TRUE(contains(error_of_file(name), "66: ")) << name;
}

TEST(InputFiles, WhatIsNoTableIsNamed) {
    using namespace std::string_view_literals;
    const std::pair<std::string_view, const char*> files[] = {
        {"%PDF-1.7\n"sv, "a PDF"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxx"sv, "an old Excel workbook (.xls)"},
        {"PAR1xxxx"sv, "a Parquet file"},
        {"\x89PNG\r\n\x1A\n"sv, "a PNG picture"},
        {"<OGRVRTDataSource>"sv, "XML"},
        {"<?xml version=\"1.0\"?><WFS/>"sv, "XML"},
        {"\n <!DOCTYPE html><html>"sv, "a web page"},
        {"BZh91AY"sv, "bzip2"},
        {"version https://git-lfs.github.com/spec/v1\n"sv, "Git LFS pointer"},
    };
    for (const auto& [bytes, said] : files) {
        EXPECT_TRUE(contains(error_of(bytes), "65: the file is ")) << said;
        EXPECT_TRUE(contains(error_of(bytes), said));
    }
}

TEST(InputFiles, KindsAreToldByContent) {
    using namespace std::string_view_literals;
    EXPECT_EQ(detect_file_kind("lon,lat\n1,2\n"), FileKind::text);
    EXPECT_EQ(detect_file_kind("\xEF\xBB\xBFlon,lat"), FileKind::text);
    EXPECT_EQ(detect_file_kind(" \n{\"type\": \"FeatureCollection\"}"), FileKind::json);
    EXPECT_EQ(detect_file_kind("SQLite format 3\0"sv), FileKind::sqlite);
    EXPECT_EQ(detect_file_kind("PK\x03\x04"), FileKind::zip);
    EXPECT_EQ(detect_file_kind("fgb\x03"), FileKind::flatgeobuf);
    EXPECT_EQ(detect_file_kind("\0\0\x27\x0A\0\0\0\0"sv), FileKind::shapefile);
    EXPECT_EQ(detect_file_kind("\x1F\x8B\x08"), FileKind::gzip);
    EXPECT_EQ(detect_file_kind(""), FileKind::text);
}

TEST(Gzip, ReadsLikeThePlainFile) {
    const std::string text = test::good_table(20'000);
    const auto plain = read_table(text), gzip = read_table(packed(text), event_options(), "events.csv.gz");
    EXPECT_EQ(gzip.events.at, plain.events.at);
    EXPECT_EQ(gzip.ledger.rows, 20'000u);
    EXPECT_EQ(gzip.source.format, "CSV, comma, UTF-8, gzip");
    const std::size_t half = text.find('\n', text.size() / 2) + 1;
    const auto members = read_table(packed(text.substr(0, half)) + packed(text.substr(half)));
    EXPECT_EQ(members.events.at, plain.events.at);
}

TEST(Gzip, DamageAndBombsAreErrors) {
    const std::string gzip = packed(test::good_table(20'000));
    EXPECT_TRUE(contains(error_of(gzip.substr(0, gzip.size() / 2)), "65: the gzip stream is cut off"));
    EXPECT_TRUE(contains(error_of(gzip.substr(0, gzip.size() - 3)), "65: the gzip stream is cut off"));
    std::string hurt = gzip;
    hurt[hurt.size() - 6] = static_cast<char>(hurt[hurt.size() - 6] ^ 0x55); // in the checksum
    EXPECT_TRUE(contains(error_of(hurt), "65: the gzip stream is damaged"));
    EXPECT_TRUE(contains(error_of(gzip + "tail"), "65: the gzip stream is damaged"));
    EXPECT_TRUE(contains(error_of(packed("lon,lat\n1,2\n" + std::string(80 << 20, '1'))),
                         "65: the gzip stream grows to more than 400 times"));
    EXPECT_TRUE(contains(error_of(packed("{\"type\": 1}")), "only delimited text is read out of gzip"));
}

TEST(InputFiles, AFileThatChangesWhileItIsReadIsDetected) {
    const TempFolder folder;
    for (const bool longer : {true, false}) {
        const auto file = folder.write("events.csv", test::good_table(100'000));
        ReadEventsOptions options = event_options();
        bool touched = false;
        options.where = {{{"id"}, [&](const std::vector<std::string_view>&) {
                              if (!touched) {
                                  touched = true;
                                  if (longer) std::ofstream(file, std::ios::app) << "x,1,12,2025-01-01\n";
                                  else std::filesystem::resize_file(file, 2'000'000);
                              }
                              return true;
                          }}};
        try {
            read_events(file, options);
            ADD_FAILURE() << "read";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::bad_data);
            EXPECT_TRUE(contains(error.line(), "was changed while it was read"));
        }
    }
}

TEST(InputFiles, TheDigestIsXxh3OfAllBytes) {
    const TempFolder folder;
    // The value of no bytes is published with XXH128 (xxhash's documentation and `xxhsum -H2 /dev/null`).
    EXPECT_EQ(file_digest(folder.write("empty", "")), "99aa06d3014798d86001c324468d497f");
    const std::string text = test::good_table(50'000);
    const auto file = folder.write("events.csv", text);
    EXPECT_EQ(read_table(text).source.digest, file_digest(file));
    EXPECT_NE(read_table(text + "\n").source.digest, file_digest(file));
    const std::string gzip = packed(text) + packed("");
    EXPECT_EQ(read_table(gzip).source.digest, file_digest(folder.write("events.gz", gzip)));
}

} // namespace harmattan::geo
