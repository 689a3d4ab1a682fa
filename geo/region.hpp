#pragma once
// The embedded region: countries, first-level units, boundary lines, water, places and corridors, with names in English
// and French, as data/region holds them. Layers are read when first asked for. Not thread-safe while reading; a layer
// once read keeps its place in memory. Needs a Runtime.

#include "geo/admin_index.hpp"
#include "geo/features.hpp"
#include "geo/region_manifest.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

class Region {
public:
    /// `data`: the project's data folder. Throws Error no_input or bad_config.
    explicit Region(std::filesystem::path data);

    /// "countries", "admin1", "boundaries", "coast", "rivers", "lakes", "surroundings", "places", "corridors". Throws
    /// Error bad_config for another name, naming the layers there are and --boundaries FILE for an admin level that is
    /// not there.
    const FeatureTable& layer(const std::string& name) const;
    bool has_layer(std::string_view name) const;

    LonLatBox frame() const { return m_manifest.frame; }
    const std::vector<RegionCredit>& credits() const { return m_manifest.credits; }
    std::string disclaimer(bool french) const { return french ? m_manifest.disclaimer_fr : m_manifest.disclaimer_en; }

    /// iso2 of the country a place lies in; empty at sea or outside the frame.
    std::string country_at(LonLat place) const;
    /// iso2 for a code (ISO 2, ISO 3, ISO numeric), a name in English or French, or an alias ("Ivory Coast"), whatever
    /// its case and accents; what stands in brackets may be missing from the name. Empty if unknown.
    std::string country_code(std::string_view name) const;

    /// Features of "countries" or "admin1" that a choice names: codes (ML, MLI, ML-5) or names, countries first
    /// ("Niger" is the country, "NG-NI" the state), each unit once. Throws Error bad_config with the nearest names,
    /// with the codes where several units share a name, and with --boundaries FILE for a P-code of a level that is not
    /// embedded.
    struct Unit {
        std::string layer;
        std::size_t feature = 0;
        bool operator==(const Unit&) const = default;
    };
    std::vector<Unit> find_units(const std::vector<std::string>& names) const;
    /// Their box, padded by `share` of the longer side on every side, cut to the region's frame.
    LonLatBox box_of(const std::vector<Unit>& units, double share) const;

private:
    struct Countries; ///< the index, codes and names of the countries, made when first needed

    const Countries& countries() const;
    Unit find_unit(const std::string& name) const;

    std::filesystem::path m_data;
    RegionManifest m_manifest;
    mutable std::map<std::string, FeatureTable, std::less<>> m_layers;
    mutable std::shared_ptr<const Countries> m_countries;
};

} // namespace harmattan::geo
