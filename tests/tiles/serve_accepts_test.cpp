#include "tiles/serve/accepts.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::tiles {

namespace {

using Fields = std::vector<std::string_view>;

TEST(Accepts, Gzip) {
    for (const std::string_view field : Fields{"gzip",
                                               "GZIP",
                                               "x-gzip",
                                               "gzip, deflate, br, zstd",
                                               "deflate, gzip;q=1.0, *;q=0.5",
                                               "br;q=1.0,gzip;q=0.8",
                                               "gzip;q=0.001",
                                               "gzip ; q=0.5",
                                               "gzip;Q=1",
                                               "gzip;q=1.",
                                               "gzip;q=1.000",
                                               "*",
                                               "*;q=0.1",
                                               "identity;q=0, *",
                                               "gzip, identity;q=0",
                                               "gzip;q=0.5, identity;q=0.5",
                                               "deflate;q=0, *",
                                               ",, gzip ,",
                                               "\tgzip\t",
                                               "gzip;q=0, gzip"})
        EXPECT_TRUE(accepts_gzip(field)) << field;
}

TEST(Accepts, NoGzip) {
    for (const std::string_view field :
         Fields{"", " ", ",", ";", ";q=1", "identity", "deflate, br", "gzip;q=0", "gzip;q=0.000", "gzip;q=0, *",
                "*;q=0", "identity;q=0", "gzip;q=0.5, identity;q=0.6", "gzip;q=0.5, identity", "gzipp", "xgzip",
                "g zip", "gzip q=1", "\"gzip\"", "gzip=1",
                // malformed weights
                "gzip;q=", "gzip;q=2", "gzip;q=1.001", "gzip;q=-1", "gzip;q=0.1234", "gzip;q=.5", "gzip;q=01",
                "gzip;q=a", "gzip;q=0,5", "gzip;q=1e0", "gzip;q=\"1\"", "gzip;q=1;q=0"})
        EXPECT_FALSE(accepts_gzip(field)) << field;
    EXPECT_FALSE(accepts_gzip(std::string(8'000, ',')));
    EXPECT_FALSE(accepts_gzip("gzip;q=" + std::string(8'000, '9')));
}

TEST(Accepts, JsonBeforeHtml) {
    for (const std::string_view field :
         Fields{"application/json", "Application/JSON", "application/json;charset=utf-8", "application/json, */*",
                "application/json, text/plain, */*", "application/json, text/*", "application/*",
                "application/geo+json, application/json", "application/json, text/html;q=0.9",
                "text/html;q=0.5,application/json;q=0.6", "text/html;q=0, */*", "application/json;profile=x;q=0.2"})
        EXPECT_TRUE(prefers_json(field)) << field;
}

TEST(Accepts, HtmlBeforeJson) {
    for (const std::string_view field :
         Fields{"", "*/*", "text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html, application/json", "application/json, text/html", "application/json;q=0.9, text/html",
                "application/json;q=0", "application/json;q=0, */*", "image/png", "application/jsonx", "json",
                "application/json;q=nan", "text/*, application/json;q=0.5", "text/html, */*;q=1"})
        EXPECT_FALSE(prefers_json(field)) << field;
}

} // namespace

} // namespace harmattan::tiles
