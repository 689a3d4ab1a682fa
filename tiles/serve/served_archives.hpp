#pragma once
// The archives that are served, by the name of their set, and an eye on their paths: a file that takes another's place
// by rename is opened within a second. One that cannot be opened or described is told of once, and the old one stays.
// So with the files that describe them.

#include "tiles/serve/archive_source.hpp"
#include "tiles/serve/catalogue.hpp"
#include "tiles/serve/metrics.hpp"

#include <exception>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace harmattan::tiles {

struct ArchivePlace {
    std::string set;            ///< is_set_name; what ends in "@2x" has the dense tiles of the set before it
    std::filesystem::path path; ///< absolute
};

class ServedArchives {
public:
    using Files = std::function<std::vector<std::filesystem::path>()>;

    /// Opens them all. `words`: the files there are now that say something about them, to `take_up` below. Throws Error
    /// usage for a name that is none or is there twice, and what opening an archive throws.
    ServedArchives(std::vector<ArchivePlace> places, Metrics& metrics, Files words = {});

    /// In the order of the places.
    std::vector<ServedSet> sets() const;
    /// Opens what has been replaced, and has `take_up` make sets() what is served, as for words that have changed; what
    /// has become of that, a line each. What cannot be opened, or whatever has been replaced if `take_up` throws, is
    /// told of to `say`, and sets() is as it was. Tried again when the file or another's is another, or a moment later
    /// where descriptors or memory were wanting.
    std::vector<std::string> refresh(const std::function<void()>& take_up,
                                     const std::function<void(const std::string&)>& say);

private:
    struct Archive {
        ArchivePlace place;
        std::optional<FileStamp> stamp; ///< of what was last tried, unless it is to be tried again
        std::shared_ptr<const TileSource> source;
        std::string complaint{}; ///< about what was last tried, if it is not served
    };

    /// An archive opened anew, not yet served.
    struct Replaced {
        Archive* archive;
        std::shared_ptr<const TileSource> source;
    };

    using Stamps = std::vector<std::pair<std::filesystem::path, std::optional<FileStamp>>>;

    Stamps stamps_of_words() const;
    /// All of them or, where `take_up` throws (what is given back), none.
    std::exception_ptr take_all_up(std::span<const Replaced> replaced, const std::function<void()>& take_up);
    std::vector<std::string> done(std::span<const Replaced> replaced);
    void refuse(Archive& archive, const char* what, const std::exception& error,
                const std::function<void(const std::string&)>& say);
    void refuse_words(const std::exception& error, const std::function<void(const std::string&)>& say);
    void complain(std::string complaint, std::string& before, const std::function<void(const std::string&)>& say);

    std::vector<Archive> m_archives;
    Metrics& m_metrics;
    Files m_words;
    Stamps m_word_stamps;            ///< of what was last tried
    std::string m_words_complaint{}; ///< about that
};

} // namespace harmattan::tiles
