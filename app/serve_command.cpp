// harmattan serve: archives, folders, a site or a map that is drawn as it is looked at, over HTTP.

#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/job_arguments.hpp"
#include "app/served_map.hpp"
#include "app/served_site.hpp"
#include "app/site.hpp"
#include "app/texts.hpp"
#include "app/tile_sets.hpp"
#include "geo/error.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/serve/confine.hpp"
#include "tiles/serve/descriptors.hpp"
#include "tiles/serve/http_server.hpp"
#include "tiles/serve/served_archives.hpp"
#include "tiles/serve/tile_path.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <set>
#include <span>
#include <thread>

namespace harmattan::app {

namespace {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

constexpr std::chrono::milliseconds tending{250}; ///< replaced archives, slow connections, the log

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
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '@';
        if (plain) name += c;
        else if (!name.empty() && name.back() != '-') name += '-';
    }
    return name;
}

NamedPath named(const std::string& argument) {
    if (argument.empty()) throw Error(ErrorKind::usage, "a path to serve is empty");
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals + 1 == argument.size() || fs::exists(argument)) return {name_of(argument), fs::absolute(argument)};
    return {argument.substr(0, equals), fs::absolute(argument.substr(equals + 1))}; // whether it can be a name is looked at later
}

/// Archives in a folder, each by its file's name; none where it has none.
std::vector<tiles::ArchivePlace> archives_in(const fs::path& folder) {
    std::vector<tiles::ArchivePlace> archives;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (const std::string suffix = entry.path().extension(); entry.is_regular_file() && (suffix == ".pmtiles" || suffix == ".mbtiles"))
            archives.push_back({name_of(entry.path()), entry.path()});
    std::ranges::sort(archives, {}, &tiles::ArchivePlace::set);
    return archives;
}

/// Paths of the server's own that a set must not take.
void require_free(const std::string& name, const fs::path& path) {
    static const std::set<std::string> taken{"api", "collections", "conformance", "derived", "health", "index", "legend", "manifest", "metrics", "site",
                                             "tileMatrixSets", "tiles", "vendor", "viewer", "wmts"};
    if (taken.contains(name))
        throw Error(ErrorKind::usage, fmt::format("'{}' ({}) is a path of the server's own; give the set another name as NAME=PATH", name, path.string()));
}

/// What the paths on the line come to.
struct Served {
    std::vector<tiles::ArchivePlace> archives;
    std::optional<fs::path> site; ///< an exported folder: it has the words for its archives
    std::optional<std::string> map; ///< a map file or an event table
};

Served sort_out(const std::vector<std::string>& arguments) {
    Served served;
    for (const std::string& argument : arguments) {
        const NamedPath given = named(argument);
        if (!fs::exists(given.path)) throw Error(ErrorKind::no_input, fmt::format("'{}' does not exist", argument));
        if (fs::is_regular_file(given.path / site_marker)) {
            served.site = given.path;
            for (const std::string& set : set_names())
                if (const fs::path archive = given.path / "tiles" / (set + ".pmtiles"); fs::exists(archive)) served.archives.push_back({set, archive});
        } else if (!is_map_file(argument) && !tiles::detect_container(given.path).empty()) {
            served.archives.push_back({given.name, given.path});
        } else if (const std::string suffix = given.path.extension(); fs::is_regular_file(given.path) && (suffix == ".pmtiles" || suffix == ".mbtiles")) {
            throw Error(ErrorKind::bad_data, fmt::format("'{}' is not what its suffix says: its first bytes are those of no tile archive", argument));
        } else if (fs::is_directory(given.path)) {
            const std::vector<tiles::ArchivePlace> archives = archives_in(given.path);
            if (archives.empty())
                throw Error(ErrorKind::bad_data, fmt::format("'{}' is a folder, but neither of tiles (it has no metadata.json) nor an exported site (no site.json), and there are no archives in it", argument));
            served.archives.insert(served.archives.end(), archives.begin(), archives.end());
        } else if (served.map) {
            throw Error(ErrorKind::usage, fmt::format("'{}' and '{}' are both maps to be drawn; one at a time", *served.map, argument));
        } else {
            served.map = argument;
        }
    }
    for (const tiles::ArchivePlace& archive : served.archives) require_free(archive.set, archive.path);
    if ((served.map || served.site) && arguments.size() > 1)
        throw Error(ErrorKind::usage, fmt::format("'{}' is served by itself; archives may be served together", served.map ? *served.map : served.site->string()));
    return served;
}

