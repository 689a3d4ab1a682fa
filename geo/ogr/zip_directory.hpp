#pragma once
// The table of contents of a zip file: enough to tell a workbook from a zipped shapefile, and a bomb from both.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

struct ZipDirectory {
    std::vector<std::string> names;
    std::uint64_t unpacked_bytes = 0; ///< as the directory states them

    bool has(std::string_view name) const;
    bool has_suffix(std::string_view suffix) const; ///< ASCII case ignored
};

/// Reads the central directory. Throws Error bad_data where there is none (a truncated zip) or it is damaged; zip64
/// is taken for damage: no workbook needs it. Source: APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16.
ZipDirectory read_zip_directory(const std::filesystem::path& file);

} // namespace harmattan::geo
