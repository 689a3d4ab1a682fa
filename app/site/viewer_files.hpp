#pragma once
// The files the viewer consists of, as web/site-files.json lists them.

#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::app {

struct ViewerFile {
    std::filesystem::path from; ///< on this machine
    std::string to;             ///< in a site: "vendor/maplibre-gl.js"
};

/// Throws Error no_input where the viewer is not installed.
std::vector<ViewerFile> viewer_files();

} // namespace harmattan::app
