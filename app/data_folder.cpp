#include "app/data_folder.hpp"

#include "geo/error.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace harmattan::app {

namespace {

std::filesystem::path first_with(const std::vector<std::filesystem::path>& folders, const char* marker,
                                 const char* what) {
    std::string tried;
    for (const std::filesystem::path& folder : folders) {
        std::error_code failed;
        if (std::filesystem::exists(folder / marker, failed)) return folder;
        tried += fmt::format("{}'{}'", tried.empty() ? "" : ", ", folder.string());
    }
    throw geo::Error(geo::ErrorKind::no_input,
                     fmt::format("{} not found in {}; set HARMATTAN_DATA to the project's data folder", what, tried));
}

} // namespace

std::filesystem::path data_folder() {
    if (const char* named = std::getenv("HARMATTAN_DATA"))
        return first_with({named}, "region/countries.fgb", "the embedded region is");
    return first_with({HARMATTAN_SOURCE_DATA, HARMATTAN_INSTALL_DATA "/data"}, "region/countries.fgb",
                      "the embedded region is");
}

std::filesystem::path styles_folder() {
    return first_with({HARMATTAN_SOURCE_STYLES, HARMATTAN_INSTALL_DATA "/styles"}, "harmattan-light.json",
                      "the shipped styles are");
}

std::filesystem::path web_folder() {
    return first_with({HARMATTAN_SOURCE_WEB, HARMATTAN_INSTALL_DATA "/web"}, "site-files.json", "the viewer is");
}

} // namespace harmattan::app
