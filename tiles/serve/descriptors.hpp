#pragma once
// File descriptors: each connection is one.

#include <cstddef>

namespace harmattan::tiles {

/// Raises the process's soft limit to its hard one, and gives back how many of the connections asked for it leaves room
/// for, beside what is open now and what archives take that are opened later. At least 1. Before the process is
/// confined.
std::size_t allow_connections(std::size_t asked);

} // namespace harmattan::tiles
