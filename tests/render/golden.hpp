#pragma once
// Golden pictures: decoded pixels compared with a committed PNG. On failure expected | difference | actual are written
// into the build folder and named; with HARMATTAN_UPDATE_GOLDEN set the picture is written, and the test still fails.

#include "render/image.hpp"

#include <string>

namespace harmattan::render::test {

/// Compares with tests/render/golden/NAME.png. A pixel differs when a premultiplied channel is off by more than 2;
/// at most `share` of the pixels may.
void expect_golden(const Image& actual, const std::string& name, double share = 0.0005);

} // namespace harmattan::render::test
