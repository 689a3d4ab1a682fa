#pragma once
// Sheets built by hand for tests of the page formats, and programs we did not write that read what comes out.

#include "curves.hpp"
#include "render/image.hpp"
#include "render/print/sheet.hpp"
#include "render/text/typesetter.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace harmattan::render::test {

/// Elements draw on a canvas whatever they are given; all ink of each may be anywhere on the sheet.
class SheetBuilder {
public:
    SheetBuilder(double width_mm, double height_mm, double px_per_mm);
    SheetBuilder& add(const std::string& name, std::function<void(Canvas&)> draw);
    /// A block of text whose middle is `at`.
    SheetBuilder& add_text(PixelPoint at, const TextStyle& style, double size_px,
                           const TextLook& look = {{0, 0, 0, 1}, {}, 0});
    /// One line of text along a path, its middle on the path's middle.
    SheetBuilder& add_text_along(const std::vector<PixelPoint>& path, const TextStyle& style, double size_px,
                                 const TextLook& look = {{0, 0, 0, 1}, {}, 0});
    const Sheet& sheet() const { return m_sheet; }

private:
    std::shared_ptr<Typesetter> m_setter = std::make_shared<Typesetter>(); // glyphs drawn later point into it
    Sheet m_sheet;
};

TextStyle text_style(const std::string& text, const std::string& font = "Noto Sans Regular");

/// Something of everything a canvas draws, 120 × 80 mm at 8 px/mm: 960 × 640 px. `along_paths`: a label along a bend
/// too.
Sheet sample_sheet(bool along_paths = true);

/// The sheet on a canvas of pixels, on white.
Image raster_of(const Sheet& sheet);

Image copy_of(ImageView view);
/// Means of by × by pixels.
Image shrunk(const Image& image, int by);
/// Share of the pixels of which a channel differs by more than `tolerance`; 1 where the sizes differ.
double share_that_differs(const Image& a, const Image& b, int tolerance);

bool has_program(const std::string& name);
/// What the command prints, both streams; its exit status in `status`.
std::string output_of(const std::string& command, int* status = nullptr);

} // namespace harmattan::render::test

/// Skips the test where a program is not installed.
#define NEEDS_PROGRAM(name) \
    if (!harmattan::render::test::has_program(name)) GTEST_SKIP() << name << " is not installed"
