#include "tiles/serve/router.hpp"

#include "geo/error.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/digest.hpp"
#include "tiles/gzip.hpp"
#include "tiles/serve/accepts.hpp"
#include "tiles/serve/byte_range.hpp"
#include "tiles/serve/entity_tag.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace {

// What `origin` of the functions below means; greater ones are an index into the list + first_listed.
constexpr std::size_t no_origin = 0, any_origin = 1, first_listed = 2;

constexpr const char* for_ever = "public, max-age=31536000, immutable"; // the address names the version
constexpr const char* for_a_while = "public, max-age=60";               // a replaced archive shows within a minute
constexpr const char* ask_again = "no-cache";                           // kept, but asked about each time
constexpr const char* never = "no-store";
constexpr const char* methods = "GET, HEAD, OPTIONS";

bool is_packed(const std::vector<std::byte>& bytes) {
    return bytes.size() > 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

bool is_vector(std::string_view extension) { return extension == "mvt" || extension == "pbf"; }

/// How an archive's tiles may be named in an address.
bool names_tiles(std::string_view asked, std::string_view extension) {
    return asked.empty() || asked == extension || (is_vector(asked) && is_vector(extension)) ||
           ((asked == "jpg" || asked == "jpeg") && (extension == "jpg" || extension == "jpeg"));
}

/// As browsers send it (RFC 6454, 6.2): scheme and host, perhaps a port, in lower case.
bool is_origin(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos || scheme == 0 || scheme + 3 == text.size()) return false;
    return text.substr(scheme + 3).find_first_of("/?#@*,") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && !(c >= 'A' && c <= 'Z'); });
}

/// Of "/heat.pmtiles", or "/tiles/heat.pmtiles", where an exported site has it; null where there is none.
const ArchiveFile* archive_at(std::string_view path, const Catalogue& catalogue) {
    for (const std::string_view folder : {"/tiles/", "/"}) {
        if (!path.starts_with(folder)) continue;
        const std::string_view name = path.substr(folder.size());
        const std::size_t dot = std::min(name.rfind('.'), name.size());
        const ServedSet* set = catalogue.find_set(name.substr(0, dot));
        const ArchiveFile* archive = set ? set->source->archive() : nullptr;
        if (archive && dot < name.size() && name.substr(dot + 1) == archive->extension) return archive;
    }
    return nullptr;
}

} // namespace

Router::Router(RouterOptions options, std::shared_ptr<const Catalogue> catalogue, Metrics& metrics)
    : m_options(std::move(options)), m_hosts(m_options.hosts), m_metrics(metrics), m_cache(m_options.cache_bytes),
      m_catalogue(std::move(catalogue)) {
    for (const std::string& origin : m_options.cors)
        if (origin != "*" && !is_origin(origin))
            throw geo::Error(geo::ErrorKind::usage,
                             fmt::format("--cors {} is no origin as browsers send it, such as https://news.example or "
                                         "http://127.0.0.1:8000 (no path, lower case), nor *",
                                         origin));
}

void Router::replace(std::shared_ptr<const Catalogue> catalogue) {
    const std::lock_guard lock(m_mutex);
    m_catalogue.swap(catalogue); // the old one goes after the lock
}

std::shared_ptr<const Catalogue> Router::catalogue() const {
    const std::lock_guard lock(m_mutex);
    return m_catalogue;
}

void Router::say(const std::string& line) {
    if (!m_options.say) return;
    const std::int64_t now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
    if (m_said_at.exchange(now) != now)
        m_options.say(line); // a broken archive must not fill a disk with its complaints
}

std::size_t Router::origin_of(const Request& request) const {
    for (std::size_t i = 0; i < m_options.cors.size(); ++i) {
        if (m_options.cors[i] == "*") return any_origin;
        if (m_options.cors[i] == request.origin) return first_listed + i;
    }
    return no_origin;
}

void Router::add_cors(Fields& fields, std::size_t origin, std::string_view vary) const {
    // One field: nginx up to 1.22 keeps by the last Vary alone.
    const bool by_origin = !m_options.cors.empty() && origin != any_origin;
    if (by_origin || !vary.empty())
        fields.push_back(
            {"Vary", fmt::format("{}{}{}", vary, by_origin && !vary.empty() ? ", " : "", by_origin ? "Origin" : "")});
    if (origin == no_origin) return;
    fields.push_back(
        {"Access-Control-Allow-Origin", origin == any_origin ? "*" : m_options.cors[origin - first_listed]});
    fields.push_back({"Access-Control-Expose-Headers", "ETag, Content-Length, Content-Range, Accept-Ranges"});
}

