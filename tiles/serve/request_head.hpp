#pragma once
// The head of a request as libmicrohttpd has parsed it, checked once more: it is lenient where HTTP says that a server
// must refuse, and what two programs read differently is how requests are smuggled past a proxy.

#include "tiles/serve/request.hpp"

#include <string_view>

struct MHD_Connection;

namespace harmattan::tiles {

struct RequestHead {
    Request request;
    int refused = 0;      ///< a status, or 0
    std::string_view why; ///< one line, if refused
};

/// Views into the connection's memory, valid until the request is answered.
RequestHead read_head(MHD_Connection* connection, std::string_view url, std::string_view method,
                      std::string_view version);

} // namespace harmattan::tiles
