#pragma once
// harmattan serve, running: started as a user would on a free port of 127.0.0.1, watched from outside, stopped.

#include "app/http_client.hpp"
#include "app/program.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace harmattan::test {

class ServedProgram {
public:
    struct Limits {
        int descriptors = 0;                ///< RLIMIT_NOFILE, soft and hard; 0: as they are
        std::vector<std::string> through{}; ///< a program and its arguments that starts ours, such as strace
    };

    /// `arguments` after "serve". Throws if it does not say within a minute where it serves.
    ServedProgram(const std::vector<std::string>& arguments, const std::filesystem::path& folder, const Limits& limits);
    ServedProgram(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
        : ServedProgram(arguments, folder, Limits{}) {}
    ~ServedProgram(); ///< kills it if it still runs
    ServedProgram(const ServedProgram&) = delete;
    ServedProgram& operator=(const ServedProgram&) = delete;

    std::uint16_t port() const { return m_port; }
    pid_t pid() const { return m_server; }
    bool is_running();
    std::string err() const; ///< standard error so far

    void signal(int number);
    /// Waits until it ends: the exit code, 128 + signal if it was killed; -1 if it does not end in time.
    int wait(std::chrono::milliseconds most);

    std::size_t resident_bytes() const;
    double cpu_seconds() const;
    std::size_t descriptors() const; ///< open ones; 0 where the system does not tell

private:
    TemporaryFolder m_captured;
    pid_t m_pid = -1;    ///< what was started
    pid_t m_server = -1; ///< ours: the same, or its child
    std::uint16_t m_port = 0;
};

} // namespace harmattan::test
