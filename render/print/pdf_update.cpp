#include "render/print/pdf_update.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

[[noreturn]] void refuse(std::string_view what) {
    throw geo::Error(geo::ErrorKind::internal, fmt::format("Cairo's PDF is not as expected: {}", what));
}

// Reads numbers and words one after the other.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    void skip_blanks() { m_text.remove_prefix(std::min(m_text.find_first_not_of(" \t\r\n"), m_text.size())); }
    bool take(std::string_view word) {
        skip_blanks();
        if (!m_text.starts_with(word)) return false;
        m_text.remove_prefix(word.size());
        return true;
    }
    std::size_t number(std::string_view what) {
        skip_blanks();
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
        if (error != std::errc()) refuse(fmt::format("no number for {}", what));
        m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
        return value;
    }
    /// "12 0 R"
    int reference(std::string_view what) {
        const std::size_t object = number(what);
        number(what);
        if (!take("R")) refuse(fmt::format("no reference for {}", what));
        return static_cast<int>(object);
    }

private:
    std::string_view m_text;
};

// What follows a dictionary's key.
Reader after(std::string_view dictionary, std::string_view key) {
    const std::size_t at = dictionary.find(key);
    if (at == dictionary.npos) refuse(fmt::format("no {}", key));
    return Reader(dictionary.substr(at + key.size()));
}

} // namespace

PdfUpdate::PdfUpdate(std::string_view pdf) : m_pdf(pdf) {
    const std::size_t start = pdf.rfind("startxref");
    if (start == pdf.npos) refuse("no startxref");
    m_table = after(pdf.substr(start), "startxref").number("startxref");
    if (m_table >= pdf.size()) refuse("a cross-reference table behind its end");
    Reader table(pdf.substr(m_table));
    if (!table.take("xref") || table.number("the first object") != 0) refuse("no plain cross-reference table");
    m_offsets.resize(table.number("the count of objects"));
    if (m_offsets.size() > pdf.size()) refuse("more objects than bytes");
    for (std::size_t& offset : m_offsets) {
        offset = table.number("an offset");
        table.number("a generation");
        if (!table.take("n") && !table.take("f")) refuse("an object neither there nor free");
    }
    m_next = static_cast<int>(m_offsets.size());
    const std::size_t trailer_at = pdf.find("trailer", m_table);
    if (trailer_at == pdf.npos) refuse("no trailer");
    const std::string_view trailer = pdf.substr(trailer_at);
    m_catalog = after(trailer, "/Root").reference("/Root");
    m_info = after(trailer, "/Info").reference("/Info");
    Reader kids = after(body_of(after(body_of(m_catalog), "/Pages").reference("/Pages")), "/Kids");
    if (!kids.take("[")) refuse("no list of pages");
    while (!kids.take("]")) {
        m_pages.push_back(kids.reference("a page"));
        if (body_of(m_pages.back()).find("/Type /Page") == std::string_view::npos) refuse("a page that is none");
    }
}

std::string_view PdfUpdate::body_of(int object) const {
    if (object <= 0 || static_cast<std::size_t>(object) >= m_offsets.size() ||
        m_offsets[static_cast<std::size_t>(object)] >= m_pdf.size())
        refuse(fmt::format("object {} is not there", object));
    std::string_view text = m_pdf.substr(m_offsets[static_cast<std::size_t>(object)]);
    const std::string head = fmt::format("{} 0 obj", object);
    if (!text.starts_with(head)) refuse(fmt::format("object {} is not where it should be", object));
    text.remove_prefix(head.size());
    const std::size_t end = text.find("endobj");
    if (end == text.npos) refuse(fmt::format("object {} has no end", object));
    return text.substr(0, end);
}

int PdfUpdate::add(std::string body) {
    m_objects.emplace_back(m_next, std::move(body));
    return m_next++;
}

void PdfUpdate::extend(int object, std::string_view entries) {
    const auto changed =
        std::find_if(m_objects.begin(), m_objects.end(), [&](const auto& o) { return o.first == object; });
    std::string body = changed == m_objects.end() ? std::string(body_of(object)) : changed->second;
    const std::size_t end = body.rfind(">>");
    if (end == body.npos) refuse(fmt::format("object {} is no dictionary", object));
    body.insert(end, fmt::format("{}\n", entries));
    if (changed == m_objects.end()) m_objects.emplace_back(object, std::move(body));
    else changed->second = std::move(body);
}

std::string PdfUpdate::bytes() const {
    std::vector<std::pair<int, std::string>> objects = m_objects;
    std::sort(objects.begin(), objects.end());
    std::string out = m_pdf.ends_with('\n') ? "" : "\n";
    std::string table = "xref\n";
    for (const auto& [number, body] : objects) {
        table += fmt::format("{} 1\n{:010} 00000 n \n", number, m_pdf.size() + out.size());
        out += fmt::format("{} 0 obj\n", number);
        out += body.substr(std::min(body.find_first_not_of('\n'), body.size()));
        out += out.ends_with('\n') ? "endobj\n" : "\nendobj\n";
    }
    const std::size_t at = m_pdf.size() + out.size();
    return out + table +
           fmt::format("trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R /Prev {} >>\nstartxref\n{}\n%%EOF\n", m_next,
                       m_catalog, m_info, m_table, at);
}

} // namespace harmattan::render
