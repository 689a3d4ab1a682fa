#include "geo/input_file.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace harmattan::geo {

void require_regular_file(const std::filesystem::path& file, const std::string& what) {
    const std::string name = file.string();
    if (name.empty()) throw Error(ErrorKind::no_input, fmt::format("no name given for the {}", what));
    if (name.find("://") != std::string::npos)
        throw Error(
            ErrorKind::no_input,
            fmt::format("'{}' is an address, and nothing is fetched here; download it and name the file", name));
    if (name.starts_with("/vsi"))
        throw Error(ErrorKind::no_input, fmt::format("'{}' is a virtual name; unpack it and name a plain file", name));
    struct stat status {};
    if (::stat(name.c_str(), &status) != 0) {
        const int reason = errno;
        throw Error(reason == EACCES ? ErrorKind::not_permitted : ErrorKind::no_input,
                    reason == ENOENT ? fmt::format("there is no file '{}' for the {}", name, what)
                                     : fmt::format("cannot look at '{}': {}", name, std::strerror(reason)));
    }
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorKind::no_input,
                    fmt::format("'{}' is {}, not a regular file", name,
                                S_ISDIR(status.st_mode) ? "a directory" : "a device, pipe or socket"));
    if (::access(name.c_str(), R_OK) != 0)
        throw Error(ErrorKind::not_permitted, fmt::format("'{}' may not be read: {}", name, std::strerror(errno)));
}

} // namespace harmattan::geo
