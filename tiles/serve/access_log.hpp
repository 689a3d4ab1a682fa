#pragma once
// A line a request on standard output in the Common Log Format. Lines are gathered and written by `flush`, so that
// neither a client nor the server's own care waits for a slow reader of the log; what does not fit meanwhile is lost,
// and counted.

#include "tiles/serve/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace harmattan::tiles {

class AccessLog {
public:
    /// `descriptor`: of a file, pipe, socket or terminal; not closed.
    explicit AccessLog(Metrics& metrics, int descriptor = 1) : m_metrics(metrics), m_descriptor(descriptor) {}

    /// `line`: the request's first line as it came; what could break a log line is written as \xHH.
    void add(std::string_view client, std::string_view line, int status, std::uint64_t bytes);
    /// Writes what has been gathered, for as long as the reader takes it and no longer than `patience`; the rest is
    /// kept for the next time. Some times a second, and at the end; from one thread.
    void flush(std::chrono::milliseconds patience);

private:
    bool has_to_write();

    Metrics& m_metrics;
    int m_descriptor;
    std::string m_writing;     ///< taken out of m_waiting, written up to
    std::size_t m_written = 0; ///< this byte
    std::mutex m_mutex;        ///< of all below
    std::string m_waiting;
    std::int64_t m_second = -1;
    std::string m_time; ///< of m_second
};

} // namespace harmattan::tiles
