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

/// Declares `path` as the shared file, or skips the test by name.
#define HARMATTAN_SHARED_FILE(path, name)                                                                              \
    const auto path##_found = harmattan::test::shared_file(name);                                                      \
    if (!path##_found) GTEST_SKIP() << "needs " << name;                                                               \
    const std::filesystem::path& path = *path##_found
