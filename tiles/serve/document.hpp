#pragma once
// A text or file that is served as it is, from memory: the viewer, site.json, TileJSON, WMTS capabilities. Kept with
// its tag, and packed where that pays.

#include "tiles/serve/reply.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace harmattan::tiles {

struct Document {
    std::string media_type;
    Bytes body;
    Bytes gzipped;                ///< null where it would not be smaller
    std::string tag, gzipped_tag; ///< strong, with quotes
};

/// By path, with the leading slash.
using Documents = std::map<std::string, Document, std::less<>>;

Document make_document(std::string media_type, std::vector<std::byte> body);
Document make_document(std::string media_type, std::string_view text);

/// By a file's name: "text/javascript" for "x.js".
std::string media_type_of_file(std::string_view name);

} // namespace harmattan::tiles
