#pragma once
// A request as far as an answer may depend on it: views of what came, not decoded, valid while it is answered. No byte
// of it goes into a reply or into a file's name.

#include <cstdint>
#include <string_view>

namespace harmattan::tiles {

enum class Method : std::uint8_t { get, head, options, other };

struct Request {
    Method method = Method::get;
    std::string_view path;    ///< raw, without query
    std::string_view version; ///< query's "v": of the tileset, as our own documents put it into addresses
    bool json = false;        ///< query's "f" is "json"
    // Header fields; empty where absent.
    std::string_view host, origin, range, if_none_match, if_range, accept, accept_encoding;
};

} // namespace harmattan::tiles
