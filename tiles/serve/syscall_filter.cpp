// An allow-list. What is not on it fails with EPERM.
// why: EPERM and not death: a call that some later library makes is then one failed call that is seen and logged, not
// an outage of a public map; and it is no weaker, since the call is not made either way. ENOSYS for what glibc tries
// first and can do without, so that it takes the older call, whose arguments a filter can see.

#include "tiles/serve/syscall_filter.hpp"

#include "geo/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <type_traits>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

using Filter = std::unique_ptr<std::remove_pointer_t<scmp_filter_ctx>, decltype([](void* p) { seccomp_release(p); })>;

// clang-format off
constexpr const char* allowed[] = {
    // connections that come in: accepted, read, answered, closed
    "accept", "accept4", "recv", "recvfrom", "recvmsg", "send", "sendfile", "sendfile64", "shutdown",
    "listen", "getsockname", "getpeername", "getsockopt", "setsockopt",
    // waiting
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "poll", "ppoll", "select", "pselect6",
    "eventfd2", "pipe2", "futex", "nanosleep", "clock_nanosleep", "restart_syscall", "sched_yield",
    // files, to read; standard output and error, to write
    "read", "readv", "pread64", "preadv", "write", "writev", "lseek", "_llseek", "close", "dup",
    "stat", "stat64", "lstat", "lstat64", "fstat", "fstat64", "newfstatat", "fstatat64", "statx", "statfs", "fstatfs",
    "access", "faccessat", "readlink", "readlinkat", "getdents64", "getcwd", "fadvise64",
    // memory
    "brk", "munmap", "mremap", "madvise",
    // threads and signals
    "exit", "exit_group", "set_robust_list", "rseq", "sched_getaffinity", "membarrier",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "signalfd4",
    // what time it is, who we are, chance
    "clock_gettime", "clock_getres", "gettimeofday", "time", "times", "getrusage", "sysinfo", "uname",
    "getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getrandom",
};
constexpr const char* unknown[] = {"clone3", "openat2", "faccessat2", "epoll_pwait2", "close_range", "io_uring_setup"};
// clang-format on

constexpr scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);

void check(int error, const char* what) {
    if (error == 0) return;
    throw geo::Error(geo::ErrorKind::service,
                     fmt::format("the seccomp filter cannot be {} ({}); serve with --no-confine to do "
                                 "without",
                                 what, std::strerror(-error)));
}

template <class... Conditions>
void add(const Filter& filter, std::uint32_t action, const char* name, const Conditions&... conditions) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR) return; // libseccomp is older than the call
    check(seccomp_rule_add(filter.get(), action, number, sizeof...(conditions), conditions...), "made");
}

scmp_arg_cmp none_of(unsigned argument, scmp_datum_t bits) { return {argument, SCMP_CMP_MASKED_EQ, bits, 0}; }
scmp_arg_cmp is(unsigned argument, scmp_datum_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }

} // namespace

void restrict_system_calls() {
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter) check(-ENOMEM, "made");
    check(seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "made");
    check(seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1), "made");
    for (const char* name : allowed) add(filter, SCMP_ACT_ALLOW, name);
    for (const char* name : unknown) add(filter, SCMP_ACT_ERRNO(ENOSYS), name);

    add(filter, SCMP_ACT_ALLOW, "open", none_of(1, writing));
    add(filter, SCMP_ACT_ALLOW, "openat", none_of(2, writing));
    // To where a socket is connected, and nowhere else: with MSG_FASTOPEN sending would connect one.
    add(filter, SCMP_ACT_ALLOW, "sendto", none_of(3, MSG_FASTOPEN), is(4, 0));
    add(filter, SCMP_ACT_ALLOW, "sendmsg", none_of(2, MSG_FASTOPEN));
    for (const char* name : {"mmap", "mmap2", "mprotect"}) add(filter, SCMP_ACT_ALLOW, name, none_of(2, PROT_EXEC));
    add(filter, SCMP_ACT_ALLOW, "clone", scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD});
    add(filter, SCMP_ACT_ALLOW, "tgkill", is(0, static_cast<scmp_datum_t>(getpid())));
    add(filter, SCMP_ACT_ALLOW, "prctl", is(0, PR_SET_NAME));
    add(filter, SCMP_ACT_ALLOW, "prlimit64", is(0, 0), is(2, 0)); // to ask, not to set
    for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC})
        for (const char* name : {"fcntl", "fcntl64"})
            add(filter, SCMP_ACT_ALLOW, name, is(1, static_cast<scmp_datum_t>(command)));
    for (const scmp_datum_t request : {FIONBIO, FIONREAD, TCGETS, TIOCGWINSZ})
        add(filter, SCMP_ACT_ALLOW, "ioctl", is(1, request));

    check(seccomp_load(filter.get()), "loaded");
}

} // namespace harmattan::tiles
