#pragma once
// An incremental update of a finished PDF (ISO 32000-1, 7.5.6): objects changed or added behind its last byte, the
// bytes before stay as they are. Understands what Cairo writes: one cross-reference table, page objects side by side in
// one tree; anything else is an Error internal.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harmattan::render {

class PdfUpdate {
public:
    /// `pdf` outlives the update.
    explicit PdfUpdate(std::string_view pdf);

    int catalog() const { return m_catalog; }
    int info() const { return m_info; }                       ///< the dictionary of title, author and dates
    const std::vector<int>& pages() const { return m_pages; } ///< object numbers, in order
    /// A new object; returns its number.
    int add(std::string body);
    /// Adds entries ("/VP [...]") to a dictionary of the document.
    void extend(int object, std::string_view entries);
    /// What is to be written after the document.
    std::string bytes() const;

private:
    std::string_view body_of(int object) const;

    std::string_view m_pdf;
    std::size_t m_table = 0; ///< where the cross-reference table is
    std::vector<std::size_t> m_offsets;
    int m_catalog = 0, m_info = 0;
    std::vector<int> m_pages;
    std::vector<std::pair<int, std::string>> m_objects; ///< number and body, new and changed
    int m_next = 0;
};

} // namespace harmattan::render
