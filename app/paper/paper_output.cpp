#include "app/paper/paper_output.hpp"

#include "app/interrupt.hpp"
#include "app/messages.hpp"
#include "app/texts.hpp"
#include "geo/error.hpp"
#include "render/print/pdf_document.hpp"
#include "render/print/sheet_image.hpp"
#include "render/print/write_svg.hpp"
#include "tiles/publish.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

constexpr double image_dpi = 300, heat_dpi = 200, pixel_dpi = 150;

/// A file that is gone before and after, whatever happens between.
struct PassingFile {
    explicit PassingFile(std::filesystem::path at) : path(std::move(at)) { std::filesystem::remove(path); }
    ~PassingFile() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    PassingFile(const PassingFile&) = delete;
    PassingFile& operator=(const PassingFile&) = delete;

    const std::filesystem::path path;
};

/// GDAL writes files of its own making: one beside the output, whose bytes are then taken over.
void write_geotiff(const PaperPage& page, const std::filesystem::path& output, tiles::Appender& appender) {
    const PassingFile made(tiles::hidden_sibling(output, "geotiff"));
    render::write_sheet_geotiff(page.sheet, *page.georeference, made.path);
    const tiles::File file = tiles::File::open_read(made.path);
    constexpr std::uint64_t block = 1u << 20;
    for (std::uint64_t at = 0, size = file.size(); at < size; at += block)
        appender.append(file.read_at(at, static_cast<std::size_t>(std::min(block, size - at))));
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

PaperFormat paper_format(const std::filesystem::path& output) {
    const std::string suffix = lower(output.extension().string());
    if (suffix == ".pdf") return PaperFormat::pdf;
    if (suffix == ".svg") return PaperFormat::svg;
    if (suffix == ".png") return PaperFormat::png;
    if (suffix == ".webp") return PaperFormat::webp;
    if (suffix == ".tif" || suffix == ".tiff") return PaperFormat::geotiff;
    throw geo::Error(geo::ErrorKind::usage,
                     fmt::format("-o {}: the name should end in .pdf, .svg, .png, .webp or .tif", output.string()));
}

bool is_vector(PaperFormat format) { return format == PaperFormat::pdf || format == PaperFormat::svg; }

void warn_of_boxes(std::size_t unknown_glyphs) {
    if (unknown_glyphs > 0)
        say_on_stderr(
            fmt::format("warning: {} characters are in none of the fonts and stand as boxes", unknown_glyphs));
}

double px_per_mm(const Job& job, PaperFormat format) {
    return job.dpi.value_or(is_vector(format) ? heat_dpi : image_dpi) / 25.4;
}

FigureSize figure_size(const Job& job, PaperFormat format) {
    const double width =
        parse_number(std::string_view(job.figure_width).substr(0, job.figure_width.size() - 2), 0, 1e9);
    if (job.figure_width.ends_with("mm")) return {width, px_per_mm(job, format)};
    const double px = job.dpi.value_or(pixel_dpi) / 25.4;
    return {width / px, px};
}

PaperPages ready_pages(std::vector<PaperPage> pages) {
    const std::size_t count = pages.size();
    return {count, [pages = std::move(pages)](std::size_t page) { return pages[page]; }};
}

void write_paper(const PaperPages& pages, const PaperInfo& info, const std::filesystem::path& output, bool force) {
    const PaperFormat format = paper_format(output);
    if (pages.count != 1 && format != PaperFormat::pdf)
        throw geo::Error(geo::ErrorKind::internal, "several pages for a format of one");
    PaperPage page = pages.make(0);
    tiles::StagedFile staged(output, force);
    tiles::Appender appender(staged.file());
    const render::ByteSink sink = [&](std::span<const std::byte> bytes) {
        stop_if_interrupted();
        appender.append(bytes);
    };
    switch (format) {
    case PaperFormat::pdf: {
        render::PdfDocument document({info.title, info.author, info.subject, info.keywords, info.created});
        for (std::size_t i = 0; i < pages.count; ++i) {
            stop_if_interrupted();
            if (i > 0) page = pages.make(i);
            document.add_page(page.sheet, page.bookmark, page.georeference);
        }
        stop_if_interrupted();
        document.finish(sink);
        break;
    }
    case PaperFormat::svg: render::write_svg(page.sheet, {info.title, info.description}, sink); break;
    case PaperFormat::png: render::write_sheet_png(page.sheet, false, sink); break;
    case PaperFormat::webp: render::write_sheet_webp(page.sheet, sink); break;
    case PaperFormat::geotiff:
        if (!page.georeference)
            throw geo::Error(geo::ErrorKind::usage, "a GeoTIFF is of one map; this has none to place");
        write_geotiff(page, output, appender);
        break;
    }
    stop_if_interrupted();
    appender.flush();
    staged.commit();
}

} // namespace harmattan::app
