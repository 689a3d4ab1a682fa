#include "render/print/picture_blocks.hpp"

#include "render/print/picture.hpp"
#include "render/print/qr_code.hpp"

#include <cmath>
#include <memory>

namespace harmattan::render {

Block qr_block(const Lettering& lettering, const std::string& text, const std::string& caption, double side_mm,
               double size_pt) {
    constexpr int quiet = 4; // modules, ISO/IEC 18004
    const auto code = std::make_shared<const QrCode>(make_qr_code(text));
    Block picture{"qr-code", side_mm, side_mm, {}};
    picture.draw = [code, side_mm](const Pen& pen, PaperPoint at) {
        const double module = side_mm / (code->side + 2 * quiet);
        std::vector<std::vector<PaperPoint>> areas; // runs of a row as one area each
        for (int y = 0; y < code->side; ++y)
            for (int x = 0; x < code->side; ++x) {
                if (!code->at(x, y)) continue;
                const int begin = x;
                while (x < code->side && code->at(x, y)) ++x;
                const double left = at.x + (begin + quiet) * module, right = at.x + (x + quiet) * module,
                             top = at.y + (y + quiet) * module;
                areas.push_back({{left, top}, {right, top}, {right, top + module}, {left, top + module}});
            }
        pen.fill(PaperExtent{at.x, at.y, at.x + side_mm, at.y + side_mm}, {1, 1, 1, 1});
        pen.fill(areas, {0, 0, 0, 1});
    };
    Letters letters;
    letters.size_pt = size_pt;
    letters.justify = Justify::center;
    return stack("qr", {std::move(picture), lettering.set_in(caption, letters, side_mm)}, 0);
}

Block logo_block(const std::string& file, double width_mm, double height_mm, double px_per_mm) {
    const auto logo = std::make_shared<const Image>(
        read_picture(file, static_cast<int>(width_mm * px_per_mm), static_cast<int>(height_mm * px_per_mm)));
    return {"logo", width_mm, height_mm, [logo, width_mm](const Pen& pen, PaperPoint at) {
                const PixelPoint corner = pen.to_pixels(PaperPoint{at.x + width_mm, at.y});
                pen.canvas().image(std::llround(corner.x) - logo->width, std::llround(corner.y), view_of(*logo));
            }};
}

} // namespace harmattan::render
