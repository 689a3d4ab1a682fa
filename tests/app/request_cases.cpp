#include "app/request_cases.hpp"

#include "app/http_client.hpp"

#include <gtest/gtest.h>

namespace harmattan::test {

std::vector<int> statuses(std::uint16_t port, const std::string& bytes) {
    HttpConnection connection(port);
    connection.send(bytes);
    std::vector<int> all;
    // An end that comes right behind a request is seen a second later only; one that is not answered waits for it.
    if (const auto answer = connection.answer(false, std::chrono::milliseconds(50))) all.push_back(answer->status);
    connection.finish();
    while (const auto answer = connection.answer()) all.push_back(answer->status);
    EXPECT_TRUE(connection.is_closed()) << bytes.substr(0, 300);
    return all;
}

void check_requests(std::uint16_t port, const std::vector<RequestCase>& cases) {
    for (const RequestCase& c : cases) {
        const std::vector<int> got = statuses(port, c.bytes);
        EXPECT_TRUE(c.allowed.contains(got.empty() ? 0 : got[0]))
            << c.what << ": " << (got.empty() ? 0 : got[0]) << "\n"
            << c.bytes.substr(0, 300);
        EXPECT_LE(std::ssize(got), c.most_answers) << c.what << ": more was answered than was asked\n"
                                                   << c.bytes.substr(0, 300);
    }
}

std::string with(const std::string& fields, const std::string& body, const std::string& method) {
    return method + " /health HTTP/1.1\r\n" + host + fields + "\r\n" + body;
}

} // namespace harmattan::test
