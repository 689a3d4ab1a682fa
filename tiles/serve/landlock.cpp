#include "tiles/serve/landlock.hpp"

#include "geo/error.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

using geo::Error;
using geo::ErrorKind;

// The kernel's interface, written down here since headers of Debian 12 end at ABI 2 and glibc has no functions for it.
// Source: include/uapi/linux/landlock.h and Documentation/userspace-api/landlock.rst of Linux 6.12.
struct RulesetAttributes {
    std::uint64_t handled_access_fs, handled_access_net, scoped;
};
struct [[gnu::packed]] PathBeneathAttributes {
    std::uint64_t allowed_access;
    std::int32_t parent_fd;
};
constexpr std::uint64_t read_file = 1 << 2, read_dir = 1 << 3;
constexpr unsigned flag_version = 1;
constexpr int rule_path_beneath = 1;
#if defined(__alpha__)
#error "Landlock's system calls have other numbers on Alpha"
#endif
constexpr long nr_create_ruleset = 444, nr_add_rule = 445, nr_restrict_self = 446;

/// All rights that an ABI knows: what is handled and not given by a rule is refused.
RulesetAttributes all_rights(int abi) {
    const auto first_bits = [](int count) { return (std::uint64_t{1} << count) - 1; };
    RulesetAttributes rights{.handled_access_fs = first_bits(13), .handled_access_net = 0, .scoped = 0};
    if (abi >= 2) rights.handled_access_fs = first_bits(14); // linking and renaming across folders
    if (abi >= 3) rights.handled_access_fs = first_bits(15); // truncating
    if (abi >= 4) rights.handled_access_net = first_bits(2); // binding, connecting TCP
    if (abi >= 5) rights.handled_access_fs = first_bits(16); // ioctl on devices
    if (abi >= 6) rights.scoped = first_bits(2);             // abstract UNIX sockets, signals to others
    return rights;
}

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

[[noreturn]] void refused(const char* what) {
    throw Error(ErrorKind::service,
                fmt::format("the kernel has Landlock but refused {} ({}); serve with --no-confine to do "
                            "without",
                            what, std::strerror(errno)));
}

void allow_reading(int ruleset, const std::filesystem::path& folder) {
    const Descriptor at(open(folder.c_str(), O_PATH | O_CLOEXEC));
    struct stat status {};
    if (at.get() < 0 || fstat(at.get(), &status) != 0)
        throw Error(ErrorKind::no_input, fmt::format("cannot open {} ({})", folder.string(), std::strerror(errno)));
    const PathBeneathAttributes rule{.allowed_access = S_ISDIR(status.st_mode) ? read_file | read_dir : read_file,
                                     .parent_fd = at.get()};
    if (syscall(nr_add_rule, ruleset, rule_path_beneath, &rule, 0) != 0) refused("a rule");
}

} // namespace

int restrict_to_reading(std::span<const std::filesystem::path> readable) {
    const long abi = syscall(nr_create_ruleset, nullptr, 0, flag_version);
    if (abi <= 0) return 0; // not built in, or switched off at boot
    const RulesetAttributes rights = all_rights(static_cast<int>(abi));
    // why: an older kernel refuses a longer structure only where its end is not zero, which all_rights sees to.
    const Descriptor ruleset(static_cast<int>(syscall(nr_create_ruleset, &rights, sizeof rights, 0)));
    if (ruleset.get() < 0) refused("a set of rules");
    for (const std::filesystem::path& folder : readable) allow_reading(ruleset.get(), folder);
    if (syscall(nr_restrict_self, ruleset.get(), 0) != 0) refused("to hold this process to them");
    return static_cast<int>(abi);
}

} // namespace harmattan::tiles