ReplyPtr Router::plain(int status, std::string_view text, std::size_t origin, Fields fields) const {
    fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
    if (status == 500 || status == 503) fields.push_back({"Cache-Control", never});
    else if (status == 404) fields.push_back({"Cache-Control", for_a_while});
    add_cors(fields, origin);
    return Reply::of_text(status, fields, text);
}

ReplyPtr Router::without_descriptors(std::size_t origin) const {
    return plain(503, "too many files are open\n", origin, {{"Retry-After", "1"}});
}

ReplyPtr Router::refuse(int status, std::string_view why) const {
    return plain(status, why, no_origin, {{"Cache-Control", never}});
}

ReplyPtr Router::stopping(const Request& request) const {
    return plain(503, "stopping\n", origin_of(request), {{"Retry-After", "5"}});
}

ReplyPtr Router::not_modified(std::string_view tag, std::uint64_t size, std::string cache_control,
                              std::string_view vary, std::size_t origin) const {
    Fields fields{{"ETag", std::string(tag)}, {"Cache-Control", std::move(cache_control)}};
    add_cors(fields, origin, vary);
    return Reply::without_body(304, fields, size);
}

Outcome Router::answer(const Request& request) {
    if (!m_hosts.allows(request.host))
        return {refuse(421, "this server does not answer for that host; its operator can allow it with --host\n")};
    const std::size_t origin = origin_of(request);
    if (request.method == Method::options) return {answer_options(origin)};
    if (request.method == Method::other) return {plain(405, "GET and HEAD only\n", origin, {{"Allow", methods}})};

    const std::shared_ptr<const Catalogue> catalogue = this->catalogue();
    if (const std::optional<TilePath> tile = parse_tile_path(request.path))
        return answer_tile(request, *tile, *catalogue, origin);
    if (request.path == "/" && (request.json || prefers_json(request.accept)))
        return {answer_document(request, catalogue->landing(), origin)};
    if (const Document* document = catalogue->find_document(request.path == "/" ? "/index.html" : request.path))
        return {answer_document(request, *document, origin)};
    if (request.path == "/health")
        return {m_draining ? stopping(request) : plain(200, "ok\n", origin, {{"Cache-Control", never}})};
    if (request.path == "/metrics") return {answer_metrics(*catalogue)};
    if (const ArchiveFile* archive = archive_at(request.path, *catalogue))
        return {answer_archive(request, *archive, origin)};
    return {plain(404, "there is nothing here\n", origin)};
}

ReplyPtr Router::answer_options(std::size_t origin) const {
    Fields fields{{"Allow", methods}};
    if (origin != no_origin) {
        fields.push_back({"Access-Control-Allow-Methods", methods});
        fields.push_back({"Access-Control-Allow-Headers", "Range, If-None-Match, If-Range"});
        fields.push_back({"Access-Control-Max-Age", "86400"});
    }
    add_cors(fields, origin);
    return Reply::of_bytes(204, fields);
}

ReplyPtr Router::answer_metrics(const Catalogue& catalogue) const {
    return Reply::of_text(200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", never}},
                          prometheus_text(m_metrics, m_cache.bytes(), catalogue.sets().size()));
}

ReplyPtr Router::answer_document(const Request& request, const Document& document, std::size_t origin) const {
    const char* vary = request.path == "/" ? "Accept, Accept-Encoding" : document.gzipped ? "Accept-Encoding" : "";
    const bool packed = document.gzipped && accepts_gzip(request.accept_encoding);
    const std::string& tag = packed ? document.gzipped_tag : document.tag;
    const Bytes& body = packed ? document.gzipped : document.body;
    if (none_match_names(request.if_none_match, tag)) return not_modified(tag, body->size(), ask_again, vary, origin);
    Fields fields{{"Content-Type", document.media_type}, {"ETag", tag}, {"Cache-Control", ask_again}};
    if (packed) fields.push_back({"Content-Encoding", "gzip"});
    add_cors(fields, origin, vary);
    return Reply::of_bytes(200, fields, body);
}

