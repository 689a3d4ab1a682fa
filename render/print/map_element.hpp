#pragma once
// A scene drawn into the frame of a placed map, as an element of a sheet.

#include "render/print/map_placement.hpp"
#include "render/print/sheet.hpp"
#include "render/scene.hpp"

#include <memory>
#include <string>

namespace harmattan::render {

/// `frame_mm`: width of a line along the inside of the frame; 0: none.
SheetElement map_element(std::string name, std::shared_ptr<const Scene> scene, const MapPlacement& map,
                         double frame_mm);

} // namespace harmattan::render
