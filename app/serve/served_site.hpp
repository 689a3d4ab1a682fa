#pragma once
// What the viewer needs to know of sets that are served: site.json, legend.json and the viewer's own files, as
// documents.

#include "app/job.hpp"
#include "app/serve/served_map.hpp"
#include "tiles/serve/catalogue.hpp"
#include "tiles/serve/document.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace harmattan::app {

/// What all sets are called together, for services: the title that all share, or the program's name.
std::string title_of(std::span<const tiles::ServedSet> sets);
/// The viewer, by the paths of its files.
tiles::Documents viewer_documents();
/// For a map drawn on demand: everything an exported site has.
tiles::Documents describe_map(const ServedMap& map, std::span<const tiles::ServedSet> sets);
/// The files of an exported folder that hold its texts, site.json first; none where the folder cannot be looked into
/// for the moment.
std::vector<std::filesystem::path> words_of(const std::filesystem::path& folder);
/// For an exported folder: its own texts, with the addresses of the tiles served. Read anew each time. Throws Error
/// bad_data where its legend is not the one its archives were drawn with: they are of different maps.
tiles::Documents describe_site(const std::filesystem::path& folder, std::span<const tiles::ServedSet> sets);
/// For archives that may be anybody's: what they say about themselves, put together. Throws Error bad_data where frames
/// of one set were drawn on different scales.
tiles::Documents describe_archives(std::span<const tiles::ServedSet> sets, const std::string& title, Language language);

} // namespace harmattan::app
