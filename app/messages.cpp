#include "app/messages.hpp"

#include <fmt/core.h>

namespace harmattan::app {

void Messages::say(const std::string& line) const {
    if (!quiet) fmt::print(stderr, "{}\n", line);
}

void Messages::warn(const std::string& text) const { say("warning: " + text); }

} // namespace harmattan::app
