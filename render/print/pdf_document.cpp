#include "render/print/pdf_document.hpp"

#include "geo/error.hpp"
#include "geo/utf8.hpp"
#include "render/print/cairo_handles.hpp"
#include "render/print/pdf_canvas.hpp"
#include "render/print/pdf_georeference.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <vector>

namespace harmattan::render {

namespace {

constexpr double points_per_mm = 72 / 25.4;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int count) {
    try {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
    } catch (const std::bad_alloc&) { return CAIRO_STATUS_NO_MEMORY; }
    return CAIRO_STATUS_SUCCESS;
}

// "2025-11-03T10:00:00Z" to "20251103100000Z" (ISO 32000-1, 7.9.4); empty stays empty.
std::string to_pdf_date(std::string_view iso) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:ddZ";
    std::string out;
    bool fits = iso.empty() || iso.size() == 10 || iso.size() == shape.size();
    for (std::size_t i = 0; fits && i < iso.size(); ++i) {
        const bool digit = iso[i] >= '0' && iso[i] <= '9';
        fits = shape[i] == 'd' ? digit : iso[i] == shape[i];
        if (digit || iso[i] == 'Z') out += iso[i];
    }
    if (!fits)
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("'{}' is no date for a PDF; write 2025-11-03 or 2025-11-03T10:00:00Z", iso));
    return out;
}

} // namespace

struct PdfDocument::Impl {
    std::string bytes; // outlives the surface that writes it
    PdfFonts fonts;
    CairoSurface surface;
    std::size_t pages = 0;
    std::string created; // as PDF has dates: "20251103100000Z"
    std::vector<PdfViewport> viewports;
};

PdfDocument::PdfDocument(PdfInfo info) : m_impl(std::make_unique<Impl>()) {
    m_impl->surface.reset(cairo_pdf_surface_create_for_stream(append, &m_impl->bytes, 1, 1)); // each page says its size
    cairo_surface_t* surface = m_impl->surface.get();
    check_cairo(cairo_surface_status(surface), "a PDF cannot be begun");
    const auto say = [&](cairo_pdf_metadata_t key, const std::string& value) {
        cairo_pdf_surface_set_metadata(surface, key, geo::to_valid_utf8(value).c_str());
    };
    if (!info.title.empty()) say(CAIRO_PDF_METADATA_TITLE, info.title);
    if (!info.author.empty()) say(CAIRO_PDF_METADATA_AUTHOR, info.author);
    if (!info.subject.empty()) say(CAIRO_PDF_METADATA_SUBJECT, info.subject);
    if (!info.keywords.empty()) say(CAIRO_PDF_METADATA_KEYWORDS, info.keywords);
    // An empty date keeps Cairo from writing the clock's. why not the date itself: Cairo 1.16 leaves out PDF's "D:".
    say(CAIRO_PDF_METADATA_CREATE_DATE, "");
    m_impl->created = to_pdf_date(info.created);
}

PdfDocument::~PdfDocument() = default;

void PdfDocument::add_page(const Sheet& sheet, const std::string& bookmark,
                           const std::optional<Georeference>& georeference) {
    cairo_surface_t* surface = m_impl->surface.get();
    const std::string what = fmt::format("page {} cannot be drawn", ++m_impl->pages);
    cairo_pdf_surface_set_size(surface, sheet.width_mm * points_per_mm, sheet.height_mm * points_per_mm);
    const CairoContext cr(cairo_create(surface));
    cairo_scale(cr.get(), points_per_mm / sheet.px_per_mm, points_per_mm / sheet.px_per_mm);
    const PixelExtent page{0, 0, sheet.width_mm * sheet.px_per_mm, sheet.height_mm * sheet.px_per_mm};
    PdfCanvas canvas(cr.get(), m_impl->fonts, page.max_x, page.max_y);
    paint(sheet, canvas, page);
    canvas.finish();
    check_cairo(cairo_status(cr.get()), what);
    if (!bookmark.empty())
        cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, geo::to_valid_utf8(bookmark).c_str(),
                                      fmt::format("page={}", m_impl->pages).c_str(), cairo_pdf_outline_flags_t{});
    cairo_show_page(cr.get());
    check_cairo(cairo_status(cr.get()), what);
    check_cairo(cairo_surface_status(surface), what);
    if (georeference)
        m_impl->viewports.push_back({m_impl->pages - 1, "map", points_per_mm / sheet.px_per_mm,
                                     sheet.height_mm * points_per_mm, *georeference});
}

void PdfDocument::finish(const ByteSink& sink) {
    cairo_surface_t* surface = m_impl->surface.get();
    cairo_surface_finish(surface);
    check_cairo(cairo_surface_status(surface), "the PDF cannot be written");
    if (!m_impl->created.empty() || !m_impl->viewports.empty()) {
        PdfUpdate update(m_impl->bytes);
        if (!m_impl->created.empty())
            update.extend(update.info(), fmt::format("   /CreationDate (D:{})", m_impl->created));
        add_viewports(update, m_impl->viewports);
        m_impl->bytes += update.bytes();
    }
    sink(std::as_bytes(std::span(m_impl->bytes)));
}

} // namespace harmattan::render
