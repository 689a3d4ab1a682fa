#include "tiles/serve/confine.hpp"

#include "geo/error.hpp"
#include "tiles/serve/landlock.hpp"
#include "tiles/serve/syscall_filter.hpp"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fmt/format.h>
#include <set>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace harmattan::tiles {

namespace fs = std::filesystem;

Confinement confine(const ConfineOptions& options) {
    tzset(); // answers bear a date: the C library would read the time zone's file with the first one
    const rlimit no_core{0, 0};
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        throw geo::Error(
            geo::ErrorKind::service,
            fmt::format("cannot give up privileges ({}); serve with --no-confine to do without", std::strerror(errno)));
    Confinement held;
    held.landlock_abi = restrict_to_reading(options.readable);
    restrict_system_calls();
    held.seccomp = true;
    return held;
}

std::vector<fs::path> folders_to_read(std::span<const fs::path> archives) {
    std::set<fs::path> folders;
    for (const fs::path& archive : archives) {
        std::error_code error;
        const fs::path target = fs::canonical(archive, error);
        if (error)
            throw geo::Error(geo::ErrorKind::no_input,
                             fmt::format("cannot find {} ({})", archive.string(), error.message()));
        for (const fs::path& path : {fs::absolute(archive).lexically_normal(), target})
            folders.insert(path.has_filename() ? path.parent_path() : path.parent_path().parent_path());
    }
    return {folders.begin(), folders.end()};
}

} // namespace harmattan::tiles
