#include "tiles/serve/access_log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <fmt/format.h>
#include <iterator>
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
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = second;
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{:02}/{}/{}:{:02}:{:02}:{:02} +0000", utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
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

void AccessLog::flush() {
    std::string lines;
    {
        const std::lock_guard lock(m_mutex);
        lines.swap(m_waiting);
    }
    for (std::string_view rest = lines; !rest.empty();) {
        const ssize_t written = write(STDOUT_FILENO, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            m_metrics.log_lines_lost.fetch_add(static_cast<std::uint64_t>(std::count(rest.begin(), rest.end(), '\n')), std::memory_order_relaxed);
            return;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace harmattan::tiles
