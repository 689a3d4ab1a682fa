#include "support/shared_data.hpp"

#include <cstdlib>

namespace harmattan::test {

std::optional<std::filesystem::path> shared_file(std::string_view name) {
    const char* named = std::getenv("HARMATTAN_SHARED");
    const std::filesystem::path root =
        named ? std::filesystem::path(named) : std::filesystem::path(HARMATTAN_TEST_SOURCE).parent_path() / "shared";
    const std::filesystem::path file = root / name;
    if (!std::filesystem::exists(file)) return std::nullopt;
    return file;
}

} // namespace harmattan::test
