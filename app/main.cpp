// The program: makes the libraries' runtime, runs the command the line names, turns an Error into one line and a code.

#include "app/arguments.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/messages.hpp"
#include "geo/error.hpp"
#include "geo/runtime.hpp"

#include <cstdio>
#include <exception>
#include <fmt/core.h>
#include <new>
#include <system_error>

int main(int argc, char** argv) {
    using namespace harmattan;
    using app::say_on_stderr;
    try {
        app::install_interrupt_handlers();
        const geo::Runtime runtime;
        auto commands = app::all_commands();
        const int code = app::run_command_line(argc, argv, commands);
        if (std::fflush(stdout) != 0) throw geo::Error(geo::ErrorKind::io, "standard output cannot be written");
        return code;
    } catch (const geo::Error& error) {
        say_on_stderr(fmt::format("error: {}", error.line()));
        return error.kind() == geo::ErrorKind::interrupted ? app::interrupt_exit_code() : geo::exit_code(error.kind());
    } catch (const std::bad_alloc&) {
        say_on_stderr("error: out of memory; ask for less with --memory or fewer zooms");
        return geo::exit_code(geo::ErrorKind::io);
    } catch (const std::system_error& error) { // standard output to a full disk, a thread too many
        say_on_stderr(fmt::format("error: {}", error.what()));
        return geo::exit_code(geo::ErrorKind::io);
    } catch (const std::exception& error) {
        say_on_stderr(fmt::format("error: {}; this is a fault of harmattan itself, please report it", error.what()));
        return geo::exit_code(geo::ErrorKind::internal);
    }
}
