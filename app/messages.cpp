#include "app/messages.hpp"

#include <cstdio>

namespace harmattan::app {

void say_on_stderr(std::string_view line) noexcept {
    flockfile(stderr); // a line of one thread is whole
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
    std::fflush(stderr);
    funlockfile(stderr);
}

void Messages::say(const std::string& line) const {
    if (!quiet) say_on_stderr(line);
}

void Messages::warn(const std::string& text) const { say("warning: " + text); }

} // namespace harmattan::app
