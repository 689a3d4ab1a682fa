#pragma once
// The commands of the program, one file each.

#include "app/arguments.hpp"

#include <memory>
#include <vector>

namespace harmattan::app {

std::unique_ptr<Command> make_inspect();
std::unique_ptr<Command> make_tiles();
std::unique_ptr<Command> make_density();
std::unique_ptr<Command> make_corridors();
std::unique_ptr<Command> make_page();
std::unique_ptr<Command> make_figure();
std::unique_ptr<Command> make_report();
std::unique_ptr<Command> make_serve();
std::unique_ptr<Command> make_verify();
std::unique_ptr<Command> make_init();

/// In the order --help lists them.
std::vector<std::unique_ptr<Command>> all_commands();

} // namespace harmattan::app
