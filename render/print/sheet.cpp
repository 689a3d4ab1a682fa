#include "render/print/sheet.hpp"

#include <cmath>

namespace harmattan::render {

int Sheet::width_px() const { return static_cast<int>(std::lround(width_mm * px_per_mm)); }
int Sheet::height_px() const { return static_cast<int>(std::lround(height_mm * px_per_mm)); }

void paint(const Sheet& sheet, Canvas& canvas, const PixelExtent& seen) {
    for (const SheetElement& element : sheet.elements) {
        if (!element.box.meets(seen)) continue;
        canvas.begin_group(element.name);
        element.paint(canvas, seen);
        canvas.end_group();
    }
}

void paint(const Sheet& sheet, Canvas& canvas) {
    paint(sheet, canvas, {0, 0, static_cast<double>(sheet.width_px()), static_cast<double>(sheet.height_px())});
}

} // namespace harmattan::render
