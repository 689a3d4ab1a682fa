#include "tiles/serve/access_log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <ctime>
#include <fmt/format.h>
#include <iterator>
#include <poll.h>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

constexpr std::size_t most_waiting = std::size_t{4} << 20;
constexpr std::size_t longest_line = 2048; ///< of a request's, before it is escaped

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text.substr(0, longest_line)) {
        if (c >= ' ' && c <= '~' && c != '"' && c != '\\') out.push_back(c);
        else fmt::format_to(std::back_inserter(out), "\\x{:02X}", static_cast<unsigned char>(c));
    }
}

/// "26/Nov/2026:07:15:25 +0000". English names whatever the locale.
std::string log_time(std::int64_t second) {
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = second;
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{:02}/{}/{}:{:02}:{:02}:{:02} +0000", utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)],
                       utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

} // namespace

void AccessLog::add(std::string_view client, std::string_view line, int status, std::uint64_t bytes) {
    const std::int64_t now = std::time(nullptr);
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() > most_waiting) {
        m_metrics.log_lines_lost.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    if (now != m_second) m_second = now, m_time = log_time(now);
    fmt::format_to(std::back_inserter(m_waiting), "{} - - [{}] \"", client, m_time);
    append_escaped(m_waiting, line);
    fmt::format_to(std::back_inserter(m_waiting), "\" {} {}\n", status, bytes);
}

bool AccessLog::has_to_write() {
    if (m_written == m_writing.size()) {
        m_writing.clear(), m_written = 0;
        const std::lock_guard lock(m_mutex);
        m_writing.swap(m_waiting);
    }
    return !m_writing.empty();
}

void AccessLog::flush(std::chrono::milliseconds patience) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point end = Clock::now() + patience;
    while (has_to_write()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd reader{m_descriptor, POLLOUT, 0};
        if (left <= 0 || poll(&reader, 1, static_cast<int>(left)) <= 0) return;
        const std::string_view rest = std::string_view(m_writing).substr(m_written);
        // why: no more than a pipe has room for when poll says that it can be written to; more would wait
        const ssize_t written = write(m_descriptor, rest.data(), std::min<std::size_t>(rest.size(), PIPE_BUF));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            m_metrics.log_lines_lost.fetch_add(static_cast<std::uint64_t>(std::count(rest.begin(), rest.end(), '\n')),
                                               std::memory_order_relaxed);
            m_written = m_writing.size();
            return;
        }
        m_written += static_cast<std::size_t>(written);
    }
}

} // namespace harmattan::tiles
