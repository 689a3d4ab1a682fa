#include "tiles/serve/descriptors.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <sys/resource.h>

namespace harmattan::tiles {

namespace {

constexpr rlim_t spare = 24; // archives being replaced, files of tile folders, libmicrohttpd's own

} // namespace

std::size_t allow_connections(std::size_t asked) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    const auto open = static_cast<rlim_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
    const rlim_t left = limit.rlim_cur > open + spare ? limit.rlim_cur - open - spare : 1;
    return static_cast<std::size_t>(std::min<rlim_t>(asked, left));
}

} // namespace harmattan::tiles
