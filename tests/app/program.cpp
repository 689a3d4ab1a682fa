#include "app/program.hpp"

#include "support/eventually.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace harmattan::test {

namespace {

pid_t start(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
            const std::filesystem::path& out, const std::filesystem::path& err) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child > 0) return child;
    if (chdir(folder.c_str()) != 0) _exit(126);
    dup2(open("/dev/null", O_RDONLY), 0);
    dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    std::vector<char*> argv{const_cast<char*>(HARMATTAN_PROGRAM)};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(HARMATTAN_PROGRAM, argv.data());
    _exit(127);
}

ProgramRun finish(pid_t child, const std::filesystem::path& out, const std::filesystem::path& err) {
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out), read_file(err)};
}

} // namespace

ProgramRun run_program(const std::vector<std::string>& arguments, const std::filesystem::path& folder) {
    return run_program_and_signal(arguments, folder, 0, 0);
}

ProgramRun run_program_and_signal(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                                  int signal, int after_ms) {
    const TemporaryFolder captured;
    const std::filesystem::path out = captured.path() / "out", err = captured.path() / "err";
    const pid_t child = start(arguments, folder, out, err);
    if (signal != 0) {
        usleep(static_cast<useconds_t>(after_ms) * 1000);
        kill(child, signal);
    }
    return finish(child, out, err);
}

ProgramRun run_program_and_signal(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                                  int signal, const std::filesystem::path& file) {
    const TemporaryFolder captured;
    const std::filesystem::path out = captured.path() / "out", err = captured.path() / "err";
    const pid_t child = start(arguments, folder, out, err);
    eventually([&] { return std::filesystem::exists(file); });
    kill(child, signal);
    return finish(child, out, err);
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "harmattan-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("mkdtemp failed");
    m_path = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path TemporaryFolder::write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = m_path / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace harmattan::test
