#pragma once
// Everything that is served at one moment: the sets with their sources, the documents about them. Immutable; when an
// archive is replaced, another catalogue takes its place, and requests under way end with the one they began with.

#include "tiles/serve/document.hpp"
#include "tiles/serve/tile_source.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::tiles {

struct ServedSet {
    std::string id;
    std::shared_ptr<const TileSource> source;
    std::shared_ptr<const TileSource> dense; ///< an archive of its own for @2x; null: the source's own, if it has them

    /// Null where there is none for this scale.
    const TileSource* at_scale(int scale) const;
};

/// The program's own documents about the sets: the viewer's site.json and legend.json.
using DescribeSets = std::function<Documents(std::span<const ServedSet>)>;

class Catalogue {
public:
    /// `base_url`: absolute, without a slash at its end. `fixed`: documents that depend on no set. Throws what
    /// `describe` throws, and bad_data for metadata that is none.
    Catalogue(std::vector<ServedSet> sets, std::shared_ptr<const Documents> fixed, const DescribeSets& describe,
              const std::string& title, const std::string& base_url);

    std::span<const ServedSet> sets() const { return m_sets; }
    const ServedSet* find_set(std::string_view id) const;
    const Document* find_document(std::string_view path) const;
    /// What `/` is to a client that asks for JSON: the landing page of OGC API.
    const Document& landing() const { return m_landing; }

private:
    std::vector<ServedSet> m_sets;
    std::shared_ptr<const Documents> m_fixed;
    Documents m_documents;
    Document m_landing;
};

/// Where the tiles of a set lie: "heat/{z}/{x}/{y}.png?v=0123456789ab", relative to the server's root;
/// "…/{y}@2x.png?v=…" at scale 2, which the set must have.
std::string tile_address(const ServedSet& set, int scale = 1);

} // namespace harmattan::tiles
