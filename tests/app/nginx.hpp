#pragma once
// The example of docs/serving/nginx.conf made to run from a folder: its ports, paths and certificate replaced, nothing else.

#include <filesystem>
#include <string>

namespace harmattan::test {

struct NginxPorts {
    int tls = 0, plain = 0, server = 0;
};

/// Writes nginx.conf, the example, a certificate of its own and the folders that nginx wants; returns the command line, to
/// which "-t" can be added. Wants openssl.
std::string write_nginx(const std::filesystem::path& folder, const NginxPorts& ports);

/// A port that was free a moment ago.
int free_port();

} // namespace harmattan::test
