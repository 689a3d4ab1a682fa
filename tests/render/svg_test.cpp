// What other programs say of our SVGs.
#include "render/print/write_svg.hpp"

#include "geo/utf8.hpp"
#include "render/encode.hpp"
#include "render/encode_png.hpp"
#include "render/print/base64.hpp"
#include "render/print/xml_text.hpp"
#include "sheets.hpp"
#include "support/temp_folder.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <regex>
#include <set>

namespace harmattan::render {

namespace {

std::string svg_of(const Sheet& sheet, const SvgInfo& info = {}) {
    std::string bytes;
    write_svg(sheet, info, [&](std::span<const std::byte> part) {
        bytes.append(reinterpret_cast<const char*>(part.data()), part.size());
    });
    return bytes;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

// All that the pattern's first group matches.
std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
    std::vector<std::string> out;
    const std::regex what(pattern);
    for (std::sregex_iterator it(text.begin(), text.end(), what), end; it != end; ++it) out.push_back((*it)[1]);
    return out;
}

// The text with its embedded pictures cut out: std::regex goes as deep as a match is long.
std::string without_pictures(std::string svg) {
    for (std::size_t at; (at = svg.find("data:image")) != svg.npos;) svg.erase(at, svg.find('"', at) - at);
    return svg;
}

std::string told_by(const std::string& command, const std::string& svg) {
    const harmattan::test::TempFolder folder;
    return test::output_of(command + ' ' + folder.write("sheet.svg", svg).string());
}

Image picture_of(const std::string& svg, const std::string& command) {
    const harmattan::test::TempFolder folder;
    const std::string file = folder.write("sheet.svg", svg).string(), png = (folder.path() / "sheet.png").string();
    std::string line = command;
    line.replace(line.find("IN"), 2, file);
    line.replace(line.find("OUT"), 3, png);
    line.replace(line.find("FOLDER"), 6, folder.path().string());
    test::output_of(line);
    const std::string bytes = harmattan::test::read_bytes(png);
    return decode(std::as_bytes(std::span(bytes)));
}

} // namespace

TEST(Svg, LooksLikeTheRasterCanvasInLibrsvg) {
    NEEDS_PROGRAM("rsvg-convert");
    // Librsvg 2.54 knows no lists of places and turns, so no letters along a bend.
    const Sheet sheet = test::sample_sheet(false);
    const Image image = picture_of(svg_of(sheet), "cd FOLDER && rsvg-convert -w 3840 -h 2560 -o OUT IN");
    // What differs are the Arabic letters of an italic text, which it slants for want of an italic font.
    EXPECT_LT(test::share_that_differs(test::shrunk(image, 4), test::raster_of(sheet), 32), 0.001);
}

TEST(Svg, LooksLikeTheRasterCanvasInABrowser) {
    NEEDS_PROGRAM("chromium");
    std::string svg = svg_of(test::sample_sheet());
    ASSERT_TRUE(has(svg, "width=\"120mm\" height=\"80mm\""));
    svg.replace(svg.find("width=\"120mm\" height=\"80mm\""), 27, "width=\"960\" height=\"640\"");
    const Image image = picture_of(svg, "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "
                                        "--force-device-scale-factor=4 --window-size=960,640 "
                                        "--user-data-dir=FOLDER/profile --screenshot=OUT file://IN");
    EXPECT_LT(test::share_that_differs(test::shrunk(image, 4), test::raster_of(test::sample_sheet()), 32), 0.001);
}

TEST(Svg, IsWellFormedAndSaysWhatItIs) {
    NEEDS_PROGRAM("xmllint");
    const std::string svg = svg_of(test::sample_sheet(), {"Réseau & <frontières>", "Où l’on passe"});
    EXPECT_EQ(told_by("xmllint --noout", svg), "");
    EXPECT_TRUE(has(svg, "<title>Réseau &amp; &lt;frontières&gt;</title>"));
    EXPECT_TRUE(has(svg, "<desc>Où l’on passe</desc>"));
    EXPECT_TRUE(has(svg, "width=\"120mm\" height=\"80mm\" viewBox=\"0 0 960 640\""));
    const std::string a4 = svg_of(test::SheetBuilder(210, 297, 300 / 25.4).sheet());
    EXPECT_TRUE(has(a4, "width=\"210mm\" height=\"297mm\" viewBox=\"0 0 2480.31 3507.87\"")) << a4;
}

TEST(Svg, NamesGroupsAndLeavesOutEmptyOnes) {
    test::SheetBuilder builder(50, 50, 4);
    const auto square = [](Canvas& canvas) {
        canvas.begin_group("fonds de carte");
        canvas.begin_clip({0, 0, 50, 50});
        canvas.begin_group("nothing here");
        canvas.end_group();
        canvas.paint({1, 0, 0, 1});
        canvas.end_clip();
        canvas.end_group();
    };
    builder.add("map", square).add("map", square).add("2nd", square).add("empty", [](Canvas& canvas) {
        canvas.begin_clip({0, 0, 50, 50});
        canvas.end_clip();
    });
    const std::string svg = svg_of(builder.sheet());
    const std::vector<std::string> ids = all_of(svg, "<g id=\"([^\"]*)\"");
    EXPECT_EQ(ids, (std::vector<std::string>{"map", "fonds-de-carte", "map-2", "fonds-de-carte-2", "_2nd",
                                             "fonds-de-carte-3"}));
    EXPECT_EQ(count_of(svg, "inkscape:groupmode=\"layer\" inkscape:label=\"fonds de carte\""), 3u);
    const std::vector<std::string> all = all_of(svg, " id=\"([^\"]*)\"");
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), all.size());
    EXPECT_EQ(count_of(svg, "<clipPath"), 3u);
}

