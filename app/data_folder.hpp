#pragma once
// Where the embedded region, the schemas, the shipped styles and the viewer lie.

#include <filesystem>

namespace harmattan::app {

/// Each throws Error no_input with the places looked at. In order: $HARMATTAN_DATA (data only), the source tree this
/// program was built from, where it was installed.
std::filesystem::path data_folder();
std::filesystem::path styles_folder();
std::filesystem::path web_folder();

} // namespace harmattan::app
