#pragma once
// Sheets into files: the format by the output's suffix, whole or not at all.

#include "app/job.hpp"
#include "render/print/georeference.hpp"
#include "render/print/sheet.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

enum class PaperFormat { pdf, svg, png, webp, geotiff };

/// By suffix: .pdf, .svg, .png, .webp, .tif, .tiff. Throws Error usage for another one.
PaperFormat paper_format(const std::filesystem::path& output);
bool is_vector(PaperFormat format);
/// The resolution sheets are laid out at: the job's, else 300 dpi for images and 200 dpi (of the heat) for vector
/// formats.
double px_per_mm(const Job& job, PaperFormat format);

struct FigureSize {
    double width_mm = 0, px_per_mm = 0;
};
/// Of a figure as wide as the job says: in mm, or in pixels at --dpi (150 where none is named: its letters then are as
/// large as text on a page where the figure is as wide as a column or two).
FigureSize figure_size(const Job& job, PaperFormat format);

struct PaperPage {
    render::Sheet sheet;
    std::string bookmark;
    std::optional<render::Georeference> georeference;
};

/// Pages that are made when they are written, each once and in order, so that one at a time is in memory.
struct PaperPages {
    std::size_t count = 0;
    std::function<PaperPage(std::size_t page)> make;
};
PaperPages ready_pages(std::vector<PaperPage> pages);

struct PaperInfo {
    std::string title, author, subject, keywords, description;
    std::string created; ///< ISO date; empty: none
};

/// One page; a PDF takes several. Throws Error cannot_create, io, and what making pages throws; then nothing is
/// written.
void write_paper(const PaperPages& pages, const PaperInfo& info, const std::filesystem::path& output, bool force);

/// A warning on standard error where characters are in none of the fonts.
void warn_of_boxes(std::size_t unknown_glyphs);

} // namespace harmattan::app