TEST(Svg, RefusesGroupsAndClipsThatOverlap) {
    test::SheetBuilder crossed(50, 50, 4), open(50, 50, 4);
    crossed.add("map", [](Canvas& canvas) {
        canvas.begin_clip({0, 0, 50, 50});
        canvas.begin_group("a");
        canvas.end_clip();
    });
    open.add("map", [](Canvas& canvas) { canvas.begin_group("a"); });
    EXPECT_ANY_THROW(svg_of(crossed.sheet()));
    EXPECT_ANY_THROW(svg_of(open.sheet()));
}

TEST(Svg, KeepsTextAsText) {
    const std::string svg = svg_of(test::sample_sheet());
    EXPECT_TRUE(has(svg, ">Réseau routier</text>"));
    EXPECT_EQ(
        all_of(svg, "<tspan [^>]*>([^<]*)</tspan>"),
        (std::vector<std::string>{"Ségou, Bandiagara &amp; ", "&lt;Ménaka&gt;, où l’accès ", "reste « limité »"}));
    EXPECT_EQ(all_of(svg, "<text [^>]*direction=\"rtl\" text-anchor=\"end\"[^>]*>([^<]*)</text>"),
              std::vector<std::string>{"الحدود"});
    EXPECT_TRUE(has(svg, ">ⵜⵉⴼⵉⵏⴰⵖ</text>"));
    EXPECT_TRUE(has(svg, ">Tombouctou تمبكتو</text>"));
    EXPECT_EQ(all_of(svg, "<text [^>]*transform=\"translate\\(820 560\\) rotate\\(-18.43\\)\"[^>]*>([^<]*)</text>"),
              std::vector<std::string>{"Bani en crue"});
    EXPECT_EQ(
        all_of(svg, "<text ([^>]*)>Réseau"),
        std::vector<std::string>{"font-size=\"32\" font-weight=\"bold\" fill=\"#1a1a1a\" x=\"682.34\" y=\"91.42\""});
    EXPECT_TRUE(has(svg, "font-family=\"'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif\""));
}

TEST(Svg, TurnsEveryLetterAlongAPath) {
    const std::string svg = svg_of(test::sample_sheet());
    for (const char* list : {"x", "y", "rotate"}) {
        const std::vector<std::string> values =
            all_of(svg, std::string(" ") + list + "=\"([^\"]* [^\"]*)\"[^>]*>Fleuve Niger<");
        ASSERT_EQ(values.size(), 2u) << list; // halo and letters
        EXPECT_EQ(std::count(values[0].begin(), values[0].end(), ' '), 11) << values[0];
    }
}

TEST(Svg, LaysHalosUnderTheLetters) {
    test::SheetBuilder builder(50, 50, 4);
    builder.add_text({100, 100}, test::text_style("Gao"), 20, {{0, 0, 0, 1}, {1, 1, 1, 0.5f}, 2});
    const std::string svg = svg_of(builder.sheet());
    EXPECT_EQ(all_of(svg, "<text ([^x]*) x=\"[^>]*>Gao</text>"),
              (std::vector<std::string>{"class=\"halo\" aria-hidden=\"true\" fill=\"none\" stroke=\"#ffffff\" "
                                        "stroke-opacity=\"0.5\" stroke-width=\"4\" stroke-linejoin=\"round\"",
                                        "fill=\"#000000\""}));
}

TEST(Svg, SpacesLettersAsTheyWereSet) {
    test::SheetBuilder builder(50, 50, 4);
    TextStyle style = test::text_style("MALI");
    style.letter_spacing = 0.2;
    EXPECT_TRUE(has(svg_of(builder.add_text({100, 100}, style, 20).sheet()), " letter-spacing=\"4\" "));
}

