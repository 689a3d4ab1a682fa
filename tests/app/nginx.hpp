#pragma once
// The example of docs/serving/nginx.conf made to run from a folder: its ports, paths and certificate replaced, nothing
// else.

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace harmattan::test {

struct NginxPorts {
    int tls = 0, plain = 0, server = 0;
};

/// Writes nginx.conf, the example, a certificate of its own and the folders that nginx wants; returns the command line,
/// to which "-t" can be added. Wants openssl.
std::string write_nginx(const std::filesystem::path& folder, const NginxPorts& ports);

/// nginx, running as that command line says; ended on destruction.
class Nginx {
public:
    explicit Nginx(const std::string& command_line);
    ~Nginx();
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;

private:
    pid_t m_pid;
};

/// A port that was free a moment ago.
int free_port();

} // namespace harmattan::test
