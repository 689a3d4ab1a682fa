#pragma once
// The one exception of the project: a kind, one line of text, and the trail of places it passed through.
// Thrown when a job cannot go on. What is merely messy (a bad row, an empty tile) is a value, not an Error.

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace harmattan::geo {

/// Decides the exit code of the program (and, served, the HTTP status).
enum class ErrorKind {
    usage,         ///< 64: the command line cannot be meant
    bad_data,      ///< 65: an input was read and is not what it should be
    no_input,      ///< 66: an input is not there or is not a regular file
    service,       ///< 69: a port or service is not to be had
    internal,      ///< 70: our own fault
    cannot_create, ///< 73: an output cannot be made or must not be overwritten
    io,            ///< 74: reading or writing failed underway
    busy,          ///< 75: somebody else holds it, or too many files are open; try again
    not_permitted, ///< 77: no permission
    bad_config,    ///< 78: a map file or style is wrong
    interrupted,   ///< 130 or 143: asked to stop
};

/// The sysexits code that `kind` ends the program with (interrupted: 130).
int exit_code(ErrorKind kind) noexcept;

class Error : public std::runtime_error {
public:
    /// `message` is one line: what is wrong, with value and limit, and what to do.
    Error(ErrorKind kind, const std::string& message);

    /// Adds a place, innermost first: "incidents.csv:812:4", "layer 'corridors'". Returns itself, to be rethrown.
    Error& at(std::string where) &;
    Error&& at(std::string where) &&;

    ErrorKind kind() const noexcept { return m_kind; }
    std::span<const std::string> trail() const noexcept { return m_trail; }

    /// "message; place; outer place": the line a user reads after "error: ".
    std::string line() const;

private:
    ErrorKind m_kind;
    std::vector<std::string> m_trail;
};

} // namespace harmattan::geo