class Serve : public Command {
public:
    std::string name() const override { return "serve"; }
    std::string summary() const override { return "Serve archives, or a map drawn as it is looked at, over HTTP, with a viewer"; }

    void describe(Arguments& arguments) override {
        arguments.positionals("PATH", m_paths, "PMTiles, MBTiles, tile folders (as NAME=PATH to name the set), a folder of archives, an exported site, a map file or an event table");
        arguments.group("Addresses");
        arguments.option("--listen", m_listen, "ADDR:PORT", "Where to listen; port 0 takes a free one [127.0.0.1:8080]");
        arguments.list("--host", m_router.hosts, "NAME", "A host name that requests may name, beside localhost and addresses (may be repeated)");
        arguments.list("--cors", m_router.cors, "ORIGIN", "An origin whose pages may read, or * (may be repeated)");
        arguments.option("--base-url", m_base_url, "URL", "Address that documents name, where a proxy stands in front");
        arguments.group("Limits");
        arguments.option("--cache", m_cache, "SIZE", "Memory for tiles asked for lately [64M]");
        arguments.option("--max-connections", m_connections, "N", "Connections open at a time [16384]");
        arguments.option("--threads", m_threads, "N", "Threads that answer, and as many that draw [2]");
        arguments.group("Running");
        arguments.flag("--access-log", m_access_log, "A line a request on standard output (Common Log Format)");
        arguments.flag("--no-confine", m_no_confine, "Keep the process's privileges after the start (old kernels)");
        arguments.flag("-q,--quiet", m_quiet, "Only errors");
        m_job.describe_settings(arguments, {"map"});
        arguments.footer("SIGTERM or Ctrl-C ends it: requests under way are answered, the exit code is 0. See docs/serving.md.");
    }

    void run() override {
        if (m_paths.empty()) throw Error(ErrorKind::usage, "nothing to serve: name an archive, a tile folder, a site, a map file or an event table");
        tiles::HttpOptions http = http_options();
        const Served served = sort_out(m_paths);
        Job job = m_job.job_of(served.map.value_or(""));
        job.threads = http.threads;
        tiles::Listener listener(m_listen.value_or("127.0.0.1:8080")); // a port that is taken is said before the work

        tiles::Metrics metrics;
        std::optional<ServedMap> map;
        if (served.map) map.emplace(job, metrics, [this](const std::string& text) { if (!m_quiet) fmt::print(stderr, "warning: {}\n", text); });
        tiles::ServedArchives archives(served.archives, metrics);
        const tiles::DescribeSets describe_sets = [&](std::span<const tiles::ServedSet> sets) {
            return map ? describe_map(*map, sets) : served.site ? describe_site(*served.site, sets) : describe_archives(sets, job.title, job.language);
        };
        const auto viewer = std::make_shared<const tiles::Documents>(viewer_documents());
        const std::string base_url = base_url_of(listener);
        const auto catalogue = [&] {
            return std::make_shared<const tiles::Catalogue>(map ? map->sets() : archives.sets(), viewer, describe_sets,
                                                            map ? map->study().title : job.title.empty() ? title_of(archives.sets()) : job.title, base_url);
        };
        const auto say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
        m_router.say = say;
        tiles::Router router(m_router, catalogue(), metrics);

        http.max_connections = tiles::allow_connections(http.max_connections);
        const std::string held = m_no_confine ? ", unconfined" : describe_confinement(tiles::confine({folders_of(served)}));
        if (!m_quiet) announce(listener, router.catalogue()->sets(), base_url, held);
        tiles::HttpServer server(std::move(listener), router, metrics, http);
        if (map) map->start();
        while (!interrupted()) {
            std::this_thread::sleep_for(tending);
            server.tend();
            const std::vector<tiles::ServedSet> before = archives.sets();
            if (archives.refresh([&] { router.replace(catalogue()); }, say) && !m_quiet) tell_replaced(before, archives.sets());
        }
        if (!m_quiet) fmt::print(stderr, "stopping: {} requests under way\n", metrics.requests_open.load());
        server.drain();
        if (map) map->stop();
        server.stop();
    }

private:
    /// What a flag's value says; what is wrong with it is told with the flag, as an error of usage.
    template <class Parse>
    static auto value_of(const char* flag, const std::string& text, Parse parse) {
        try {
            return parse(text);
        } catch (const Error& error) { throw Error(ErrorKind::usage, fmt::format("{}: {}", flag, error.what())); }
    }

