// harmattan verify: every number and every tile of an output checked.

#include "app/commands.hpp"
#include "geo/error.hpp"
#include "tiles/verify.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {
