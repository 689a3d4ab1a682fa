#pragma once
// Requests as bytes, and with which status each may be answered.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace harmattan::test {

struct RequestCase {
    std::string what;
    std::string bytes;
    std::set<int> allowed; ///< of the first answer; 0: closed without one
    int most_answers = 1;
};

/// The answers to `bytes` on a connection of its own, until it is closed, as it must be when no more will come.
std::vector<int> statuses(std::uint16_t port, const std::string& bytes);
void check_requests(std::uint16_t port, const std::vector<RequestCase>& cases);

inline const std::string host = "Host: localhost\r\n";
inline const std::string hidden =
    "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"; ///< must not be answered where it is a body
inline const std::set<int> refused{0, 400, 413, 501}, malformed{0, 400};

/// "METHOD /health" with Host, `fields` ("Name: value\r\n" each), the empty line and `body`.
std::string with(const std::string& fields, const std::string& body = "", const std::string& method = "GET");

} // namespace harmattan::test
