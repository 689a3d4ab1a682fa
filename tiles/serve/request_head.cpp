#include "tiles/serve/request_head.hpp"

#include "tiles/serve/field_list.hpp"

#include <algorithm>
#include <microhttpd.h>

namespace harmattan::tiles {

namespace {

constexpr int most_fields = 64;

/// RFC 9110, 5.6.2.
bool is_token(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool has_control(std::string_view value) {
    return std::any_of(value.begin(), value.end(),
                       [](char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f'; });
}

bool begins(std::string_view name, std::string_view with) {
    return equals_ignoring_case(name.substr(0, with.size()), with);
}

struct Gathering {
    RequestHead head;
    int fields = 0, hosts = 0, lengths = 0;
    bool encoded = false, has_body = false;

    void refuse(int status, std::string_view why) {
        if (head.refused == 0) head.refused = status, head.why = why;
    }

    void take_field(std::string_view name, std::string_view value) {
        value = trim(value);
        if (++fields > most_fields) return refuse(431, "too many header fields\n");
        if (!is_token(name) || has_control(value)) return refuse(400, "a header field is malformed\n");
        const auto take = [&](std::string_view& into) {
            if (into.empty()) into = value;
        };
        const auto is = [&](std::string_view field) { return equals_ignoring_case(name, field); };
        if (is("Host")) ++hosts, take(head.request.host);
        else if (is("Range")) take(head.request.range);
        else if (is("Origin")) take(head.request.origin);
        else if (is("Accept")) take(head.request.accept);
        else if (is("If-Range")) take(head.request.if_range);
        else if (is("If-None-Match")) take(head.request.if_none_match);
        else if (is("Accept-Encoding")) take(head.request.accept_encoding);
        else if (is("Content-Length")) ++lengths, has_body |= value != "0";
        else if (is("Transfer-Encoding")) encoded = true;
        // A line that goes on in the next one comes from libmicrohttpd 0.9.75 with that joined to its name.
        else if (begins(name, "Transfer-Encoding") || begins(name, "Content-Length"))
            refuse(400, "a header field is malformed\n");
    }

    void take_argument(std::string_view name, std::string_view value) {
        if (name == "v") head.request.version = value;
        else if (name == "f") head.request.json = value == "json";
    }
};

extern "C" MHD_Result gather(void* gathering, MHD_ValueKind kind, const char* key, size_t key_size, const char* value,
                             size_t value_size) {
    auto& into = *static_cast<Gathering*>(gathering);
    const std::string_view name(key, key_size), text = value ? std::string_view(value, value_size) : std::string_view();
    if (kind == MHD_HEADER_KIND) into.take_field(name, text);
    else into.take_argument(name, text);
    return MHD_YES;
}

Method method_of(std::string_view name) {
    if (name == "GET") return Method::get;
    if (name == "HEAD") return Method::head;
    if (name == "OPTIONS") return Method::options;
    return Method::other;
}

/// "http://host/path", as proxies are asked, has the host in it, and Host does not count (RFC 9112, 3.2.2).
bool take_absolute_form(Request& request) {
    constexpr std::string_view scheme = "http://";
    if (!equals_ignoring_case(request.path.substr(0, scheme.size()), scheme)) return false;
    const std::string_view rest = request.path.substr(scheme.size());
    const std::size_t slash = rest.find('/');
    request.host = rest.substr(0, slash);
    request.path = slash == std::string_view::npos ? "/" : rest.substr(slash);
    return true;
}

} // namespace

RequestHead read_head(MHD_Connection* connection, std::string_view url, std::string_view method,
                      std::string_view version) {
    Gathering g;
    Request& request = g.head.request;
    request.method = method_of(method);
    request.path = url;
    MHD_get_connection_values_n(connection, static_cast<MHD_ValueKind>(MHD_HEADER_KIND | MHD_GET_ARGUMENT_KIND),
                                &gather, &g);

    if (version != "HTTP/1.1" && version != "HTTP/1.0") g.refuse(505, "HTTP/1.1 only\n");
    if (g.hosts > 1 || (version == "HTTP/1.1" && g.hosts == 0)) g.refuse(400, "one Host field, please\n");
    // Nothing served takes a body. The connection ends with the refusal, so no byte of it can pass for a request.
    if (g.lengths > 1 || (g.lengths > 0 && g.encoded)) g.refuse(400, "the length of the body is ambiguous\n");
    if (g.has_body || g.encoded) g.refuse(413, "no body is taken\n");
    if (!is_token(method)) g.refuse(400, "the method is malformed\n");
    if (has_control(url)) g.refuse(400, "the address is malformed\n");

    const bool absolute = take_absolute_form(request);
    if (!absolute && g.hosts == 0) request.host = "localhost"; // HTTP/1.0 need not say; no browser is that old
    const bool star = request.path == "*" && request.method == Method::options;
    if (!star && !request.path.starts_with('/')) g.refuse(400, "the address is malformed\n");
    return g.head;
}

} // namespace harmattan::tiles
