#pragma once
// What the pages of a set have in common: lengths, sizes of letters, heading, page number and white ground.

#include "render/print/lettering.hpp"
#include "render/print/paper_size.hpp"
#include "render/print/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace harmattan::render {

constexpr double least_pt = 6.5; ///< no print is smaller

/// Lengths and sizes of letters, from those of an A4: paper grows, letters more slowly, for large sheets hang farther
/// away.
struct Measures {
    double k;
    double margin, gap, panel, logo_width, logo_height;
    double title_pt, subtitle_pt, summary_pt, legend_title_pt, legend_pt, note_pt;
    double style_px_mm;

    explicit Measures(PaperSize paper)
        : k(std::clamp(std::sqrt(paper.width_mm * paper.height_mm / (210.0 * 297.0)), 0.6, 6.0)), margin(10 * k),
          gap(3 * k), panel(67 * k), logo_width(26 * k), logo_height(10.5 * k), title_pt(16 * std::pow(k, 0.64)),
          subtitle_pt(10 * std::pow(k, 0.5)), summary_pt(9 * std::pow(k, 0.45)), legend_title_pt(9 * std::pow(k, 0.45)),
          legend_pt(8 * std::pow(k, 0.4)), note_pt(std::max(least_pt, 7 * std::pow(k, 0.4))),
          style_px_mm(25.4 / 96 * std::pow(std::max(1.0, k), 0.4)) {}
};

struct Heading {
    std::string title, subtitle, summary; ///< an empty one is left out
};
Block heading_block(const Lettering& lettering, const Heading& heading, const Measures& measures, double width_mm);
/// As wide as a logo, justified right.
Block page_number_block(const Lettering& lettering, const std::string& number, const Measures& measures);
/// White, under everything.
void put_ground(Sheet& sheet);

} // namespace harmattan::render
