#pragma once
// The command line of one command, as its file describes it. Hides the library that parses (its header is heavy).

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

/// Describes what a command takes; the targets are filled when the line is parsed and must outlive that.
class Arguments {
public:
    struct Impl;
    explicit Arguments(Impl& impl) : m_impl(impl) {}

    /// `names`: "-q,--quiet".
    void flag(const std::string& names, bool& target, const std::string& help);
    /// `value`: what the help calls the value, "FILE".
    void option(const std::string& names, std::optional<std::string>& target, const std::string& value,
                const std::string& help);
    void required(const std::string& names, std::string& target, const std::string& value, const std::string& help);
    /// May be given several times.
    void list(const std::string& names, std::vector<std::string>& target, const std::string& value,
              const std::string& help);
    void positional(const std::string& name, std::string& target, bool must, const std::string& help);
    /// Any number of words.
    void positionals(const std::string& name, std::vector<std::string>& target, const std::string& help);
    /// Heading of the options that follow in --help.
    void group(const std::string& heading);
    /// Printed under the options of --help.
    void footer(const std::string& text);

private:
    Impl& m_impl;
};

/// One command of the program. `describe` fills the arguments and gives back what to run once they are parsed.
struct Command {
    virtual ~Command() = default;
    virtual std::string name() const = 0;
    virtual std::string summary() const = 0;
    virtual void describe(Arguments& arguments) = 0;
    virtual void run() = 0;
};

/// Parses the line and runs the command it names. Returns the exit code; prints help, version and usage errors itself.
/// Errors of the run itself pass through.
int run_command_line(int argc, char** argv, std::vector<std::unique_ptr<Command>>& commands);

} // namespace harmattan::app
