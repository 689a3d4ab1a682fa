// The access log: the usual form, and readers that are slow or gone.

#include "tiles/serve/access_log.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <regex>
#include <unistd.h>

namespace harmattan::test {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class AccessLog : public testing::Test {
protected:
    AccessLog() {
        if (pipe(m_ends) != 0) ADD_FAILURE() << "no pipe";
        fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
    }
    ~AccessLog() override {
        for (const int end : m_ends)
            if (end >= 0) close(end);
    }
    int writing_end() const { return m_ends[1]; }
    void close_reader() { close(std::exchange(m_ends[0], -1)); }
    std::string read_all() const {
        std::string text;
        char block[65536];
        for (ssize_t n; (n = read(m_ends[0], block, sizeof block)) > 0;)
            text.append(block, static_cast<std::size_t>(n));
        return text;
    }

    tiles::Metrics metrics;

private:
    int m_ends[2] = {-1, -1};
};

TEST_F(AccessLog, LinesAreInTheCommonLogFormatWhateverTheRequestWas) {
    tiles::AccessLog log(metrics, writing_end());
    log.add("127.0.0.1", "GET /heat/3/3/3.png HTTP/1.1", 200, 1234);
    log.add("::1", "GET /\"\x1b[31m\\\n\xff HTTP/1.1", 404, 0);
    log.flush(1s);
    const std::string text = read_all();
    const std::string time =
        R"(\[\d\d/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/\d{4}:\d\d:\d\d:\d\d \+0000\])";
    EXPECT_TRUE(
        std::regex_match(text, std::regex("127\\.0\\.0\\.1 - - " + time +
                                          " \"GET /heat/3/3/3\\.png HTTP/1\\.1\" 200 1234\n"
                                          "::1 - - " +
                                          time + R"( "GET /\\x22\\x1B\[31m\\x5C\\x0A\\xFF HTTP/1\.1" 404 0)" + "\n")))
        << text;
}

TEST_F(AccessLog, AReaderThatDoesNotReadIsNotWaitedForAndFindsEveryLine) {
    tiles::AccessLog log(metrics, writing_end());
    const std::string request(1000, 'a'); // a thousand of them are many times what a pipe holds
    for (int i = 0; i < 1000; ++i) log.add("127.0.0.1", request, 200, static_cast<std::uint64_t>(i));
    const auto begun = Clock::now();
    log.flush(50ms);
    log.flush(50ms);
    EXPECT_LT(Clock::now() - begun, 20s); // and not for ever

    std::string text;
    for (int i = 0; i < 1000 && std::count(text.begin(), text.end(), '\n') < 1000; ++i) {
        text += read_all();
        log.flush(50ms);
    }
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1000);
    std::size_t at = 0;
    for (int i = 0; i < 1000 && at != std::string::npos; ++i) at = text.find("\" 200 " + std::to_string(i) + "\n", at);
    EXPECT_NE(at, std::string::npos) << "whole and in order";
    EXPECT_EQ(metrics.log_lines_lost, 0u);
}

TEST_F(AccessLog, WhatNobodyReadsIsBoundedAndCounted) {
    tiles::AccessLog log(metrics, writing_end());
    const std::string request(2000, 'a');
    for (int i = 0; i < 10'000; ++i) log.add("127.0.0.1", request, 200, 0); // 20 MB
    EXPECT_GT(metrics.log_lines_lost, 5'000u);
    EXPECT_LT(metrics.log_lines_lost, 9'000u);
}

TEST_F(AccessLog, AReaderThatIsGoneCostsItsLines) {
    signal(SIGPIPE, SIG_IGN);
    tiles::AccessLog log(metrics, writing_end());
    log.add("127.0.0.1", "GET / HTTP/1.1", 200, 0);
    close_reader();
    const auto begun = Clock::now();
    log.flush(100s);
    EXPECT_LT(Clock::now() - begun, 20s);
    EXPECT_EQ(metrics.log_lines_lost, 1u);
}

} // namespace

} // namespace harmattan::test
