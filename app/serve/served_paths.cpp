#include "app/serve/served_paths.hpp"

#include "app/job_arguments.hpp"
#include "app/site/site.hpp"
#include "app/site/tile_sets.hpp"
#include "geo/error.hpp"
#include "tiles/archive_reader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace harmattan::app {

namespace {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

/// "name=path", or a path and the name that its file has.
struct NamedPath {
    std::string name;
    fs::path path;
};

/// A file's name as a part of addresses: what may not stand there becomes "-".
std::string name_of(const fs::path& path) {
    const std::string stem = (path.has_filename() ? path : path.parent_path()).stem().string();
    std::string name;
    for (const char c : stem) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || c == '@';
        if (plain) name += c;
        else if (!name.empty() && name.back() != '-') name += '-';
    }
    return name;
}

NamedPath named(const std::string& argument) {
    if (argument.empty()) throw Error(ErrorKind::usage, "a path to serve is empty");
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals + 1 == argument.size() || fs::exists(argument))
        return {name_of(argument), fs::absolute(argument)};
    if (equals == 0)
        throw Error(ErrorKind::usage,
                    fmt::format("'{}' has no name before the '='; give NAME=PATH, or the path alone", argument));
    // whether it can be a name is looked at later
    return {argument.substr(0, equals), fs::absolute(argument.substr(equals + 1))};
}

/// Archives in a folder, each by its file's name; none where it has none.
std::vector<tiles::ArchivePlace> archives_in(const fs::path& folder) {
    std::vector<tiles::ArchivePlace> archives;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (const std::string suffix = entry.path().extension();
            entry.is_regular_file() && (suffix == ".pmtiles" || suffix == ".mbtiles"))
            archives.push_back({name_of(entry.path()), entry.path()});
    std::ranges::sort(archives, {}, &tiles::ArchivePlace::set);
    return archives;
}

/// Paths of the server's own that a set must not take.
void require_not_reserved(const std::string& name, const fs::path& path) {
    static const std::set<std::string> taken{
        "api",     "collections", "conformance",    "derived", "health", "index",  "legend", "manifest",
        "metrics", "site",        "tileMatrixSets", "tiles",   "vendor", "viewer", "wmts"};
    if (taken.contains(name))
        throw Error(ErrorKind::usage,
                    fmt::format("'{}' ({}) is a path of the server's own; give the set another name as NAME=PATH", name,
                                path.string()));
}

} // namespace

ServedPaths sort_out(const std::vector<std::string>& arguments) {
    ServedPaths served;
    for (const std::string& argument : arguments) {
        const NamedPath given = named(argument);
        if (!fs::exists(given.path)) throw Error(ErrorKind::no_input, fmt::format("'{}' does not exist", argument));
        if (fs::is_regular_file(given.path / site_marker)) {
            served.site = given.path;
            for (const std::string& set : set_names())
                if (const fs::path archive = given.path / "tiles" / (set + ".pmtiles"); fs::exists(archive))
                    served.archives.push_back({set, archive});
        } else if (!is_map_file(argument) && !tiles::detect_container(given.path).empty()) {
            served.archives.push_back({given.name, given.path});
        } else if (const std::string suffix = given.path.extension();
                   fs::is_regular_file(given.path) && (suffix == ".pmtiles" || suffix == ".mbtiles")) {
            throw Error(ErrorKind::bad_data,
                        fmt::format("'{}' is not what its suffix says: its first bytes are those of no tile archive",
                                    argument));
        } else if (fs::is_directory(given.path)) {
            const std::vector<tiles::ArchivePlace> archives = archives_in(given.path);
            if (archives.empty())
                throw Error(ErrorKind::bad_data,
                            fmt::format("'{}' is a folder, but neither of tiles (it has no metadata.json) nor an "
                                        "exported site (no site.json), and there are no archives in it",
                                        argument));
            served.archives.insert(served.archives.end(), archives.begin(), archives.end());
        } else if (served.map) {
            throw Error(ErrorKind::usage,
                        fmt::format("'{}' and '{}' are both maps to be drawn; one at a time", *served.map, argument));
        } else {
            served.map = argument;
        }
    }
    for (const tiles::ArchivePlace& archive : served.archives) require_not_reserved(archive.set, archive.path);
    if ((served.map || served.site) && arguments.size() > 1)
        throw Error(ErrorKind::usage, fmt::format("'{}' is served by itself; archives may be served together",
                                                  served.map ? *served.map : served.site->string()));
    return served;
}

} // namespace harmattan::app
