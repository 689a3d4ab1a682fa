#include "render/print/cairo_handles.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

namespace harmattan::render {

void check_cairo(cairo_status_t status, std::string_view what) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw geo::Error(geo::ErrorKind::internal, fmt::format("{}: {}", what, cairo_status_to_string(status)));
}

} // namespace harmattan::render
