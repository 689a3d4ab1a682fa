#pragma once
// What a command says on standard error while it runs: nothing where it was asked to be quiet.

#include <string>

namespace harmattan::app {

struct Messages {
    bool quiet = false;
    void say(const std::string& line) const;
    void warn(const std::string& text) const; ///< "warning: …"
};

} // namespace harmattan::app
