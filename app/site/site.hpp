#pragma once
// The texts and files of an exported site beside its archives: the viewer, site.json, legend.json, TileJSON, derived
// layers, manifest. What a site is made of stands in web/README.md.

#include "app/scene_of.hpp"
#include "tiles/archive.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::app {

/// File that marks a folder as a site, which --force may replace.
inline constexpr const char* site_marker = "site.json";

/// One archive of the site: "heat" in tiles/heat.pmtiles.
struct SiteSet {
    std::string set;
    tiles::TilesetInfo info;
};

/// Writes all but the archives into `folder` (made already, not yet published).
void write_site_files(const std::filesystem::path& folder, const Study& study, const SceneParts& parts,
                      const std::vector<SiteSet>& sets);

} // namespace harmattan::app
