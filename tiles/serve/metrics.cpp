#include "tiles/serve/metrics.hpp"

#include <fmt/format.h>
#include <iterator>

namespace harmattan::tiles {

std::string prometheus_text(const Metrics& m, std::size_t cache_bytes, std::size_t sets) {
    std::string text;
    const auto out = std::back_inserter(text);
    const auto head = [&](const char* name, const char* type, const char* help) {
        fmt::format_to(out, "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
    };
    const auto counter = [&](const char* name, const char* help, const std::atomic<std::uint64_t>& value) {
        head(name, "counter", help);
        fmt::format_to(out, "{} {}\n", name, value.load(std::memory_order_relaxed));
    };
    const auto gauge = [&](const char* name, const char* help, auto value) {
        head(name, "gauge", help);
        fmt::format_to(out, "{} {}\n", name, value);
    };

    head("harmattan_http_responses_total", "counter", "Responses by class of status.");
    for (std::size_t i = 1; i < m.responses.size(); ++i)
        fmt::format_to(out, "harmattan_http_responses_total{{code=\"{}xx\"}} {}\n", i,
                       m.responses[i].load(std::memory_order_relaxed));
    counter("harmattan_http_body_bytes_total", "Bytes of response bodies.", m.body_bytes);
    counter("harmattan_tiles_from_cache_total", "Tiles answered from memory.", m.tiles_from_cache);
    counter("harmattan_tiles_fetched_total", "Tiles read from archives or drawn.", m.tiles_fetched);
    counter("harmattan_tiles_absent_total", "Tiles asked for that have no ink or lie outside.", m.tiles_absent);
    counter("harmattan_tiles_damaged_total", "Tiles that could not be read or are no whole picture.", m.tiles_damaged);
    counter("harmattan_metatiles_drawn_total", "Blocks of tiles drawn on demand.", m.metatiles_drawn);
    counter("harmattan_metatiles_dropped_total",
            "Blocks of tiles not drawn because everybody who had asked for them has left.", m.metatiles_dropped);
    counter("harmattan_draws_refused_total", "Requests refused because too much was waiting to be drawn.",
            m.draws_refused);
    counter("harmattan_archives_replaced_total", "Archives taken up after they were replaced.", m.archives_replaced);
    counter("harmattan_archives_refused_total", "Replacements that could not be opened; the old archive stays.",
            m.archives_refused);
    counter("harmattan_connections_total", "Connections accepted.", m.connections);
    counter("harmattan_connections_too_slow_total", "Connections closed because they were too slow.",
            m.connections_too_slow);
    counter("harmattan_log_lines_lost_total", "Lines of the access log that standard output did not take.",
            m.log_lines_lost);
    gauge("harmattan_connections_open", "Connections open.", m.connections_open.load(std::memory_order_relaxed));
    gauge("harmattan_requests_open", "Requests being answered.", m.requests_open.load(std::memory_order_relaxed));
    gauge("harmattan_cache_bytes", "Bytes of the tile cache in use.", cache_bytes);
    gauge("harmattan_sets", "Sets served.", sets);
    return text;
}

} // namespace harmattan::tiles
