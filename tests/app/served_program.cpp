#include "app/served_program.hpp"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace harmattan::test {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

} // namespace

ServedProgram::ServedProgram(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                             const Limits& limits) {
    const std::filesystem::path err = m_captured.path() / "err";
    std::vector<std::string> line = limits.through;
    line.insert(line.end(), {HARMATTAN_PROGRAM, "serve"});
    if (std::ranges::find(arguments, "--listen") == arguments.end())
        line.insert(line.end(), {"--listen", "127.0.0.1:0"});
    line.insert(line.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : line) argv.push_back(word.data());
    argv.push_back(nullptr);

    m_pid = fork();
    if (m_pid < 0) throw std::runtime_error("fork failed");
    if (m_pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setenv("LSAN_OPTIONS", "detect_leaks=0", 0); // why: the leak check traces, which a confined process may not
        if (chdir(folder.c_str()) != 0) _exit(126);
        dup2(open("/dev/null", O_RDWR), 0);
        dup2(0, 1);
        dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
        if (limits.descriptors > 0) {
            const auto most = static_cast<rlim_t>(limits.descriptors);
            const rlimit limit{most, most};
            setrlimit(RLIMIT_NOFILE, &limit);
        }
        execvp(argv[0], argv.data());
        _exit(127);
    }

    const auto deadline = Clock::now() + 60s;
    const std::string before = " at http://127.0.0.1:";
    while (Clock::now() < deadline && is_running()) {
        const std::string text = this->err();
        const std::size_t at = text.find(before);
        if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
            std::from_chars(text.data() + at + before.size(), text.data() + text.size(), m_port);
            m_server = m_pid;
            if (!limits.through.empty()) std::ifstream(fmt::format("/proc/{0}/task/{0}/children", m_pid)) >> m_server;
            return;
        }
        std::this_thread::sleep_for(5ms);
    }
    throw std::runtime_error("harmattan serve does not start: " + this->err());
}

ServedProgram::~ServedProgram() {
    if (!is_running()) return;
    kill(m_server > 0 ? m_server : m_pid, SIGKILL);
    if (wait(5s) == -1) kill(m_pid, SIGKILL);
}

std::string ServedProgram::err() const { return read_file(m_captured.path() / "err"); }

bool ServedProgram::is_running() {
    siginfo_t info{};
    return m_pid > 0 && waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0;
}

void ServedProgram::signal(int number) { kill(m_server, number); }

int ServedProgram::wait(std::chrono::milliseconds most) {
    const auto deadline = Clock::now() + most;
    while (is_running()) {
        if (Clock::now() > deadline) return -1;
        std::this_thread::sleep_for(2ms);
    }
    int status = 0;
    if (waitpid(m_pid, &status, 0) != m_pid) return -1;
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::size_t ServedProgram::resident_bytes() const {
    std::ifstream statm(fmt::format("/proc/{}/statm", m_server));
    std::size_t size = 0, resident = 0;
    statm >> size >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

double ServedProgram::cpu_seconds() const {
    const std::string stat = read_file(fmt::format("/proc/{}/stat", m_server));
    std::istringstream fields(stat.substr(stat.rfind(')') + 2)); // from the third field, the state, on
    std::string skipped;
    for (int i = 3; i < 14; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::size_t ServedProgram::descriptors() const {
    std::error_code denied; // a server that has given up its privileges is looked into by root alone
    const std::filesystem::directory_iterator entries(fmt::format("/proc/{}/fd", m_server), denied);
    return denied ? 0 : static_cast<std::size_t>(std::distance(entries, {}));
}

} // namespace harmattan::test