    tiles::HttpOptions http_options() {
        tiles::HttpOptions options;
        options.access_log = m_access_log;
        if (m_threads) options.threads = value_of("--threads", *m_threads, [](const std::string& t) { return parse_integer(t, 1, 64); });
        if (m_connections)
            options.max_connections = static_cast<std::size_t>(value_of("--max-connections", *m_connections, [](const std::string& t) { return parse_integer(t, 1, 1'000'000); }));
        if (m_cache) m_router.cache_bytes = *m_cache == "0" ? 0 : value_of("--cache", *m_cache, parse_size);
        return options;
    }

    static std::string own_url(const tiles::Listener& listener) {
        return fmt::format("http://{}:{}", listener.is_every_address() ? "localhost" : listener.address(), listener.port());
    }

    std::string base_url_of(const tiles::Listener& listener) const {
        if (m_base_url) {
            if (!m_base_url->starts_with("http://") && !m_base_url->starts_with("https://"))
                throw Error(ErrorKind::usage, fmt::format("--base-url {} should begin with http:// or https://", *m_base_url));
            if (m_base_url->find_first_of(" \t\"<>") != std::string::npos) throw Error(ErrorKind::usage, fmt::format("--base-url {} is no address: it has a space or a quote", *m_base_url));
            std::string url = *m_base_url;
            while (url.ends_with('/')) url.pop_back();
            return url;
        }
        return own_url(listener);
    }

    /// Where archives are opened again when they are replaced.
    static std::vector<fs::path> folders_of(const Served& served) {
        std::vector<fs::path> paths;
        for (const tiles::ArchivePlace& archive : served.archives) paths.push_back(archive.path);
        if (served.site) paths.push_back(*served.site); // another folder takes its place
        return tiles::folders_to_read(paths);
    }

    static std::string describe_confinement(const tiles::Confinement& held) {
        return held.landlock_abi > 0 ? ", confined" : ", confined but for reading files (this kernel has no Landlock)";
    }

    static void tell_replaced(std::span<const tiles::ServedSet> before, std::span<const tiles::ServedSet> now) {
        for (std::size_t i = 0; i < now.size(); ++i)
            if (before[i].source != now[i].source || before[i].dense != now[i].dense) fmt::print(stderr, "{}: the archive has been replaced; the new one is served\n", now[i].id);
    }

    static void announce(const tiles::Listener& listener, std::span<const tiles::ServedSet> sets, const std::string& base_url, const std::string& held) {
        constexpr std::size_t most_named = 12;
        std::vector<std::string> names;
        for (const tiles::ServedSet& set : sets.first(std::min(sets.size(), most_named))) names.push_back(set.id);
        if (sets.size() > most_named) names.emplace_back("…");
        const std::string own = own_url(listener), as = base_url == own ? "" : fmt::format(" as {}/", base_url);
        fmt::print(stderr, "serving {} set{} at {}/{}{}: {}\n", sets.size(), sets.size() == 1 ? "" : "s", own, as, held, fmt::join(names, ", "));
        if (!listener.is_loopback())
            fmt::print(stderr, "warning: {} can be reached from other machines; a proxy with TLS should stand in front (docs/serving.md)\n", listener.address());
    }

    std::vector<std::string> m_paths;
    std::optional<std::string> m_listen, m_base_url, m_cache, m_connections, m_threads;
    bool m_access_log = false, m_no_confine = false, m_quiet = false;
    tiles::RouterOptions m_router;
    JobArguments m_job;
};

} // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

} // namespace harmattan::app
