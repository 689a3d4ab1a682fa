// What other programs say of our PDFs.
#include "render/print/pdf_document.hpp"

#include "geo/error.hpp"
#include "render/encode.hpp"
#include "sheets.hpp"
#include "support/temp_folder.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>
#include <limits>

namespace harmattan::render {

namespace {

struct Page {
    Sheet sheet;
    std::string bookmark;
    std::optional<Georeference> georeference;
};

std::string pdf_of(const std::vector<Page>& pages, const PdfInfo& info = {}) {
    PdfDocument document(info);
    for (const Page& page : pages) document.add_page(page.sheet, page.bookmark, page.georeference);
    std::string bytes;
    document.finish([&](std::span<const std::byte> part) {
        bytes.append(reinterpret_cast<const char*>(part.data()), part.size());
    });
    return bytes;
}
std::string pdf_of(const Sheet& sheet) { return pdf_of({{sheet, "", std::nullopt}}); }

// A PDF in a folder of its own.
class File {
public:
    explicit File(const std::string& bytes) : m_path(m_folder.write("sheet.pdf", bytes)) {}
    std::string told_by(const std::string& program, const std::string& after = "") const {
        return test::output_of(program + ' ' + m_path.string() + after);
    }
    std::string text() const { return test::output_of("pdftotext " + m_path.string() + " -"); }
    /// Drawn by Poppler at so many times the sheet's pixels and shrunk again: it sets letters on whole pixels.
    Image picture(int width, int height, int times = 4) const {
        const std::filesystem::path png = m_folder.path() / "sheet";
        test::output_of("pdftoppm -png -singlefile -scale-to-x " + std::to_string(width * times) + " -scale-to-y " +
                        std::to_string(height * times) + ' ' + m_path.string() + ' ' + png.string());
        const std::string bytes = harmattan::test::read_bytes(png.string() + ".png");
        return test::shrunk(decode(std::as_bytes(std::span(bytes))), times);
    }

private:
    harmattan::test::TempFolder m_folder;
    std::filesystem::path m_path;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

constexpr styles::Color red{1, 0, 0, 1}, blue{0, 0, 1, 1};

std::uint32_t pixel(const Image& image, int x, int y) { return view_of(image).row(y)[x] & 0xffffffu; }

} // namespace

TEST(Pdf, LooksLikeTheRasterCanvas) {
    NEEDS_PROGRAM("pdftoppm");
    // Poppler sets letters on whole pixels: at 12 times the sheet's a share of < 0.0005 differs by more than 32, at 4
    // times, which takes a twentieth of the time, 0.0044; of the map, which has two labels, 0.0013.
    const Sheet sheet = test::sample_sheet();
    const Image expected = test::raster_of(sheet), image = File(pdf_of(sheet)).picture(expected.width, expected.height);
    EXPECT_LT(test::share_that_differs(image, expected, 32), 0.006);
    const auto map = [](const Image& whole) { return test::copy_of(crop(view_of(whole), 30, 30, 620, 580)); };
    EXPECT_LT(test::share_that_differs(map(image), map(expected), 32), 0.0018);
    EXPECT_LT(test::share_that_differs(map(image), map(expected), 8), 0.006);
}

TEST(Pdf, IsAsLargeAsTheSheetToATenthOfAMillimetre) {
    NEEDS_PROGRAM("pdfinfo");
    // At 300 dpi neither side is a whole number of pixels.
    const Sheet a4 = test::SheetBuilder(210, 297, 300 / 25.4).sheet(),
                a3 = test::SheetBuilder(420, 297, 300 / 25.4).sheet();
    const std::string told = File(pdf_of({{a4, "", {}}, {a3, "", {}}})).told_by("pdfinfo -f 1 -l 2");
    const std::array<std::pair<double, double>, 2> sizes{{{210, 297}, {420, 297}}};
    for (std::size_t page = 0; page < 2; ++page) {
        const std::string label = "Page    " + std::to_string(page + 1) + " size:";
        ASSERT_TRUE(has(told, label)) << told;
        double width = 0, height = 0;
        ASSERT_EQ(std::sscanf(told.c_str() + told.find(label) + label.size(), "%lf x %lf", &width, &height), 2);
        EXPECT_NEAR(width * 25.4 / 72, sizes[page].first, 0.01);
        EXPECT_NEAR(height * 25.4 / 72, sizes[page].second, 0.01);
    }
}

TEST(Pdf, HasWordsThatCanBeFoundAndCopied) {
    NEEDS_PROGRAM("pdftotext");
    const std::string text = File(pdf_of(test::sample_sheet())).text();
    EXPECT_TRUE(has(text, "Réseau routier")) << text;
    EXPECT_TRUE(has(text, "Ségou, Bandiagara &\n<Ménaka>, où l’accès\nreste « limité »\n"))
        << text; // lines in order, blanks kept
    EXPECT_TRUE(has(text, "الحدود")) << text;
    EXPECT_TRUE(has(text, "ⵜⵉⴼⵉⵏⴰⵖ")) << text;
    EXPECT_TRUE(has(text, "Tombouctou")) << text;
    EXPECT_TRUE(has(text, "تمبكتو")) << text;
    EXPECT_TRUE(has(text, "Fleuve Niger")) << text; // letter by letter along a bend
}

TEST(Pdf, HasSpacedLettersAsWords) {
    NEEDS_PROGRAM("pdftotext");
    TextStyle style = test::text_style("CÔTE D'IVOIRE", "Noto Sans Bold");
    style.letter_spacing = 0.3;
    style.max_width = 0;
    const std::string text =
        File(pdf_of(test::SheetBuilder(100, 50, 4).add_text({200, 100}, style, 20).sheet())).text();
    EXPECT_TRUE(has(text, "CÔTE D'IVOIRE")) << text;
}

TEST(Pdf, EmbedsSubsetsOfItsFonts) {
    NEEDS_PROGRAM("pdffonts");
    const std::string told = File(pdf_of(test::sample_sheet())).told_by("pdffonts");
    for (const char* font :
         {"+NotoSans-Regular ", "+NotoSans-Bold ", "+NotoSans-Italic ", "+NotoSansArabic-Regular ", "+DejaVuSans "})
        EXPECT_EQ(count_of(told, font), 1u) << told;
    EXPECT_EQ(count_of(told, " yes yes yes "), 5u) << told; // embedded, subset, with characters
}

TEST(Pdf, SaysWhatItIsAndWhenButNotWhenItWasWritten) {
    NEEDS_PROGRAM("pdfinfo");
    const Sheet sheet = test::SheetBuilder(50, 50, 4).sheet();
    const std::string said =
        File(pdf_of({{sheet, "", {}}}, {"Réseau (1)", "الحدود", "A & B", "a, b", "2025-11-03T10:00:00Z"}))
            .told_by("pdfinfo -isodates");
    for (const char* line : {"Title:           Réseau (1)\n", "Author:          الحدود\n", "Subject:         A & B\n",
                             "Keywords:        a, b\n", "CreationDate:    2025-11-03T10:00:00Z\n"})
        EXPECT_TRUE(has(said, line)) << said;
    EXPECT_FALSE(has(said, "ModDate")) << said;
    const std::string day =
        File(pdf_of({{sheet, "", {}}}, {"", "", "", "", "2025-11-03"})).told_by("pdfinfo -isodates");
    EXPECT_TRUE(has(day, "CreationDate:    2025-11-03")) << day;
    EXPECT_FALSE(has(pdf_of(sheet), "Date"));
    EXPECT_THROW(PdfDocument({"", "", "", "", "3 November"}), geo::Error);
}

TEST(Pdf, IsTheSameBytesForTheSameSheet) {
    const PdfInfo info{"t", "a", "s", "k", "2025-11-03"};
    const Georeference georeference{"EPSG:32630", {40, 40, 640, 600}, 200'000, 1'800'000, 100};
    const std::string once = pdf_of({{test::sample_sheet(), "Mali", georeference}}, info);
    pdf_of(test::SheetBuilder(30, 30, 4)
               .add_text({60, 60}, test::text_style("another one"), 20)
               .sheet()); // leaves its marks in the process
    EXPECT_EQ(once, pdf_of({{test::sample_sheet(), "Mali", georeference}}, info));
}

TEST(Pdf, IsSoundWithBookmarksAndViewports) {
    NEEDS_PROGRAM("qpdf");
    const Georeference georeference{"EPSG:4326", {40, 40, 640, 600}, -6, 16, 0.001};
    const File file(pdf_of({{test::sample_sheet(), "Nord", georeference},
                            {test::sample_sheet(), "Été", georeference},
                            {test::sample_sheet(), "", {}}},
                           {"t", "", "", "", "2025-11-03"}));
    EXPECT_TRUE(has(file.told_by("qpdf --check"), "No syntax or stream encoding errors found"));
    EXPECT_FALSE(has(file.told_by("qpdf --check"), "WARNING"));
    const std::string plain = file.told_by("qpdf --qdf --stream-data=preserve", " -");
    EXPECT_EQ(count_of(plain, "/Type /Viewport"), 2u);
    EXPECT_TRUE(has(plain, "/Title (Nord)"));
    EXPECT_TRUE(has(plain, "/Title <feff00c9007400e9>"));
}

TEST(Pdf, LiesWhereItsGeoreferenceSays) {
    NEEDS_PROGRAM("gdalinfo");
    struct Case {
        const char *crs, *told;
        double x0, y0, units_per_px;
    };
    for (const Case& c :
         {Case{"EPSG:32630", "ID[\"EPSG\",32630]]\n", 200'000, 1'800'000, 100},
          Case{"EPSG:4326", "ID[\"EPSG\",4326]]\n", -6, 16, 0.001},
          Case{"EPSG:3035", "ID[\"EPSG\",3035]]\n", 4'300'000, 3'200'000, 50},  // northing first, by EPSG
          Case{"EPSG:26716", "ID[\"EPSG\",26716]]\n", 400'000, 4'400'000, 100}, // not WGS 84
          Case{"+proj=laea +lat_0=15 +lon_0=-2 +datum=WGS84 +units=m", "METHOD[\"Lambert Azimuthal Equal Area\"",
               -200'000, 150'000, 250}}) {
        SCOPED_TRACE(c.crs);
        const PixelExtent frame{118, 283, 2563, 2055};
        const std::string told = File(pdf_of({{test::SheetBuilder(297, 210, 300 / 25.4).sheet(), "",
                                               Georeference{c.crs, frame, c.x0, c.y0, c.units_per_px}}}))
                                     .told_by("gdalinfo");
        EXPECT_TRUE(has(told, c.told)) << told;
        double x = 0, y = 0;
        ASSERT_TRUE(has(told, "Origin = (")) << told;
        ASSERT_EQ(std::sscanf(told.c_str() + told.find("Origin = ("), "Origin = (%lf,%lf)", &x, &y), 2);
        EXPECT_NEAR(x, c.x0, 0.01 * c.units_per_px);
        EXPECT_NEAR(y, c.y0, 0.01 * c.units_per_px);
        std::array<double, 8> at{}; // the frame: south-west, north-west, north-east, south-east
        ASSERT_TRUE(has(told, "NEATLINE=")) << told;
        ASSERT_EQ(std::sscanf(told.c_str() + told.find("NEATLINE="),
                              "NEATLINE=POLYGON ((%lf %lf,%lf %lf,%lf %lf,%lf %lf", &at[0], &at[1], &at[2], &at[3],
                              &at[4], &at[5], &at[6], &at[7]),
                  8);
        const double west = c.x0 + frame.min_x * c.units_per_px, east = c.x0 + frame.max_x * c.units_per_px;
        const double north = c.y0 - frame.min_y * c.units_per_px, south = c.y0 - frame.max_y * c.units_per_px;
        const std::array<double, 8> expected{west, south, west, north, east, north, east, south};
        for (std::size_t i = 0; i < 8; ++i) EXPECT_NEAR(at[i], expected[i], 0.01 * c.units_per_px) << i;
    }
}

TEST(Pdf, RefusesACrsThatCannotBeMeant) {
    const Sheet sheet = test::SheetBuilder(50, 50, 4).sheet();
    EXPECT_THROW(pdf_of({{sheet, "", Georeference{"EPSG:1", {0, 0, 9, 9}, 0, 0, 1}}}), geo::Error);
    EXPECT_THROW(pdf_of({{sheet, "", Georeference{"EPSG:4978", {0, 0, 9, 9}, 0, 0, 1}}}), geo::Error); // geocentric
    EXPECT_THROW(pdf_of({{sheet, "", Georeference{"+proj=laea +lat_0=0", {0, 0, 9, 9}, 0, 9e9, 1}}}),
                 geo::Error); // off the Earth
}

TEST(Pdf, HoldsOnlyWhatIsOnTheSheet) {
    test::SheetBuilder builder(100, 100, 4);
    const std::string bare = pdf_of(builder.sheet());
    builder.add("elsewhere", [](Canvas& canvas) {
        std::vector<PixelPoint> far;
        for (int i = 0; i < 10'000; ++i) far.push_back({1000 + i * 3.0, 200 + 150 * std::sin(i)});
        const test::Curves line(far, false);
        canvas.stroke(line.get(), {3, Cap::round, Join::round, 2, {}}, red);
        far.push_back(far.front());
        const test::Curves area(far, true);
        canvas.fill(area.get(), red);
        canvas.disc({-500, 200}, {20, red, 0, {}});
        const Image picture{8, 8, std::vector<std::uint32_t>(64, 0xff00ff00u)};
        canvas.image(400, 0, view_of(picture));
    });
    builder.add_text({2000, 2000}, test::text_style("Gao"), 20);
    EXPECT_LT(pdf_of(builder.sheet()).size(), bare.size() + 100);
}

TEST(Pdf, DrawsOnAfterWhatCannotBeDrawn) {
    NEEDS_PROGRAM("pdftoppm");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    test::SheetBuilder builder(100, 100, 4);
    builder.add("nonsense", [nan](Canvas& canvas) {
        const test::Curves line({{0, 100}, {400, 100}}, false);
        canvas.stroke(line.get(), {20, Cap::butt, Join::miter, 2, {8, -4}}, red);
        canvas.stroke(line.get(), {20, Cap::butt, Join::miter, 2, {0, 0}}, red);
        canvas.stroke(line.get(), {nan, Cap::butt, Join::miter, 2, {}}, red);
        canvas.disc({nan, 20}, {20, red, 0, {}});
        canvas.disc({20, 20}, {nan, red, 0, {}});
        const std::vector<PixelPoint> points{{0, 300}, {nan, 310}, {400, 300}};
        const Chunk chunk{{0, 300, 400, 310}, 0};
        const Curve curve{points, {&chunk, 1}, false};
        canvas.stroke({&curve, 1}, {20, Cap::butt, Join::miter, 2, {}}, red);
        canvas.text({nan, 0}, {"a", "Noto Sans", 20, {}}, {{0, 0, 0, 1}, {}, 0});
        const test::Curves square({{100, 180}, {300, 180}, {300, 220}, {100, 220}, {100, 180}}, true);
        canvas.fill(square.get(), blue);
    });
    const Image image = File(pdf_of(builder.sheet())).picture(400, 400);
    EXPECT_EQ(pixel(image, 200, 200), 0x0000ffu);
    EXPECT_EQ(pixel(image, 200, 100), 0xff0000u); // solid, where the dashes are none
    EXPECT_EQ(pixel(image, 200, 300), 0xffffffu);
}

TEST(Pdf, DrawsTheDotsBetweenDashes) {
    NEEDS_PROGRAM("pdftoppm");
    test::SheetBuilder builder(100, 100, 4);
    builder.add("line", [](Canvas& canvas) {
        const test::Curves line({{100, 200}, {400, 200}}, false);
        canvas.stroke(line.get(), {20, Cap::round, Join::miter, 2, {50, 50, 0, 50}}, red);
    });
    const Image image = File(pdf_of(builder.sheet())).picture(400, 400);
    EXPECT_EQ(pixel(image, 120, 200), 0xff0000u);
    EXPECT_EQ(pixel(image, 175, 200), 0xffffffu);
    EXPECT_EQ(pixel(image, 200, 200), 0xff0000u); // the dot
    EXPECT_EQ(pixel(image, 225, 200), 0xffffffu);
}

TEST(Pdf, LaysATranslucentColourOnceWhereLinesCross) {
    NEEDS_PROGRAM("pdftoppm");
    test::SheetBuilder builder(100, 100, 4);
    builder.add("cross", [](Canvas& canvas) {
        test::Curves cross({{0, 0}, {400, 400}}, false);
        cross.add({{400, 0}, {0, 400}}, false).add({{0, 200}, {400, 200}}, false);
        canvas.stroke(cross.get(), {24, Cap::butt, Join::miter, 2, {}}, {1, 0, 0, 0.5f});
    });
    const Image image = File(pdf_of(builder.sheet())).picture(400, 400);
    EXPECT_EQ(pixel(image, 200, 200), pixel(image, 100, 100));
    EXPECT_NEAR(static_cast<double>(pixel(image, 100, 100) & 0xffu), 127.5, 1);
}

TEST(Pdf, MakesOnePictureOfBlocksThatTouch) {
    NEEDS_PROGRAM("pdfimages");
    test::SheetBuilder builder(100, 100, 4);
    builder.add("heat", [](Canvas& canvas) {
        const Image block{50, 50, std::vector<std::uint32_t>(2500, 0x80800000u)};
        for (int i = 0; i < 16; ++i) canvas.image(i % 4 * 50, i / 4 * 50, view_of(block));
        canvas.image(300, 300, view_of(block)); // apart from the others
    });
    builder.add("logo", [](Canvas& canvas) {
        const Image block{50, 50, std::vector<std::uint32_t>(2500, 0xff00ff00u)};
        canvas.image(350, 300, view_of(block)); // touches, but is in another group
    });
    const std::string told = File(pdf_of(builder.sheet())).told_by("pdfimages -list");
    EXPECT_EQ(count_of(told, " rgb "), 3u) << told;
    EXPECT_TRUE(has(told, "image     200   200 ")) << told;
}

TEST(Pdf, DrawsTheBoxOfACharacterThatNoFontHas) {
    NEEDS_PROGRAM("pdftoppm");
    test::SheetBuilder builder(20, 20, 4);
    builder.add_text({40, 40}, test::text_style("\U0001F9FF"), 60);
    const Image expected = test::raster_of(builder.sheet());
    ASSERT_GT(test::share_that_differs(expected, Image{80, 80, std::vector<std::uint32_t>(6400, 0xffffffffu)}, 100),
              0.02);
    EXPECT_LT(test::share_that_differs(File(pdf_of(builder.sheet())).picture(80, 80), expected, 32), 0.002);
}

} // namespace harmattan::render
