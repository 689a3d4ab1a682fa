#include "render/paper_frame.hpp"

namespace harmattan::render {

View view_of(const PaperFrame& frame, double scale) {
    View view;
    view.scale = scale;
    view.paper_zoom = frame.style_zoom;
    view.x = frame.x, view.y = frame.y;
    view.width = frame.width, view.height = frame.height;
    return view;
}

} // namespace harmattan::render
