#include "render/print/qr_code.hpp"

#include "geo/error.hpp"
#include "render/encode.hpp"
#include "support/temp_folder.hpp"

#include <cstdio>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace harmattan::render {

namespace {

/// Three pixels a module and the quiet zone around.
Image draw(const QrCode& code) {
    constexpr int module_px = 3, quiet = 4;
    const int side = (code.side + 2 * quiet) * module_px;
    Image image{side, side, {}};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const int column = x / module_px - quiet, row = y / module_px - quiet;
            const bool inside = column >= 0 && column < code.side && row >= 0 && row < code.side;
            image.pixels.push_back(inside && code.at(column, row) ? 0xff000000u : 0xffffffffu);
        }
    return image;
}

/// What zbar reads in the picture.
std::string read_by_zbar(const Image& image) {
    const harmattan::test::TempFolder folder;
    const auto png = encode(view_of(image), ImageFormat::png);
    const auto file = folder.write("code.png", {reinterpret_cast<const char*>(png.data()), png.size()});
    const std::string command = "zbarimg --nodbus --quiet --raw --oneshot -Sbinary " + file.string() + " 2>&1";
    const std::unique_ptr<FILE, decltype(&pclose)> pipe(popen(command.c_str(), "r"), pclose);
    std::string out;
    char part[4096];
    while (const std::size_t n = pipe ? std::fread(part, 1, sizeof part, pipe.get()) : 0) out.append(part, n);
    return out;
}

geo::ErrorKind kind_of(const std::string& text) {
    try {
        make_qr_code(text);
    } catch (const geo::Error& e) { return e.kind(); }
    return geo::ErrorKind::internal;
}

} // namespace

TEST(QrCode, IsReadBackAsItsText) {
    std::string longest;
    for (std::size_t i = 0; longest.size() < qr_max_bytes; ++i) longest += static_cast<char>('a' + i % 26);
    for (const std::string& text :
         {std::string("https://example.org/maps/central-sahel?to=2025-10-31"), std::string("0123456789"),
          std::string("Ouagadougou — Fada N’Gourma, Téra"), longest})
        EXPECT_EQ(read_by_zbar(draw(make_qr_code(text))), text);
}

TEST(QrCode, IsReadBackWithAFewModulesSpoilt) {
    QrCode code = make_qr_code("https://example.org/maps/central-sahel");
    for (int y = 12; y < 16; ++y)
        for (int x = 12; x < 17; ++x) {
            const auto at = static_cast<std::size_t>(y * code.side + x);
            code.dark[at] = !code.dark[at];
        }
    EXPECT_EQ(read_by_zbar(draw(code)), "https://example.org/maps/central-sahel");
}

TEST(QrCode, IsNoLargerThanItsTextWants) {
    EXPECT_EQ(make_qr_code("a").side, 21);
    EXPECT_EQ(make_qr_code(std::string(qr_max_bytes, 'a')).side, 177);
    const QrCode code = make_qr_code("https://example.org");
    EXPECT_EQ(code.side, 25);
    EXPECT_EQ(code.dark.size(), 625u);
    EXPECT_TRUE(code.at(0, 0));  // the finder's corner: dark rim,
    EXPECT_FALSE(code.at(1, 1)); // light ring,
    EXPECT_TRUE(code.at(3, 3));  // dark heart,
    EXPECT_FALSE(code.at(7, 7)); // and a light border;
    EXPECT_TRUE(code.at(24, 0)); // the same at two more corners
    EXPECT_TRUE(code.at(0, 24));
}

TEST(QrCode, SaysHowLongATextMayBe) {
    try {
        make_qr_code(std::string(qr_max_bytes + 1, 'a'));
        FAIL() << "nothing thrown";
    } catch (const geo::Error& e) {
        EXPECT_EQ(e.kind(), geo::ErrorKind::bad_config);
        EXPECT_STREQ(e.what(), "a text of 2332 bytes is too long for a QR code, which holds at most 2331");
    }
    EXPECT_EQ(kind_of(""), geo::ErrorKind::bad_config);
    EXPECT_EQ(kind_of(std::string("a\0b", 3)), geo::ErrorKind::bad_config);
}

} // namespace harmattan::render
