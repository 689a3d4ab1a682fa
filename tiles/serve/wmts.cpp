#include "tiles/serve/wmts.hpp"

#include "geo/mercator.hpp"
#include "tiles/serve/tile_matrix_set.hpp"
#include "tiles/serve/xml_text.hpp"
#include "tiles/tilejson.hpp"

#include <compare>
#include <fmt/format.h>
#include <iterator>
#include <set>

namespace harmattan::tiles {

namespace {

class Writer {
public:
    template <class... Values>
    void line(fmt::format_string<Values...> format, Values&&... values) {
        fmt::format_to(std::back_inserter(m_out), format, std::forward<Values>(values)...);
        m_out += '\n';
    }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
};

std::string abstract_of(const ServedLayer& layer) {
    const bool both = !layer.description.empty() && !layer.attribution.empty();
    return xml_text(layer.description + (both ? "\n" : "") + layer.attribution);
}

/// A tile matrix set as this document declares it: tiles of one size, down to one zoom.
struct DeclaredSet {
    int tile_px, max_zoom;
    auto operator<=>(const DeclaredSet&) const = default;
    /// why: GDAL takes the deepest tile matrix of a set for the layer's own, whatever its limits say, and would show
    /// nothing of a layer that ends before it. So a layer that is less deep than others gets its set cut there.
    std::string id(std::span<const ServedLayer> layers) const {
        const std::string whole = tile_matrix_set_id(tile_px);
        return max_zoom == deepest_zoom(layers, tile_px) ? whole : fmt::format("{}_0-{}", whole, max_zoom);
    }
};

void write_limits(Writer& xml, const ServedLayer& layer, const std::string& set) {
    xml.line("      <TileMatrixSetLink>");
    xml.line("        <TileMatrixSet>{}</TileMatrixSet>", set);
    xml.line("        <TileMatrixSetLimits>");
    for (const geo::TileRange& range : tile_limits(layer))
        xml.line("          <TileMatrixLimits><TileMatrix>{}</TileMatrix><MinTileRow>{}</MinTileRow>"
                 "<MaxTileRow>{}</MaxTileRow><MinTileCol>{}</MinTileCol><MaxTileCol>{}</MaxTileCol></TileMatrixLimits>",
                 range.z, range.min_y, range.max_y, range.min_x, range.max_x);
    xml.line("        </TileMatrixSetLimits>");
    xml.line("      </TileMatrixSetLink>");
}

void write_layer(Writer& xml, const ServedLayer& layer, const std::string& set, std::string_view base_url) {
    const geo::LonLatBox box = limit_box(layer);
    xml.line("    <Layer>");
    xml.line("      <ows:Title>{}</ows:Title>", xml_text(layer.title));
    if (const std::string text = abstract_of(layer); !text.empty())
        xml.line("      <ows:Abstract>{}</ows:Abstract>", text);
    xml.line("      <ows:WGS84BoundingBox>");
    xml.line("        <ows:LowerCorner>{} {}</ows:LowerCorner>", box.west, box.south);
    xml.line("        <ows:UpperCorner>{} {}</ows:UpperCorner>", box.east, box.north);
    xml.line("      </ows:WGS84BoundingBox>");
    xml.line("      <ows:Identifier>{}</ows:Identifier>", xml_text(layer.id));
    xml.line("      <Style isDefault=\"true\"><ows:Identifier>default</ows:Identifier></Style>");
    xml.line("      <Format>{}</Format>", xml_text(layer.media_type));
    write_limits(xml, layer, set);
    const std::string address =
        joined(base_url, fmt::format("wmts/1.0.0/{}/default/{}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}.{}", layer.id,
                                     tile_matrix_set_id(layer.tile_px), layer.extension));
    xml.line("      <ResourceURL format=\"{}\" resourceType=\"tile\" template=\"{}\"/>", xml_text(layer.media_type),
             xml_text(address));
    xml.line("    </Layer>");
}

void write_tile_matrix_set(Writer& xml, int tile_px, int max_zoom, const std::string& id) {
    xml.line("    <TileMatrixSet>");
    xml.line("      <ows:Identifier>{}</ows:Identifier>", id);
    xml.line("      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>");
    if (tile_px == web_mercator_quad_px)
        xml.line("      <WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible</WellKnownScaleSet>");
    for (int z = 0; z <= max_zoom; ++z) {
        xml.line("      <TileMatrix>");
        xml.line("        <ows:Identifier>{}</ows:Identifier>", z);
        xml.line("        <ScaleDenominator>{}</ScaleDenominator>", tile_matrix_numbers(z, tile_px).scale_denominator);
        xml.line("        <TopLeftCorner>{0} {1}</TopLeftCorner>", -geo::mercator::half_world_m,
                 geo::mercator::half_world_m);
        xml.line("        <TileWidth>{0}</TileWidth><TileHeight>{0}</TileHeight>", tile_px);
        xml.line("        <MatrixWidth>{0}</MatrixWidth><MatrixHeight>{0}</MatrixHeight>", std::uint64_t{1} << z);
        xml.line("      </TileMatrix>");
    }
    xml.line("    </TileMatrixSet>");
}

} // namespace

std::string wmts_capabilities(std::span<const ServedLayer> layers, std::string_view service_title,
                              std::string_view base_url) {
    Writer xml;
    xml.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.line(
        "<Capabilities version=\"1.0.0\" xmlns=\"http://www.opengis.net/wmts/1.0\""
        " xmlns:ows=\"http://www.opengis.net/ows/1.1\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.opengis.net/wmts/1.0"
        " http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd\">");
    xml.line("  <ows:ServiceIdentification>");
    xml.line("    <ows:Title>{}</ows:Title>", xml_text(service_title));
    xml.line("    <ows:ServiceType>OGC WMTS</ows:ServiceType>");
    xml.line("    <ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion>");
    xml.line("  </ows:ServiceIdentification>");
    xml.line("  <Contents>");
    std::set<DeclaredSet> sets;
    for (const ServedLayer& layer : layers) {
        if (!layer.is_picture()) continue;
        const DeclaredSet& set = *sets.insert({layer.tile_px, layer.max_zoom}).first;
        write_layer(xml, layer, set.id(layers), base_url);
    }
    for (const DeclaredSet& set : sets) write_tile_matrix_set(xml, set.tile_px, set.max_zoom, set.id(layers));
    xml.line("  </Contents>");
    xml.line("  <ServiceMetadataURL xlink:href=\"{}\"/>",
             xml_text(joined(base_url, "wmts/1.0.0/WMTSCapabilities.xml")));
    xml.line("</Capabilities>");
    return xml.take();
}

} // namespace harmattan::tiles
