#pragma once
// Where a format's bytes go, in order, as they are made.

#include <cstddef>
#include <functional>
#include <span>

namespace harmattan::render {

using ByteSink = std::function<void(std::span<const std::byte>)>;

} // namespace harmattan::render
