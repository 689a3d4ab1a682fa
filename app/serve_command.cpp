// harmattan serve: archives, folders, a site or a map that is drawn as it is looked at, over HTTP.

#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/serve/served_map.hpp"
#include "app/serve/served_paths.hpp"
#include "app/serve/served_site.hpp"
#include "app/site/site.hpp"
#include "app/texts.hpp"
#include "geo/error.hpp"
#include "tiles/serve/confine.hpp"
#include "tiles/serve/descriptors.hpp"
#include "tiles/serve/http_server.hpp"
#include "tiles/serve/served_archives.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <span>
#include <thread>

namespace harmattan::app {

namespace {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

constexpr std::chrono::milliseconds tending{250}; ///< replaced archives, slow connections, the log

class Serve : public Command {
public:
    std::string name() const override { return "serve"; }
    std::string summary() const override {
        return "Serve archives, or a map drawn as it is looked at, over HTTP, with a viewer";
    }

    void describe(Arguments& arguments) override {
        arguments.positionals("PATH", m_paths,
                              "PMTiles, MBTiles, tile folders (as NAME=PATH to name the set), a folder of archives, an "
                              "exported site, a map file or an event table");
        arguments.group("Addresses");
        arguments.option("--listen", m_listen, "ADDR:PORT",
                         "Where to listen; port 0 takes a free one [127.0.0.1:8080]");
        arguments.list("--host", m_router.hosts, "NAME",
                       "A host name that requests may name, beside localhost and addresses (may be repeated)");
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
        arguments.footer(
            "SIGTERM or Ctrl-C ends it: requests under way are answered, the exit code is 0. See docs/serving.md.");
    }

    void run() override {
        if (m_paths.empty())
            throw Error(ErrorKind::usage,
                        "nothing to serve: name an archive, a tile folder, a site, a map file or an event table");
        tiles::HttpOptions http = http_options();
        const ServedPaths served = sort_out(m_paths);
        Job job = m_job.job_of(served.map.value_or(""));
        if (const std::string flag = m_job.a_given_flag(); served.site && !flag.empty())
            throw Error(ErrorKind::usage,
                        fmt::format("{} says nothing about an exported site, which has its own words; "
                                    "give it to 'harmattan tiles --site'",
                                    flag));
        job.threads = http.threads;
        tiles::Listener listener(m_listen.value_or("127.0.0.1:8080")); // a port that is taken is said before the work

        tiles::Metrics metrics;
        std::optional<ServedMap> map;
        if (served.map)
            map.emplace(job, metrics, [this](const std::string& text) {
                if (!m_quiet) say_on_stderr(fmt::format("warning: {}", text));
            });
        tiles::ServedArchives archives(served.archives, metrics,
                                       served.site ? [&] { return words_of(*served.site); }
                                                   : tiles::ServedArchives::Files());
        const tiles::DescribeSets describe_sets = [&](std::span<const tiles::ServedSet> sets) {
            return map           ? describe_map(*map, sets)
                   : served.site ? describe_site(*served.site, sets)
                                 : describe_archives(sets, job.title, job.language);
        };
        const auto viewer = std::make_shared<const tiles::Documents>(viewer_documents());
        const std::string base_url = base_url_of(listener);
        const auto catalogue = [&] {
            return std::make_shared<const tiles::Catalogue>(map ? map->sets() : archives.sets(), viewer, describe_sets,
                                                            map                 ? map->study().title
                                                            : job.title.empty() ? title_of(archives.sets())
                                                                                : job.title,
                                                            base_url);
        };
        m_router.say = say_on_stderr;
        tiles::Router router(m_router, catalogue(), metrics);

        http.max_connections = tiles::allow_connections(http.max_connections);
        const std::string held =
            m_no_confine ? ", unconfined" : describe_confinement(tiles::confine({folders_of(served)}));
        if (!m_quiet) announce(listener, router.catalogue()->sets(), base_url, held);
        tiles::HttpServer server(std::move(listener), router, metrics, http);
        if (map) map->start();
        while (!interrupted()) {
            std::this_thread::sleep_for(tending);
            server.tend();
            for (const std::string& news : archives.refresh([&] { router.replace(catalogue()); }, say_on_stderr))
                if (!m_quiet) say_on_stderr(news);
        }
        if (!m_quiet) say_on_stderr(fmt::format("stopping: {} requests under way", metrics.requests_open.load()));
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
        if (m_threads)
            options.threads =
                value_of("--threads", *m_threads, [](const std::string& t) { return parse_integer(t, 1, 64); });
        if (m_connections)
            options.max_connections =
                static_cast<std::size_t>(value_of("--max-connections", *m_connections,
                                                  [](const std::string& t) { return parse_integer(t, 1, 1'000'000); }));
        if (m_cache) m_router.cache_bytes = *m_cache == "0" ? 0 : value_of("--cache", *m_cache, parse_size);
        return options;
    }

    static std::string own_url(const tiles::Listener& listener) {
        return fmt::format("http://{}:{}", listener.is_every_address() ? "localhost" : listener.address(),
                           listener.port());
    }

    std::string base_url_of(const tiles::Listener& listener) const {
        if (m_base_url) {
            if (!m_base_url->starts_with("http://") && !m_base_url->starts_with("https://"))
                throw Error(ErrorKind::usage,
                            fmt::format("--base-url {} should begin with http:// or https://", *m_base_url));
            if (m_base_url->find_first_of(" \t\"<>") != std::string::npos)
                throw Error(ErrorKind::usage,
                            fmt::format("--base-url {} is no address: it has a space or a quote", *m_base_url));
            std::string url = *m_base_url;
            while (url.ends_with('/')) url.pop_back();
            return url;
        }
        return own_url(listener);
    }

    /// Where archives are opened again when they are replaced.
    static std::vector<fs::path> folders_of(const ServedPaths& served) {
        std::vector<fs::path> paths;
        for (const tiles::ArchivePlace& archive : served.archives) paths.push_back(archive.path);
        if (served.site) paths.push_back(*served.site); // another folder takes its place
        return tiles::folders_to_read(paths);
    }

    static std::string describe_confinement(const tiles::Confinement& held) {
        return held.landlock_abi > 0 ? ", confined" : ", confined but for reading files (this kernel has no Landlock)";
    }

    static void announce(const tiles::Listener& listener, std::span<const tiles::ServedSet> sets,
                         const std::string& base_url, const std::string& held) {
        constexpr std::size_t most_named = 12;
        std::vector<std::string> names;
        for (const tiles::ServedSet& set : sets.first(std::min(sets.size(), most_named))) names.push_back(set.id);
        if (sets.size() > most_named) names.emplace_back("…");
        const std::string own = own_url(listener), as = base_url == own ? "" : fmt::format(" as {}/", base_url);
        say_on_stderr(fmt::format("serving {} set{} at {}/{}{}: {}", sets.size(), sets.size() == 1 ? "" : "s", own, as,
                                  held, fmt::join(names, ", ")));
        if (!listener.is_loopback())
            say_on_stderr(
                fmt::format("warning: {} can be reached from other machines; a proxy with TLS should stand in front "
                            "(docs/serving.md)",
                            listener.address()));
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
