#pragma once
// A line a request on standard output in the Common Log Format. Lines are gathered and written by `flush`, so that no
// client waits for a slow reader of the log; what does not fit meanwhile is lost, and counted.

#include "tiles/serve/metrics.hpp"

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace harmattan::tiles {

class AccessLog {
public:
    explicit AccessLog(Metrics& metrics) : m_metrics(metrics) {}

    /// `line`: the request's first line as it came; what could break a log line is written as \xHH.
    void add(std::string_view client, std::string_view line, int status, std::uint64_t bytes);
    /// About once a second, and at the end.
    void flush();

private:
    Metrics& m_metrics;
    std::mutex m_mutex;
    std::string m_waiting;
    std::int64_t m_second = -1;
    std::string m_time; ///< of m_second
};

} // namespace harmattan::tiles
