// Each test gives up its privileges in a child of its own, and tells what it then could and could not do.

#include "tiles/serve/confine.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/plan.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;

/// What went otherwise than it should, gathered in the child.
class Findings {
public:
    void works(const std::string& what, bool did) {
        if (!did) m_text += fmt::format("{} does not work ({})\n", what, std::strerror(errno));
    }
    /// `result`: of a call that should have failed with `error`.
    void fails(const std::string& what, long result, int error = EPERM) {
        if (result != -1) m_text += what + " works\n";
        else if (errno != error) m_text += fmt::format("{} fails with {}\n", what, std::strerror(errno));
    }
    void same(const std::string& what, const std::string& a, const std::string& b) {
        if (a != b) m_text += fmt::format("{}: {} is not {}\n", what, a, b);
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

/// Confines a child to `readable`, runs `probe` there and returns its findings.
std::string confined(const std::vector<fs::path>& readable,
                     const std::function<void(Findings&, const Confinement&)>& probe) {
    int ends[2];
    if (pipe(ends) != 0) return "no pipe";
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        std::string text;
        try {
            Findings findings;
            probe(findings, confine({.readable = readable}));
            text = findings.text();
        } catch (const std::exception& error) { text = error.what(); }
        _exit(write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    close(ends[1]);
    std::string text;
    char block[4096];
    for (ssize_t n; (n = read(ends[0], block, sizeof block)) > 0;) text.append(block, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) text += fmt::format("the child ended with status {}", status);
    return text;
}

bool kernel_has_seccomp() { return prctl(PR_GET_SECCOMP) >= 0; }
int kernel_landlock_abi() { return static_cast<int>(std::max(0L, syscall(444, nullptr, 0, 1))); }

#define REQUIRE_SECCOMP \
    if (!kernel_has_seccomp()) GTEST_SKIP() << "this kernel has no seccomp"

std::string first_line(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    return std::getline(in, line) ? line : "unreadable";
}

TEST(Confine, SaysWhatHolds) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    const int abi = kernel_landlock_abi();
    EXPECT_EQ(confined({folder.path()},
                       [abi](Findings& found, const Confinement& held) {
                           found.works("seccomp", held.seccomp);
                           found.same("Landlock's ABI", std::to_string(held.landlock_abi), std::to_string(abi));
                           rlimit core{1, 1};
                           found.works("asking for limits", getrlimit(RLIMIT_CORE, &core) == 0);
                           found.same("the limit of core dumps", std::to_string(core.rlim_cur + core.rlim_max), "0");
                       }),
              "");
}

TEST(Confine, LeavesReadingBelowTheFoldersOnly) {
    REQUIRE_SECCOMP;
    const test::TempFolder open_folder, closed_folder;
    const fs::path open_file = open_folder.write("a.txt", "hello"),
                   closed_file = closed_folder.write("a.txt", "secret");
    fs::create_directory(open_folder.path() / "sub");
    open_folder.write("sub/b.txt", "deeper");
    fs::create_symlink(closed_file, open_folder.path() / "way_out.txt");
    EXPECT_EQ(
        confined({open_folder.path()},
                 [&](Findings& found, const Confinement& held) {
                     found.same("a file", first_line(open_file), "hello");
                     found.same("a file deeper down", first_line(open_folder.path() / "sub" / "b.txt"), "deeper");
                     std::error_code error;
                     found.same("listing",
                                std::to_string(std::distance(fs::directory_iterator(open_folder.path(), error), {})),
                                "3");
                     found.works("asking for size and time", fs::file_size(open_file, error) == 5);
                     if (held.landlock_abi == 0) return;
                     found.fails("reading elsewhere", open(closed_file.c_str(), O_RDONLY), EACCES);
                     found.fails("reading through a link", open((open_folder.path() / "way_out.txt").c_str(), O_RDONLY),
                                 EACCES);
                     found.fails("reading through ..",
                                 open((open_folder.path() / ".." / closed_folder.path().filename() / "a.txt").c_str(),
                                      O_RDONLY),
                                 EACCES);
                     found.fails("reading the users", open("/etc/passwd", O_RDONLY), EACCES);
                 }),
        "");
}

TEST(Confine, FileThatTakesTheOldOnesNameIsReadToo) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    const fs::path file = folder.write("a.txt", "old");
    int go[2], ready[2];
    ASSERT_EQ(pipe(go) | pipe(ready), 0);
    std::thread replacing([&] {
        char c;
        if (read(ready[0], &c, 1) != 1) return;
        fs::rename(folder.write("new.txt", "new"), file);
        if (write(go[1], "x", 1) != 1) return;
    });
    EXPECT_EQ(confined({folder.path()},
                       [&](Findings& found, const Confinement&) {
                           found.same("before", first_line(file), "old");
                           char c;
                           found.works("waiting", write(ready[1], "x", 1) == 1 && read(go[0], &c, 1) == 1);
                           found.same("after", first_line(file), "new");
                       }),
              "");
    replacing.join();
    for (const int fd : {go[0], go[1], ready[0], ready[1]}) close(fd);
}

TEST(Confine, WritesAndRunsNothing) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    const fs::path file = folder.write("a.txt", "hello"), made = folder.path() / "made.txt";
    EXPECT_EQ(confined({folder.path()},
                       [&](Findings& found, const Confinement&) {
                           found.fails("opening to write", open(file.c_str(), O_WRONLY));
                           found.fails("opening to read and write", open(file.c_str(), O_RDWR));
                           found.fails("cutting a file", open(file.c_str(), O_RDONLY | O_TRUNC));
                           found.fails("making a file", open(made.c_str(), O_RDONLY | O_CREAT, 0600));
                           found.fails("making a nameless file", open(folder.path().c_str(), O_TMPFILE | O_RDWR, 0600));
                           found.fails("removing", unlink(file.c_str()));
                           found.fails("renaming", rename(file.c_str(), made.c_str()));
                           found.fails("making a folder", mkdir(made.c_str(), 0700));
                           found.fails("changing the mode", chmod(file.c_str(), 0777));
                           char name[] = "true";
                           char* arguments[] = {name, nullptr};
                           found.fails("running a program", execv("/bin/true", arguments));
                           found.fails("forking", fork());
                           found.fails("tracing", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
                           found.fails("signalling the parent", kill(getppid(), 0));
                           found.fails("signalling its thread", syscall(SYS_tgkill, getppid(), getppid(), 0));
                           found.works("signalling oneself", syscall(SYS_tgkill, getpid(), gettid(), 0) == 0);
                           found.fails("becoming dumpable", prctl(PR_SET_DUMPABLE, 1));
                           const rlimit more{1, 1};
                           found.fails("setting limits", setrlimit(RLIMIT_CORE, &more));
                           const auto mapped = [](int protection) {
                               return reinterpret_cast<long>(
                                   mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
                           };
                           found.fails("executable memory", mapped(PROT_READ | PROT_EXEC));
                           const long page = mapped(PROT_READ | PROT_WRITE);
                           found.works("memory", page != -1);
                           found.fails("making memory executable",
                                       mprotect(reinterpret_cast<void*>(page), 4096, PROT_READ | PROT_EXEC));
                       }),
              "");
    EXPECT_EQ(test::read_bytes(file), "hello");
    EXPECT_EQ(test::names_in(folder.path()), std::vector<std::string>{"a.txt"});
}

TEST(Confine, ThreadsCanStillBeMade) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    const fs::path file = folder.write("a.txt", "hello");
    EXPECT_EQ(confined({folder.path()},
                       [&](Findings& found, const Confinement&) {
                           std::vector<std::string> read(4);
                           long socket_result = 0;
                           int socket_error = 0;
                           {
                               std::vector<std::jthread> threads;
                               for (std::string& line : read) threads.emplace_back([&] { line = first_line(file); });
                               threads.emplace_back(
                                   [&] { socket_result = socket(AF_INET, SOCK_STREAM, 0), socket_error = errno; });
                           }
                           for (const std::string& line : read) found.same("a thread's reading", line, "hello");
                           errno = socket_error;
                           found.fails("a socket in a thread", socket_result);
                           try {
                               throw std::runtime_error("unwound");
                           } catch (const std::runtime_error& error) {
                               found.same("an exception", error.what(), "unwound");
                           }
                       }),
              "");
}

TEST(Confine, EveryContainerStillOpensAndReads) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    const TilesetInfo info = test::small_info();
    const test::Tiles tiles = test::some_tiles(Plan({2, 5}, test::sahel));
    for (const char* name : {"a.pmtiles", "a.mbtiles", "folder"})
        test::write_archive(folder.path() / name, tiles, info);
    EXPECT_EQ(confined({folder.path()},
                       [&](Findings& found, const Confinement&) {
                           for (const char* name : {"a.pmtiles", "a.mbtiles", "folder"})
                               found.works(name, test::read_archive(folder.path() / name) == tiles);
                       }),
              "");
}

