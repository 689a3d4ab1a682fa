#pragma once
// Checks a density raster from its bytes alone: every block decoded, its cells against the digest kept in it,
// overviews, unit, method and nodata.

#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::geo {

/// Whether the file begins as a TIFF does; false where there is none.
bool is_tiff(const std::filesystem::path& file);

/// What is wrong, a line each; empty: all is well. Throws Error no_input or bad_data where it cannot be opened at all.
std::vector<std::string> verify_cog(const std::filesystem::path& file);

} // namespace harmattan::geo