TEST(Svg, EmbedsOnePictureOfBlocksThatTouch) {
    Image whole{100, 50, {}};
    for (std::uint32_t i = 0; i < 5000; ++i) whole.pixels.push_back(0xff000000u | i * 7919u % 0xffffffu);
    test::SheetBuilder builder(50, 50, 4);
    builder.add("heat", [&whole](Canvas& canvas) {
        canvas.image(10, 20, crop(view_of(whole), 0, 0, 60, 50));
        canvas.image(70, 20, crop(view_of(whole), 60, 0, 40, 50));
    });
    const std::string svg = svg_of(builder.sheet());
    EXPECT_EQ(count_of(svg, "<image x=\"10\" y=\"20\" width=\"100\" height=\"50\""), 1u);
    std::string png;
    append_base64(png, encode_png(view_of(whole)));
    EXPECT_TRUE(has(svg, "xlink:href=\"data:image/png;base64," + png + "\""));
    EXPECT_EQ(count_of(svg, "<image"), 1u);
}

TEST(Svg, DrawsDiscsWithOpaqueRimsAsOneCircle) {
    test::SheetBuilder builder(50, 50, 4);
    builder.add("discs", [](Canvas& canvas) {
        canvas.disc({20, 20}, {10, {1, 0, 0, 1}, 4, {1, 1, 1, 1}});
        canvas.disc({60, 20}, {10, {1, 0, 0, 1}, 4, {0, 0, 1, 0.5f}});
    });
    EXPECT_EQ(
        all_of(svg_of(builder.sheet()), "<circle (.*)/>"),
        (std::vector<std::string>{"cx=\"20\" cy=\"20\" r=\"12\" fill=\"#ff0000\" stroke=\"#ffffff\" stroke-width=\"4\"",
                                  "cx=\"60\" cy=\"20\" r=\"10\" fill=\"#ff0000\"",
                                  "cx=\"60\" cy=\"20\" r=\"12\" fill=\"none\" stroke=\"#0000ff\" "
                                  "stroke-opacity=\"0.5\" stroke-width=\"4\""}));
}

TEST(Svg, WritesNumbersInHundredths) {
    const auto written = [](double v) {
        std::string out;
        append_hundredths(out, v);
        return out;
    };
    EXPECT_EQ(written(12.5), "12.5");
    EXPECT_EQ(written(-0.067), "-0.07");
    EXPECT_EQ(written(-0.001), "0");
    EXPECT_EQ(written(100), "100");
    EXPECT_EQ(written(1e6 + 0.05), "1000000.05");
    EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "0");
    EXPECT_EQ(all_of(without_pictures(svg_of(test::sample_sheet())), "(\\.[0-9]{3})"), std::vector<std::string>{});
}

TEST(Svg, NeverWritesWhatXmlForbids) {
    EXPECT_EQ(to_xml("a\x01"
                     "b\x7f"
                     "c\tde\n"),
              "abc de ");
    EXPECT_EQ(to_xml("\xc2\x85"
                     "é\xc2\xa0"
                     "x"),
              "é\xc2\xa0"
              "x");                                                            // C1 control, no-break blank
    EXPECT_EQ(to_xml("Gao \xe9"), "Gao \xef\xbf\xbd");                         // Latin 1
    EXPECT_EQ(to_xml("\xef\xbf\xbf\xef\xbf\xbe"), "\xef\xbf\xbd\xef\xbf\xbd"); // noncharacters
    EXPECT_EQ(to_xml("<\"&\">"), "&lt;&quot;&amp;&quot;&gt;");
    NEEDS_PROGRAM("xmllint");
    const std::string bad = "\x02\xff\xc3(]]>\xef\xbf\xbf -- \"\xed\xa0\x80";
    test::SheetBuilder builder(50, 50, 4);
    builder.add(bad, [](Canvas& canvas) { canvas.paint({1, 1, 1, 1}); });
    builder.add_text({100, 100}, test::text_style("Kati \x01\xff <b>"), 20);
    const std::string svg = svg_of(builder.sheet(), {bad, bad});
    EXPECT_EQ(told_by("xmllint --noout", svg), "");
    EXPECT_TRUE(geo::is_valid_utf8(svg));
    EXPECT_TRUE(has(svg, "&lt;b&gt;</text>"));
}

TEST(Svg, IsTheSameBytesForTheSameSheet) {
    const std::string once = svg_of(test::sample_sheet());
    svg_of(test::SheetBuilder(30, 30, 4).add_text({60, 60}, test::text_style("another one"), 20).sheet());
    EXPECT_EQ(once, svg_of(test::sample_sheet()));
}

TEST(Base64, AgreesWithTheStandardsExamples) {
    const auto written = [](std::string_view text) {
        std::string out;
        append_base64(out, std::as_bytes(std::span(text)));
        return out;
    };
    EXPECT_EQ(written(""), ""); // RFC 4648, section 10
    EXPECT_EQ(written("f"), "Zg==");
    EXPECT_EQ(written("fo"), "Zm8=");
    EXPECT_EQ(written("foo"), "Zm9v");
    EXPECT_EQ(written("foobar"), "Zm9vYmFy");
    EXPECT_EQ(written("\xff\xef\xbe"), "/+++");
}

} // namespace harmattan::render