TEST(Confine, PicturesAreStillEncoded) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    // PNG alone: libvips, which makes WebP, has threads that a forked child lacks. A served map shows that it works
    // (tests/app/serve_map_test.cpp).
    const std::vector<std::byte> bytes = test::picture(7);
    EXPECT_EQ(confined({folder.path()},
                       [&](Findings& found, const Confinement&) { found.works("png", test::picture(7) == bytes); }),
              "");
}

/// A listening socket on 127.0.0.1, and its address.
std::pair<int, sockaddr_in> listen_somewhere() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(fd, 8) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        ADD_FAILURE() << std::strerror(errno);
    return {fd, address};
}

TEST(Confine, SocketThatListensAnswersAndNoOtherIsMade) {
    REQUIRE_SECCOMP;
    const test::TempFolder folder;
    const fs::path file = folder.write("a.txt", "from a file");
    const auto [listening, address] = listen_somewhere();
    const int client = socket(AF_INET, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(send(client, "ping", 4, 0), 4);
    EXPECT_EQ(confined({folder.path()},
                       [&, listening = listening, address = address](Findings& found, const Confinement&) {
                           const int epoll = epoll_create1(EPOLL_CLOEXEC);
                           epoll_event event{.events = EPOLLIN, .data = {}};
                           found.works("epoll_ctl", epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &event) == 0);
                           found.works("epoll_wait", epoll_wait(epoll, &event, 1, 5000) == 1);
                           const int peer = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
                           found.works("accept4", peer >= 0);
                           const int on = 1;
                           found.works("TCP_NODELAY", setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
                           char bytes[8] = {};
                           found.works("recv", recv(peer, bytes, sizeof bytes, 0) == 4);
                           found.same("what came", bytes, "ping");
                           found.works("send", send(peer, "pong ", 5, MSG_NOSIGNAL) == 5);
                           const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
                           off_t from = 0;
                           found.works("sendfile", sendfile(peer, fd, &from, 11) == 11);
                           found.works("shutdown", shutdown(peer, SHUT_RDWR) == 0 && close(peer) == 0);
                           found.fails("connecting",
                                       connect(other, reinterpret_cast<const sockaddr*>(&address), sizeof address));
                           found.fails("connecting by sending",
                                       sendto(other, "ping", 4, MSG_FASTOPEN,
                                              reinterpret_cast<const sockaddr*>(&address), sizeof address));
                           iovec bytes_to_send{bytes, 4};
                           msghdr message{};
                           message.msg_name = const_cast<sockaddr_in*>(&address), message.msg_namelen = sizeof address;
                           message.msg_iov = &bytes_to_send, message.msg_iovlen = 1;
                           found.fails("connecting by sending a message", sendmsg(other, &message, MSG_FASTOPEN));
                           found.fails("binding",
                                       bind(other, reinterpret_cast<const sockaddr*>(&address), sizeof address));
                           found.fails("a TCP socket", socket(AF_INET, SOCK_STREAM, 0));
                           found.fails("a UNIX socket", socket(AF_UNIX, SOCK_STREAM, 0));
                           int pair[2];
                           found.fails("a pair of sockets", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
                       }),
              "");
    std::string answer;
    char block[64];
    for (ssize_t n; (n = recv(client, block, sizeof block, 0)) > 0;) answer.append(block, static_cast<std::size_t>(n));
    EXPECT_EQ(answer, "pong from a file");
    for (const int fd : {listening, client, other}) close(fd);
}

TEST(Confine, FolderThatIsNotThereIsSaid) {
    if (kernel_landlock_abi() == 0) GTEST_SKIP() << "this kernel has no Landlock";
    const test::TempFolder folder;
    EXPECT_NE(confined({folder.path() / "none"}, [](Findings&, const Confinement&) {}).find("cannot open"),
              std::string::npos);
}

TEST(FoldersToRead, AreThoseOfTheNameAndOfWhatItPointsTo) {
    const test::TempFolder folder;
    fs::create_directories(folder.path() / "v2");
    fs::create_directories(folder.path() / "tiles");
    const fs::path target = folder.write("v2/a.pmtiles", "");
    fs::create_symlink(target, folder.path() / "current.pmtiles");
    const std::vector<fs::path> archives{folder.path() / "current.pmtiles", folder.path() / "tiles" / ""};
    const fs::path whole = fs::canonical(folder.path());
    EXPECT_EQ(folders_to_read(archives), (std::vector<fs::path>{whole, whole / "v2"}));
    EXPECT_THROW(folders_to_read(std::vector<fs::path>{folder.path() / "none"}), geo::Error);
}

} // namespace

} // namespace harmattan::tiles
