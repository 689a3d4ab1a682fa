#pragma once
// What a request is answered with: status, header fields, body. Made once, sent any number of times, from any thread; a
// tile's reply lies in the cache ready to be sent. Wraps libmicrohttpd's response, which no other header of ours names.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct MHD_Response;

namespace harmattan::tiles {

class File;
class Reply;
using ReplyPtr = std::shared_ptr<const Reply>;
using Bytes = std::shared_ptr<const std::vector<std::byte>>;

/// A header field. Values are ours or checked: never a byte of a request.
struct Field {
    std::string_view name;
    std::string value;
};
using Fields = std::vector<Field>;

class Reply {
public:
    /// `body` is kept, not copied; none is an empty body. Every reply also says what browsers must not do with it
    /// (Content-Security-Policy, X-Content-Type-Options).
    static ReplyPtr of_bytes(int status, const Fields& fields, Bytes body = nullptr);
    static ReplyPtr of_text(int status, const Fields& fields, std::string_view text);
    /// `length` bytes of `file` from `offset` on, sent by the kernel; through a descriptor of its own, so `file` may be
    /// closed before. Throws Error busy where there is no descriptor left.
    static ReplyPtr of_file(int status, const Fields& fields, const File& file, std::uint64_t offset,
                            std::uint64_t length);
    /// To a request for `length` bytes that are not to be sent (304): its head says how many they are, as a server must
    /// that says any number there (RFC 9110, 8.6), and libmicrohttpd always does. Its own size() is 0.
    static ReplyPtr without_body(int status, const Fields& fields, std::uint64_t length);
    ~Reply();
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;

    int status() const { return m_status; }
    std::uint64_t size() const { return m_size; }   ///< of the body
    std::string_view field(const char* name) const; ///< its value; empty if it has none
    MHD_Response* response() const { return m_response; }

private:
    Reply(int status, std::uint64_t size, MHD_Response* response, const Fields& fields);

    int m_status;
    std::uint64_t m_size;
    MHD_Response* m_response; ///< our reference; libmicrohttpd counts those under way
};

} // namespace harmattan::tiles
