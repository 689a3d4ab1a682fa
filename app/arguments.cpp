#include "app/arguments.hpp"

#include "app/version.hpp"
#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {

struct Arguments::Impl {
    CLI::App& app;
    std::string heading = "Options";
};

void Arguments::flag(const std::string& names, bool& target, const std::string& help) {
    m_impl.app.add_flag(names, target, help)->group(m_impl.heading);
}

void Arguments::option(const std::string& names, std::optional<std::string>& target, const std::string& value,
                       const std::string& help) {
    m_impl.app.add_option(names, target, help)->type_name(value)->group(m_impl.heading);
}

void Arguments::required(const std::string& names, std::string& target, const std::string& value,
                         const std::string& help) {
    m_impl.app.add_option(names, target, help)->required()->type_name(value)->group(m_impl.heading);
}

void Arguments::list(const std::string& names, std::vector<std::string>& target, const std::string& value,
                     const std::string& help) {
    // One value each time the option is given: a list must not swallow the words that follow it, nor take a filter's
    // brackets for its own.
    m_impl.app.add_option(names, target, help)
        ->type_name(value)
        ->type_size(1)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group(m_impl.heading);
}

void Arguments::positional(const std::string& name, std::string& target, bool must, const std::string& help) {
    CLI::Option* option = m_impl.app.add_option(name, target, help)->type_name("");
    if (must) option->required();
}

void Arguments::positionals(const std::string& name, std::vector<std::string>& target, const std::string& help) {
    m_impl.app.add_option(name, target, help)->type_name("");
}

void Arguments::group(const std::string& heading) { m_impl.heading = heading; }

void Arguments::footer(const std::string& text) { m_impl.app.footer(text); }

namespace {

[[noreturn]] void refuse(const CLI::App& app, const std::string& message) {
    throw geo::Error(geo::ErrorKind::usage, fmt::format("{}; see '{} --help'", message, app.get_name()));
}

// CLI11 names an unknown option or word in its own prose; ours names the nearest known one.
void explain_extras(const CLI::App& app, const CLI::App& command) {
    std::vector<std::string> known;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    for (const std::string& word : command.remaining())
        refuse(app,
               fmt::format("'{}' is not an option of {}{}", word, command.get_name(), geo::did_you_mean(word, known)));
}

} // namespace

int run_command_line(int argc, char** argv, std::vector<std::unique_ptr<Command>>& commands) {
    CLI::App app("Incident tables to density maps, as web map tiles.", "harmattan");
    app.set_version_flag("--version", std::string("harmattan ") + program_version);
    app.set_help_flag("-h,--help", "Show this help");
    app.require_subcommand(0, 1);
    app.get_formatter()->column_width(34);
    app.footer("harmattan COMMAND --help tells more of a command.");

    std::vector<std::string> names;
    for (const auto& command : commands) {
        CLI::App* sub = app.add_subcommand(command->name(), command->summary());
        sub->allow_extras();
        sub->option_defaults()->always_capture_default(false);
        Arguments::Impl impl{*sub};
        Arguments arguments(impl);
        command->describe(arguments);
        names.push_back(command->name());
    }
    app.allow_extras();

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) { // --help, --version
        return app.exit(asked);
    } catch (const CLI::ParseError& wrong) {
        std::string message = wrong.what();
        if (const auto chosen = app.get_subcommands(); !chosen.empty()) explain_extras(app, *chosen.front());
        refuse(app, message);
    }
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    if (chosen.empty()) {
        if (const auto words = app.remaining(); !words.empty())
            refuse(app, fmt::format("'{}' is not a command{}", words.front(), geo::did_you_mean(words.front(), names)));
        fmt::print("{}", app.help());
        return 0;
    }
    explain_extras(app, *chosen.front());
    for (const auto& command : commands)
        if (command->name() == chosen.front()->get_name()) command->run();
    return 0;
}

} // namespace harmattan::app
