#pragma once
// What the program calls itself.

namespace harmattan::app {
inline constexpr const char* program_version = HARMATTAN_VERSION;
}
