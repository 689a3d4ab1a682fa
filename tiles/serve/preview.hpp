#pragma once
// A map that is drawn while it is looked at: each metatile once, when one of its tiles is first asked for, in threads
// of its own; what is drawn is kept up to a number of bytes. A bounded queue: beyond it a request is refused, not kept.
// What nobody waits for any more leaves it undrawn.

#include "tiles/painter.hpp"
#include "tiles/plan.hpp"
#include "tiles/serve/metrics.hpp"
#include "tiles/serve/tile_source.hpp"

#include <array>
#include <cstddef>
#include <memory>

namespace harmattan::tiles {

struct PreviewOptions {
    int threads = 2;
    std::size_t queue = 64;                          ///< metatiles that may wait
    std::size_t keep_bytes = std::size_t{256} << 20; ///< of encoded tiles
};

/// Draws for all sets of a map.
class Preview {
public:
    Preview(const PreviewOptions& options, Metrics& metrics);
    ~Preview();

    /// What `painter` makes of `metatile` at `tile`; `painter` and `plan` must live as long as this. Thread-safe.
    Fetched fetch(const Painter& painter, const Plan& plan, geo::TileId tile);
    /// Starts the threads: after the process has given up its privileges.
    void start();
    /// Finishes the metatiles being drawn and forgets those waiting: their requests are refused from then on.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// One set of the map. `painters`: at scale 1 and 2; null where that scale is not to be had.
std::shared_ptr<const TileSource> make_preview_source(ServedLayer layer, std::string version, std::string metadata,
                                                      std::shared_ptr<Preview> preview,
                                                      std::array<const Painter*, 2> painters, const Plan& plan);

} // namespace harmattan::tiles
