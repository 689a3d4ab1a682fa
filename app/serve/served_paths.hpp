#pragma once
// What the words of the serve command's line are: archives by the names of their sets, an exported site, or a map to be
// drawn.

#include "tiles/serve/served_archives.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

/// What the paths on the line come to.
struct ServedPaths {
    std::vector<tiles::ArchivePlace> archives;
    std::optional<std::filesystem::path> site; ///< an exported folder: it has the words for its archives
    std::optional<std::string> map;            ///< a map file or an event table
};

/// Throws Error no_input, bad_data or usage: what is not there, is none of these, or does not go together.
ServedPaths sort_out(const std::vector<std::string>& arguments);

} // namespace harmattan::app
