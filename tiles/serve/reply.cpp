#include "tiles/serve/reply.hpp"

#include "geo/error.hpp"
#include "tiles/file.hpp"

#include <cstring>
#include <fcntl.h>
#include <microhttpd.h>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

using geo::Error;
using geo::ErrorKind;

/// The viewer needs its own files, pictures it makes itself, and a worker; nothing needs more.
constexpr const char* page_policy = "default-src 'self'; img-src 'self' blob: data:; worker-src 'self'; object-src "
                                    "'none'; base-uri 'none'; form-action 'none'";

void add(MHD_Response* response, const char* name, const char* value) {
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        throw Error(ErrorKind::internal, "a header field cannot be sent");
}

extern "C" {

void free_body(void* body) { delete static_cast<Bytes*>(body); }

/// Of a body that is never asked for.
ssize_t no_body(void*, std::uint64_t, char*, std::size_t) { return MHD_CONTENT_READER_END_WITH_ERROR; }

} // extern "C"

MHD_Response* response_of(const Bytes& body) {
    if (!body || body->empty()) return MHD_create_response_from_buffer(0, nullptr, MHD_RESPMEM_PERSISTENT);
    // The response keeps the bytes: it may still be under way when the reply is gone from the cache.
    auto held = std::make_unique<Bytes>(body);
    MHD_Response* response = MHD_create_response_from_buffer_with_free_callback_cls(
        body->size(), const_cast<std::byte*>(body->data()), &free_body, held.get());
    if (response) held.release();
    return response;
}

} // namespace

Reply::Reply(int status, std::uint64_t size, MHD_Response* response, const Fields& fields)
    : m_status(status), m_size(size), m_response(response) {
    if (!m_response) throw std::bad_alloc();
    try {
        for (const Field& field : fields) add(m_response, std::string(field.name).c_str(), field.value.c_str());
        add(m_response, "X-Content-Type-Options", "nosniff");
        add(m_response, "Content-Security-Policy", page_policy);
    } catch (...) {
        MHD_destroy_response(m_response);
        throw;
    }
}

Reply::~Reply() { MHD_destroy_response(m_response); }

ReplyPtr Reply::of_bytes(int status, const Fields& fields, Bytes body) {
    const std::uint64_t size = body ? body->size() : 0;
    return ReplyPtr(new Reply(status, size, response_of(body), fields));
}

ReplyPtr Reply::of_text(int status, const Fields& fields, std::string_view text) {
    auto bytes = std::make_shared<std::vector<std::byte>>(text.size());
    std::memcpy(bytes->data(), text.data(), text.size());
    return of_bytes(status, fields, std::move(bytes));
}

ReplyPtr Reply::of_file(int status, const Fields& fields, const File& file, std::uint64_t offset,
                        std::uint64_t length) {
    const int fd = fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0);
    if (fd < 0) throw Error(ErrorKind::busy, "no file descriptor is left");
    MHD_Response* response = MHD_create_response_from_fd_at_offset64(length, fd, offset);
    if (!response) close(fd);
    return ReplyPtr(new Reply(status, length, response, fields));
}

ReplyPtr Reply::without_body(int status, const Fields& fields, std::uint64_t length) {
    return ReplyPtr(
        new Reply(status, 0, MHD_create_response_from_callback(length, 1, &no_body, nullptr, nullptr), fields));
}

std::string_view Reply::field(const char* name) const {
    const char* value = MHD_get_response_header(m_response, name);
    return value ? value : std::string_view();
}

} // namespace harmattan::tiles
