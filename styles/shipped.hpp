#pragma once
// The styles that come with the program: styles/shipped/*.json in the source tree, installed beside the region's data.

#include "styles/style.hpp"

#include <vector>

namespace harmattan::styles {

struct ShippedStyle {
    std::string name; ///< what --style takes: "light" of harmattan-light.json
    std::filesystem::path file;
};

/// All in `folder`, by name. Throws geo::Error no_input where there is none.
std::vector<ShippedStyle> shipped_styles(const std::filesystem::path& folder);

/// A shipped style by name, or a file by path: what --style takes. Throws geo::Error no_input that lists the names.
Style open_style(const std::string& name_or_file, const std::filesystem::path& shipped_folder);

} // namespace harmattan::styles
