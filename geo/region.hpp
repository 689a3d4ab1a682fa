#pragma once
// The embedded region: countries, first-level units, boundary lines, water, places and corridors, with names in English
// and French, as data/region holds them. Layers are read when first asked for. Not thread-safe while reading.

#include "geo/admin_index.hpp"
#include "geo/features.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

/// Whose data a layer is, as region.json says.
struct RegionCredit {
    std::string layer, licence, credit_en, credit_fr, vintage;
};

class Region {
public:
    /// `data`: the project's data folder. Throws Error no_input or bad_data.
    explicit Region(std::filesystem::path data);

    /// "countries", "admin1", "boundaries", "coast", "rivers", "lakes", "places", "corridors". Throws Error bad_config for
    /// another name, naming the layers there are and --boundaries FILE for an admin level that is not there.
    const FeatureTable& layer(const std::string& name) const;
    bool has_layer(std::string_view name) const;

    LonLatBox frame() const { return m_frame; }
    const std::vector<RegionCredit>& credits() const { return m_credits; }
    std::string disclaimer(bool french) const { return french ? m_disclaimer_fr : m_disclaimer_en; }

    /// iso2 of the country a place lies in; empty at sea or outside the frame.
    std::string country_at(LonLat place) const;
    /// iso2 for a code (ISO 2, ISO 3), a name in English or French, or an alias ("Ivory Coast"); empty if unknown.
    std::string country_code(std::string_view name) const;

    /// Features of "countries" or "admin1" that a choice names: codes, names. Throws Error bad_config with the nearest names.
    struct Unit {
        std::string layer;
        std::size_t feature = 0;
    };
    std::vector<Unit> find_units(const std::vector<std::string>& names) const;
    /// Their box, padded by `share` of its sides.
    LonLatBox box_of(const std::vector<Unit>& units, double share) const;

private:
    std::filesystem::path m_data;
    LonLatBox m_frame;
    std::vector<RegionCredit> m_credits;
    std::string m_disclaimer_en, m_disclaimer_fr;
    mutable std::map<std::string, FeatureTable, std::less<>> m_layers;
    mutable std::shared_ptr<const AdminIndex> m_countries;
};

} // namespace harmattan::geo
