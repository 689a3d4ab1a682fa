#pragma once
// Programs that keep running while a test talks to them.

#include <csignal>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace harmattan::test {

class BackgroundProgram {
public:
    /// `command`: the program, by path or as the shell finds it, and its arguments; runs in `folder`.
    BackgroundProgram(const std::vector<std::string>& command, const std::filesystem::path& folder);
    /// Ends it with SIGTERM, after 20 seconds with SIGKILL.
    ~BackgroundProgram();
    BackgroundProgram(const BackgroundProgram&) = delete;
    BackgroundProgram& operator=(const BackgroundProgram&) = delete;

    std::string output() const; ///< both streams, so far
    /// Whether `text` comes within 20 seconds.
    bool says(const std::string& text) const;
    /// Its exit code, 128 + signal where a signal ended it.
    int stop(int signal = SIGTERM);
    pid_t pid() const { return m_child; }

private:
    std::filesystem::path m_output;
    pid_t m_child = -1;
};

/// `harmattan serve` on a free port of 127.0.0.1.
class RunningServer {
public:
    /// `arguments`: what follows "serve --listen 127.0.0.1:0".
    RunningServer(const std::vector<std::string>& arguments, const std::filesystem::path& folder);

    int port() const { return m_port; }
    std::string url() const; ///< without a slash at its end
    BackgroundProgram& program() { return m_program; }

private:
    BackgroundProgram m_program;
    int m_port = 0;
};

} // namespace harmattan::test
