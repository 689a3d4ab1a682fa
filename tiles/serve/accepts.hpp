#pragma once
// What a client takes, as far as we have a choice: gzip or not, HTML or JSON. Source: RFC 9110, 12.

#include <string_view>

namespace harmattan::tiles {

/// Whether an Accept-Encoding field takes gzip, and no less than the bytes as they are. An absent (empty) field does
/// not ask for it; an element with a malformed weight counts as refused.
bool accepts_gzip(std::string_view field);

/// Whether an Accept field asks for JSON before HTML: by weight, then by which of the two is named more exactly
/// ("application/json, */*"). Else HTML, also for "*/*" and an absent field.
bool prefers_json(std::string_view field);

} // namespace harmattan::tiles
