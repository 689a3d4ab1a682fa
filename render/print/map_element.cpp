#include "render/print/map_element.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace harmattan::render {

SheetElement map_element(std::string name, std::shared_ptr<const Scene> scene, const MapPlacement& map,
                         double frame_mm) {
    const PixelExtent box = map.georeference().frame;
    return {std::move(name), box,
            [scene = std::move(scene), map, box, frame_mm](Canvas& canvas, const PixelExtent& seen) {
                View view = view_of(map.paper, map.scale);
                const double top = std::max(box.min_y, std::floor(seen.min_y)),
                             bottom = std::min(box.max_y, std::ceil(seen.max_y));
                if (top >= bottom) return;
                view.y = static_cast<std::int64_t>(top);
                view.height = static_cast<int>(bottom - top);
                canvas.begin_clip({box.min_x, top, box.max_x, bottom});
                paint(*scene, view, canvas);
                canvas.end_clip();
                if (frame_mm > 0) Pen(canvas, map.px_per_mm).frame(map.frame, frame_mm, {0.35f, 0.35f, 0.35f, 1});
            }};
}

} // namespace harmattan::render
