#include "styles/shipped.hpp"

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::styles {

std::vector<ShippedStyle> shipped_styles(const std::filesystem::path& folder) {
    constexpr std::string_view prefix = "harmattan-";
    std::vector<ShippedStyle> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string stem = entry.path().stem().string();
        if (entry.path().extension() == ".json" && stem.starts_with(prefix))
            found.push_back({stem.substr(prefix.size()), entry.path()});
    }
    if (found.empty())
        throw geo::Error(
            geo::ErrorKind::no_input,
            fmt::format("there are no shipped styles in {}; the installation is not whole", folder.string()));
    std::ranges::sort(found, {}, &ShippedStyle::name);
    return found;
}

Style open_style(const std::string& name_or_file, const std::filesystem::path& shipped_folder) {
    const bool is_path = name_or_file.ends_with(".json") || name_or_file.find('/') != std::string::npos;
    if (is_path) return read_style(name_or_file);
    std::vector<std::string> names;
    for (const ShippedStyle& style : shipped_styles(shipped_folder)) {
        if (style.name == name_or_file) return read_style(style.file);
        names.push_back(style.name);
    }
    throw geo::Error(geo::ErrorKind::no_input,
                     fmt::format("there is no shipped style '{}'{}; there are {}, or name a file that ends in .json",
                                 name_or_file, geo::did_you_mean(name_or_file, names), fmt::join(names, ", ")));
}

} // namespace harmattan::styles
