#pragma once
// What may be an input: a regular file under its own name. Directories, devices, pipes, URLs and GDAL's virtual names
// are refused before any library sees them.

#include <filesystem>
#include <string>

namespace harmattan::geo {

/// Throws Error: no_input (absent, a URL, a /vsi name, not a regular file), not_permitted (not readable).
/// `what` names the role in the message: "boundaries", "event table".
void require_regular_file(const std::filesystem::path& file, const std::string& what);

} // namespace harmattan::geo
