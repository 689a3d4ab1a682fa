#pragma once
// A PDF of one or more sheets: vector lines, real text in embedded subsets of the project's fonts, pictures as images.
// The same sheets give the same bytes: no clock, no random identifiers.

#include "render/print/byte_sink.hpp"
#include "render/print/georeference.hpp"
#include "render/print/sheet.hpp"

#include <memory>
#include <optional>
#include <string>

namespace harmattan::render {

struct PdfInfo {
    std::string title, author, subject, keywords;
    /// ISO 8601, "2025-11-03" or "2025-11-03T10:00:00Z"; empty: the document says no date at all.
    std::string created;
};

class PdfDocument {
public:
    /// Throws geo::Error usage where the date is none. Members throw geo::Error internal where Cairo fails.
    PdfDocument(PdfInfo info);
    ~PdfDocument();
    PdfDocument(const PdfDocument&) = delete;
    PdfDocument& operator=(const PdfDocument&) = delete;

    /// Appends a page of the sheet's size, with a bookmark if it is named. A page with a georeference is one that a GIS
    /// places (see pdf_georeference.hpp). Throws what the elements throw; the document is then of no more use.
    void add_page(const Sheet& sheet, const std::string& bookmark, const std::optional<Georeference>& georeference);
    /// Hands the whole document to the sink; nothing may follow. Throws geo::Error usage where a georeference's CRS is
    /// not known or cannot be said in a PDF.
    void finish(const ByteSink& sink);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harmattan::render
