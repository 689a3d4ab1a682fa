#include "tiles/serve/document.hpp"

#include "tiles/digest.hpp"
#include "tiles/gzip.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace {

constexpr std::size_t least_packed = 1024; ///< below one packet nothing is gained

bool is_text(std::string_view media_type) {
    return media_type.starts_with("text/") || media_type.find("json") != std::string_view::npos ||
           media_type.find("xml") != std::string_view::npos;
}

} // namespace

Document make_document(std::string media_type, std::vector<std::byte> body) {
    Document document{
        .media_type = std::move(media_type), .body = nullptr, .gzipped = nullptr, .tag = {}, .gzipped_tag = {}};
    const std::string digest = to_hex(tiles::digest(body));
    document.tag = fmt::format("\"{}\"", digest);
    if (body.size() >= least_packed && is_text(document.media_type)) {
        std::vector<std::byte> packed = gzip(body);
        if (packed.size() < body.size()) {
            document.gzipped = std::make_shared<const std::vector<std::byte>>(std::move(packed));
            document.gzipped_tag = fmt::format("\"{}-gzip\"", digest);
        }
    }
    document.body = std::make_shared<const std::vector<std::byte>>(std::move(body));
    return document;
}

Document make_document(std::string media_type, std::string_view text) {
    std::vector<std::byte> body(text.size());
    std::memcpy(body.data(), text.data(), text.size());
    return make_document(std::move(media_type), std::move(body));
}

std::string media_type_of_file(std::string_view name) {
    const std::string_view suffix = name.substr(std::min(name.rfind('.'), name.size()));
    if (suffix == ".html") return "text/html; charset=utf-8";
    if (suffix == ".js") return "text/javascript; charset=utf-8";
    if (suffix == ".css") return "text/css; charset=utf-8";
    if (suffix == ".json") return "application/json";
    if (suffix == ".geojson") return "application/geo+json";
    if (suffix == ".csv") return "text/csv; charset=utf-8";
    if (suffix == ".txt") return "text/plain; charset=utf-8";
    if (suffix == ".png") return "image/png";
    return "application/octet-stream";
}

} // namespace harmattan::tiles
