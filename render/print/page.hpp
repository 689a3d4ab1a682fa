#pragma once
// A finished regional map on one sheet of paper: title, map, legend, scale, locator, sources, notes, and what else the
// field puts on a page. Measured first, then placed; what does not fit is wrapped, then set smaller (never below 6.5
// pt); a legend is then given more of the page, by its neighbours' room or a second column; then comes an error that
// names the element and the excess in millimetres. Geometry and lettering: sizes for A4, grown for larger paper.

#include "render/print/legend_block.hpp"
#include "render/print/lettering.hpp"
#include "render/print/map_placement.hpp"
#include "render/print/paper_size.hpp"
#include "render/print/sheet.hpp"
#include "render/scene.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace harmattan::render {

/// What a page says. Texts are in the page's language; an empty one leaves its element out.
struct PageContent {
    std::string lang = "en";
    std::string title, subtitle, summary;
    std::vector<std::string> sources; ///< one line a layer: name, licence, date
    std::vector<std::string> notes;   ///< disclaimers and the method
    /// Projection, dates, map number, producer …: label and value.
    std::vector<std::pair<std::string, std::string>> document;
    std::string access;      ///< "Public", "Restricted": in the upper right corner
    std::string url;         ///< of the live map: a QR code
    std::string logo;        ///< file of a picture; empty: the slot stays empty
    std::string page_number; ///< "3 / 12" of an atlas

    MapRequest map;
    /// Prepares the scene of the map; asked once the frame is known.
    std::function<Scene(const PaperFrame& frame, double scale)> make_scene;
    /// The same for the locator map, which shows `locator`; none: no locator.
    std::function<Scene(const PaperFrame& frame, double scale)> make_locator;
    geo::LonLatBox locator;
    LegendContent legend;    ///< without entries, which come from the scene
    double bandwidth_km = 0; ///< 0: no density is drawn

    std::vector<std::function<Block(const Lettering& lettering, double width_mm, double size_pt)>>
        panel_blocks; ///< bars, ranking
    std::vector<std::function<Block(const Lettering& lettering, double width_mm, double size_pt)>>
        wide_blocks; ///< corridor strip
};

struct Page {
    Sheet sheet;
    MapPlacement map;
    Legend legend;                  ///< the scene's
    std::size_t unknown_glyphs = 0; ///< characters that no font has
};

/// What a wide block gets on a page: its width, and the size of its letters.
struct WideBlockRoom {
    double width_mm = 0, size_pt = 0;
};
WideBlockRoom wide_block_room(PaperSize paper);

/// Throws geo::Error bad_config (something does not fit: which, by how many mm) and what making the scenes throws.
Page lay_out_page(const PageContent& content, PaperSize paper, double px_per_mm);

} // namespace harmattan::render
