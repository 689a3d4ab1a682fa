#pragma once
// Real data that a developer may have beside the source tree: tests that want it skip where it is not there.

#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <string_view>

namespace harmattan::test {

/// The file `name` below $HARMATTAN_SHARED, or below `shared` beside the source tree; nothing where it is absent.
std::optional<std::filesystem::path> shared_file(std::string_view name);

} // namespace harmattan::test

/// Declares `variable` as the shared file's path, or skips the test by name.
#define HARMATTAN_SHARED_FILE(variable, name)                         \
    const auto variable##_found = harmattan::test::shared_file(name); \
    if (!variable##_found) GTEST_SKIP() << "needs " << name;          \
    const std::filesystem::path& variable = *variable##_found
