#include "app/commands.hpp"

namespace harmattan::app {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_inspect());
    commands.push_back(make_tiles());
    commands.push_back(make_density());
    commands.push_back(make_corridors());
    commands.push_back(make_page());
    commands.push_back(make_figure());
    commands.push_back(make_report());
    commands.push_back(make_serve());
    commands.push_back(make_verify());
    commands.push_back(make_init());
    return commands;
}

} // namespace harmattan::app
