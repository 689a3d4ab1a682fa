#pragma once
// What a command says on standard error while it runs.

#include <string>
#include <string_view>

namespace harmattan::app {

/// One line. Words that nobody can read any more (a pipe whose reader is gone, a full disk) are lost and stop nothing.
void say_on_stderr(std::string_view line) noexcept;

/// Nothing where the command was asked to be quiet.
struct Messages {
    bool quiet = false;
    void say(const std::string& line) const;
    void warn(const std::string& text) const; ///< "warning: …"
};

} // namespace harmattan::app
