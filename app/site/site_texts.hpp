#pragma once
// The texts of a site as values: site.json, legend.json, the derived layers. An exported folder holds them as files,
// the server answers with them. What they mean stands in web/README.md.

#include "app/scene_of.hpp"
#include "styles/value.hpp"

#include <string>
#include <vector>

namespace harmattan::app {

/// One file of a site: "derived/units.geojson" and what it holds.
struct SiteText {
    std::string path, text;
};

/// legend.json and the derived layers.
std::vector<SiteText> site_texts(const Study& study, const SceneParts& parts);
/// site.json; `sets` is its list of sets.
std::string site_json(const Study& study, const SceneParts& parts, styles::Array sets);

} // namespace harmattan::app