ReplyPtr Router::answer_archive(const Request& request, const ArchiveFile& archive, std::size_t origin) const {
    if (none_match_names(request.if_none_match, archive.etag))
        return not_modified(archive.etag, archive.size, ask_again, {}, origin);
    const bool ranged = request.method == Method::get && !request.range.empty() &&
                        (request.if_range.empty() || if_range_holds(request.if_range, archive.etag));
    const ByteRange range = ranged ? parse_range(request.range, archive.size) : ByteRange{};
    if (range.kind == RangeKind::unsatisfiable)
        return plain(416, "the range lies beyond the file's end\n", origin,
                     {{"Content-Range", fmt::format("bytes */{}", archive.size)}});
    Fields fields{{"Content-Type", archive.media_type},
                  {"ETag", archive.etag},
                  {"Cache-Control", ask_again},
                  {"Accept-Ranges", "bytes"}};
    add_cors(fields, origin);
    const bool whole = range.kind == RangeKind::whole;
    if (!whole)
        fields.push_back({"Content-Range",
                          fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.length - 1, archive.size)});
    try {
        return whole ? Reply::of_file(200, fields, archive.file, 0, archive.size)
                     : Reply::of_file(206, fields, archive.file, range.offset, range.length);
    } catch (const geo::Error& error) {
        if (error.kind() != geo::ErrorKind::busy) throw;
        return without_descriptors(origin);
    }
}

Outcome Router::answer_tile(const Request& request, const TilePath& path, const Catalogue& catalogue,
                            std::size_t origin) {
    const ServedSet* set = catalogue.find_set(path.set);
    int scale = path.scale;
    const TileSource* source = set ? set->at_scale(scale) : nullptr;
    // Where the archive of dense tiles is less deep or wide than the set, the plain picture is better than none.
    if (source && scale > 1 && !source->covers(path.tile) && set->source->covers(path.tile))
        source = set->source.get(), scale = 1;
    if (!source || !names_tiles(path.extension, source->layer().extension))
        return {plain(404, "there is no such set of tiles\n", origin)};

    const bool versioned = !request.version.empty() && request.version == source->version();
    const bool vector = is_vector(source->layer().extension);
    const bool packed = vector && accepts_gzip(request.accept_encoding);
    const char* cache_control = versioned ? for_ever : for_a_while;
    const char* vary = vector ? "Accept-Encoding" : "";
    const TileKey key{source->id(), geo::tile_number(path.tile),
                      static_cast<std::uint32_t>(origin << 4) | static_cast<std::uint32_t>(scale) << 2 |
                          (versioned ? 2u : 0u) | (packed ? 1u : 0u)};
    ReplyPtr reply = m_cache.find(key);
    if (reply) {
        m_metrics.tiles_from_cache.fetch_add(1, std::memory_order_relaxed);
    } else {
        Fetched fetched;
        try {
            fetched = source->fetch(path.tile, scale);
            if (fetched.found == Found::tile && vector && is_packed(fetched.bytes) && !packed)
                fetched.bytes = gunzip(fetched.bytes, max_tile_bytes);
        } catch (const geo::Error& error) {
            if (error.kind() == geo::ErrorKind::busy) return {without_descriptors(origin)};
            m_metrics.tiles_damaged.fetch_add(1, std::memory_order_relaxed);
            say(fmt::format("{} {}: {}", set->id, geo::to_string(path.tile), error.line()));
            return {plain(500, "this tile cannot be read\n", origin)};
        }
        switch (fetched.found) {
        case Found::later: return {nullptr, std::move(fetched.pending)};
        case Found::busy:
            m_metrics.draws_refused.fetch_add(1, std::memory_order_relaxed);
            return {plain(503, "too much is waiting to be drawn\n", origin, {{"Retry-After", "1"}})};
        case Found::nothing: {
            m_metrics.tiles_absent.fetch_add(1, std::memory_order_relaxed);
            if (!source->covers(path.tile)) return {plain(404, "outside the bounds or zooms of this set\n", origin)};
            Fields fields{{"Cache-Control", cache_control}};
            add_cors(fields, origin);
            return {Reply::of_bytes(204, fields)};
        }
        case Found::tile: break;
        }
        m_metrics.tiles_fetched.fetch_add(1, std::memory_order_relaxed);
        Fields fields{{"Content-Type", source->layer().media_type},
                      {"ETag", fmt::format("\"{}\"", to_hex(digest(fetched.bytes)))},
                      {"Cache-Control", cache_control}};
        if (vector && is_packed(fetched.bytes)) fields.push_back({"Content-Encoding", "gzip"});
        add_cors(fields, origin, vary);
        reply = Reply::of_bytes(200, fields, std::make_shared<const std::vector<std::byte>>(std::move(fetched.bytes)));
        m_cache.put(key, reply);
    }
    if (!request.if_none_match.empty())
        if (const std::string_view tag = reply->field("ETag"); none_match_names(request.if_none_match, tag))
            return {not_modified(tag, reply->size(), cache_control, vary, origin)};
    return {std::move(reply)};
}

} // namespace harmattan::tiles
