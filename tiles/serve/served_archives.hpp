#pragma once
// The archives that are served, by the name of their set, and an eye on their paths: a file that takes another's place by
// rename is opened within a second. One that cannot be opened is told of once, and the old one stays.

#include "tiles/serve/archive_source.hpp"
#include "tiles/serve/catalogue.hpp"
#include "tiles/serve/metrics.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::tiles {

struct ArchivePlace {
    std::string set;            ///< is_set_name; what ends in "@2x" has the dense tiles of the set before it
    std::filesystem::path path; ///< absolute
};

class ServedArchives {
public:
    /// Opens them all. Throws Error usage for a name that is none or is there twice, and what opening an archive throws.
    ServedArchives(std::vector<ArchivePlace> places, Metrics& metrics);

    /// In the order of the places.
    std::vector<ServedSet> sets() const;
    /// Opens what has been replaced; true if sets() is another now. `say` is told of what cannot be opened.
    bool refresh(const std::function<void(const std::string&)>& say);

private:
    struct Archive {
        ArchivePlace place;
        std::optional<FileStamp> stamp; ///< of what was last tried
        std::shared_ptr<const TileSource> source;
    };

    std::vector<Archive> m_archives;
    Metrics& m_metrics;
};

} // namespace harmattan::tiles
