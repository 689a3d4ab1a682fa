// What other programs say of our PDFs.
#include "render/print/pdf_document.hpp"

#include "render/encode.hpp"
#include "render/encode_png.hpp"
#include "sheets.hpp"
#include "support/temp_folder.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace harmattan::render {

namespace {

std::string pdf_of(const Sheet& sheet, const PdfInfo& info = {}, const std::optional<Georeference>& georeference = std::nullopt) {
    PdfDocument document(info);
    document.add_page(sheet, "", georeference);
    std::string bytes;
    document.finish([&](std::span<const std::byte> part) { bytes.append(reinterpret_cast<const char*>(part.data()), part.size()); });
    return bytes;
}

} // namespace

TEST(Pdf, LooksLikeTheRasterCanvas) {
    NEEDS_PROGRAM("pdftoppm");
    const Sheet sheet = test::sample_sheet();
    const harmattan::test::TempFolder folder;
    const std::string file = folder.write("sheet.pdf", pdf_of(sheet)).string();
    test::output_of("pdftoppm -png -singlefile -scale-to-x 960 -scale-to-y 640 " + file + " " + (folder.path() / "sheet").string());
    const std::string png = harmattan::test::read_bytes(folder.path() / "sheet.png");
    const Image image = decode(std::as_bytes(std::span(png)));
    std::ofstream("/tmp/wtpdf/sheet.pdf", std::ios::binary) << pdf_of(sheet);
    const auto mine = encode_png(view_of(test::raster_of(sheet)));
    std::ofstream("/tmp/wtpdf/raster.png", std::ios::binary).write(reinterpret_cast<const char*>(mine.data()), static_cast<std::streamsize>(mine.size()));
    std::ofstream("/tmp/wtpdf/pdf.png", std::ios::binary) << png;
    EXPECT_LT(test::share_that_differs(image, test::raster_of(sheet), 24), 0.002);
}

} // namespace harmattan::render
