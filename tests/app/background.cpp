#include "app/background.hpp"

#include "app/program.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace harmattan::test {

namespace {

constexpr int tries = 400; // of 50 ms

void pause_a_little() { usleep(50'000); }

std::vector<std::string> serve_command(const std::vector<std::string>& arguments) {
    std::vector<std::string> command{HARMATTAN_PROGRAM, "serve", "--listen", "127.0.0.1:0"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

} // namespace

BackgroundProgram::BackgroundProgram(const std::vector<std::string>& command, const std::filesystem::path& folder) {
    std::string name = (std::filesystem::temp_directory_path() / "harmattan-output-XXXXXX").string();
    const int output = mkstemp(name.data());
    if (output < 0) throw std::runtime_error("no file for the output");
    m_output = name;
    m_child = fork();
    if (m_child == 0) {
        if (chdir(folder.c_str()) != 0) _exit(126);
        dup2(open("/dev/null", O_RDONLY), 0);
        dup2(output, 1), dup2(output, 2);
        std::vector<char*> argv;
        for (const std::string& argument : command) argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    close(output);
    if (m_child < 0) throw std::runtime_error("fork failed");
}

BackgroundProgram::~BackgroundProgram() {
    if (m_child > 0) stop();
    std::error_code ignored;
    std::filesystem::remove(m_output, ignored);
}

std::string BackgroundProgram::output() const { return read_file(m_output); }

bool BackgroundProgram::says(const std::string& text) const {
    for (int i = 0; i < tries; ++i, pause_a_little())
        if (output().find(text) != std::string::npos) return true;
    return false;
}

int BackgroundProgram::stop(int signal) {
    kill(m_child, signal);
    int status = 0;
    pid_t ended = 0;
    for (int i = 0; i < tries && (ended = waitpid(m_child, &status, WNOHANG)) == 0; ++i) pause_a_little();
    if (ended == 0) {
        kill(m_child, SIGKILL);
        waitpid(m_child, &status, 0);
    }
    m_child = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

RunningServer::RunningServer(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
    : m_program(serve_command(arguments), folder) {
    const std::string before_port = "at http://127.0.0.1:";
    if (m_program.says(before_port)) {
        m_program.says("/\n");
        const std::string output = m_program.output();
        m_port = std::atoi(output.c_str() + output.find(before_port) + before_port.size());
    }
    EXPECT_GT(m_port, 0) << m_program.output();
}

std::string RunningServer::url() const { return fmt::format("http://127.0.0.1:{}", m_port); }

} // namespace harmattan::test
