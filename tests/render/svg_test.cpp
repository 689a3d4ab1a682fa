// What other programs say of our SVGs.
#include "render/print/write_svg.hpp"

#include "render/encode.hpp"
#include "sheets.hpp"
#include "support/temp_folder.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace harmattan::render {

namespace {

std::string svg_of(const Sheet& sheet, const SvgInfo& info = {}) {
    std::string bytes;
    write_svg(sheet, info, [&](std::span<const std::byte> part) { bytes.append(reinterpret_cast<const char*>(part.data()), part.size()); });
    return bytes;
}

} // namespace

TEST(Svg, LooksLikeTheRasterCanvas) {
    NEEDS_PROGRAM("rsvg-convert");
    const Sheet sheet = test::sample_sheet();
    const harmattan::test::TempFolder folder;
    const std::string file = folder.write("sheet.svg", svg_of(sheet, {"A & B", "d"})).string();
    test::output_of("rsvg-convert -w 960 -h 640 -o " + (folder.path() / "sheet.png").string() + " " + file);
    const std::string png = harmattan::test::read_bytes(folder.path() / "sheet.png");
    const Image image = decode(std::as_bytes(std::span(png)));
    std::ofstream("/tmp/wtpdf/sheet.svg", std::ios::binary) << svg_of(sheet, {"A & B", "d"});
    std::ofstream("/tmp/wtpdf/svg.png", std::ios::binary) << png;
    EXPECT_LT(test::share_that_differs(image, test::raster_of(sheet), 24), 0.002);
}

} // namespace harmattan::render
