#pragma once
// data/region/region.json: which layers the embedded region has, whose they are, and what must be said with them.

#include "geo/space.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::geo {

/// Whose data a layer is, as region.json says.
struct RegionCredit {
    std::string layer, licence, credit_en, credit_fr, vintage;
};

struct RegionManifest {
    LonLatBox frame;
    std::string disclaimer_en, disclaimer_fr;
    std::vector<RegionCredit> credits;        ///< one per layer
    std::vector<std::filesystem::path> files; ///< one per layer, relative to the manifest's folder
};

/// Throws Error: no_input (the data folder is not where it should be), bad_config (not such a manifest, naming the
/// key).
RegionManifest read_region_manifest(const std::filesystem::path& file);

} // namespace harmattan::geo
