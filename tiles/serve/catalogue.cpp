#include "tiles/serve/catalogue.hpp"

#include "tiles/metadata.hpp"
#include "tiles/serve/ogc_tiles.hpp"
#include "tiles/serve/tile_matrix_set.hpp"
#include "tiles/serve/wmts.hpp"
#include "tiles/tilejson.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace {

constexpr const char* json_type = "application/json";

std::string tilejson_of(const ServedSet& set, const ArchiveTexts& texts, const std::string& base_url) {
    const ServedLayer& layer = set.source->layer();
    TilesetInfo info;
    info.name = layer.title, info.description = layer.description, info.attribution = layer.attribution;
    info.bounds = layer.bounds, info.min_zoom = layer.min_zoom, info.max_zoom = layer.max_zoom;
    info.centre = {(layer.bounds.west + layer.bounds.east) / 2, (layer.bounds.south + layer.bounds.north) / 2};
    info.centre_zoom = layer.min_zoom;
    info.tile_px = layer.tile_px;
    info.harmattan = texts.harmattan;
    return tilejson(info, joined(base_url, tile_address(set)));
}

} // namespace

const TileSource* ServedSet::at_scale(int scale) const {
    if (scale > 1 && dense) return dense.get();
    return source->has_scale(scale) ? source.get() : nullptr;
}

std::string tile_address(const ServedSet& set, int scale) {
    const TileSource& source = *set.at_scale(scale);
    return fmt::format("{}/{{z}}/{{x}}/{{y}}{}.{}?v={}", set.id, scale == 1 ? "" : "@2x", source.layer().extension,
                       source.version());
}

Catalogue::Catalogue(std::vector<ServedSet> sets, std::shared_ptr<const Documents> fixed, const DescribeSets& describe,
                     const std::string& title, const std::string& base_url)
    : m_sets(std::move(sets)), m_fixed(std::move(fixed)) {
    std::vector<ServedLayer> layers;
    for (const ServedSet& set : m_sets) layers.push_back(set.source->layer());

    if (describe) m_documents = describe(m_sets);
    const auto add = [&](std::string path, std::string_view type, const std::string& text) {
        m_documents.insert_or_assign(std::move(path), make_document(std::string(type), text));
    };
    for (std::size_t i = 0; i < m_sets.size(); ++i) {
        const ServedSet& set = m_sets[i];
        const ArchiveTexts texts = read_texts(set.source->metadata());
        add(fmt::format("/{}.json", set.id), json_type, tilejson_of(set, texts, base_url));
        if (!texts.legend.empty()) add(fmt::format("/{}/legend.json", set.id), json_type, texts.legend);
        const std::string collection = fmt::format("/collections/{}", set.id);
        add(collection, json_type, ogc_collection(layers[i], base_url));
        add(collection + "/map/tiles", json_type, ogc_tilesets(layers[i], base_url));
        add(fmt::format("{}/map/tiles/{}", collection, tile_matrix_set_id(layers[i].tile_px)), json_type,
            ogc_tileset(layers[i], base_url));
        add(fmt::format("/tileMatrixSets/{}", tile_matrix_set_id(layers[i].tile_px)), json_type,
            ogc_tile_matrix_set(layers, layers[i].tile_px));
    }
    add("/wmts/1.0.0/WMTSCapabilities.xml", "application/xml", wmts_capabilities(layers, title, base_url));
    add("/conformance", json_type, ogc_conformance(layers));
    add("/api", ogc_api_media_type, ogc_api_definition(title, base_url));
    add("/collections", json_type, ogc_collections(layers, base_url));
    add("/tileMatrixSets", json_type, ogc_tile_matrix_sets(layers, base_url));
    m_landing = make_document(json_type, ogc_landing_page(title, base_url));
}

const ServedSet* Catalogue::find_set(std::string_view id) const {
    const auto found = std::find_if(m_sets.begin(), m_sets.end(), [&](const ServedSet& set) { return set.id == id; });
    return found == m_sets.end() ? nullptr : &*found;
}

const Document* Catalogue::find_document(std::string_view path) const {
    if (const auto found = m_documents.find(path); found != m_documents.end()) return &found->second;
    const auto found = m_fixed->find(path);
    return found == m_fixed->end() ? nullptr : &found->second;
}

} // namespace harmattan::tiles
