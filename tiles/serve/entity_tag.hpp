#pragma once
// Conditional requests against the strong entity tag of what would be sent. A field that is malformed anywhere matches
// nothing, so the client gets the representation: slower, never wrong. Source: RFC 9110, 8.8.3 and 13.

#include <string_view>

namespace harmattan::tiles {

/// Whether If-None-Match names `tag`, a strong tag with its quotes, or is "*": a GET or HEAD is then answered 304.
/// Compares weakly: W/"a" names "a".
bool none_match_names(std::string_view field, std::string_view tag);

/// Whether a Range is to be honoured under If-Range: it is `tag`, compared strongly. A date never holds.
bool if_range_holds(std::string_view field, std::string_view tag);

} // namespace harmattan::tiles
