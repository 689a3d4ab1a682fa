#include "app/nginx.hpp"

#include "app/program.hpp"
#include "app/tool.hpp"

#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harmattan::test {

namespace {

/// Every `from` becomes `to`; there must be one.
void replace(std::string& text, const std::string& from, const std::string& to) {
    std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    for (; at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

} // namespace

int free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

std::string write_nginx(const std::filesystem::path& folder, const NginxPorts& ports) {
    const std::string here = folder.string();
    run_tool(fmt::format("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=maps.example.org -keyout "
                         "{0}/key.pem -out {0}/cert.pem",
                         here));
    std::string example = read_file(std::filesystem::path(HARMATTAN_TEST_SOURCE) / "docs/serving/nginx.conf");
    replace(example, "listen 443", fmt::format("listen 127.0.0.1:{}", ports.tls));
    replace(example, "listen 80", fmt::format("listen 127.0.0.1:{}", ports.plain));
    replace(example, "127.0.0.1:8080;", fmt::format("127.0.0.1:{};", ports.server));
    replace(example, "/etc/ssl/maps.example.org.pem", here + "/cert.pem");
    replace(example, "/etc/ssl/private/maps.example.org.key", here + "/key.pem");
    replace(example, "/var/cache/nginx/harmattan", here + "/cache");
    std::ofstream(folder / "example.conf") << example;
    std::ofstream main(folder / "nginx.conf");
    if (geteuid() == 0) main << "user root;\n";
    main << "daemon off; worker_processes 1;\nevents {}\n"
         << fmt::format("pid {0}/nginx.pid; error_log {0}/error.log;\nhttp {{ access_log off;\n", here);
    for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        main << fmt::format("{0}_temp_path {1}/{0};\n", kind, here);
    main << fmt::format("include {}/example.conf; }}\n", here);
    return fmt::format("nginx -p {0} -c {0}/nginx.conf", here);
}

Nginx::Nginx(const std::string& command_line) : m_pid(fork()) {
    if (m_pid != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    execl("/bin/sh", "sh", "-c", ("exec " + command_line).c_str(), nullptr);
    _exit(127);
}

Nginx::~Nginx() {
    kill(m_pid, SIGTERM);
    waitpid(m_pid, nullptr, 0);
}

} // namespace harmattan::test
