#pragma once
// HTML as text: escaping, and a writer that closes what it opened, so that a page cannot come out ill-formed.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harmattan::app {

/// Text for an HTML page or attribute.
std::string html_text(const std::string& text);

using HtmlAttributes = std::vector<std::pair<std::string_view, std::string>>;

/// Elements are opened, filled and closed in order; texts and attribute values are escaped. Tags are the program's own
/// words.
class Html {
public:
    void open(std::string_view tag, const HtmlAttributes& attributes = {});
    void close();
    /// An element with nothing but text, on a line of its own.
    void element(std::string_view tag, const std::string& text, const HtmlAttributes& attributes = {});
    /// The same within a line of text.
    void phrase(std::string_view tag, const std::string& text, const HtmlAttributes& attributes = {});
    /// An element without content: meta, img, source.
    void lone(std::string_view tag, const HtmlAttributes& attributes);
    void text(const std::string& text);
    /// Unescaped: the document type, a style sheet.
    void raw(std::string_view markup);

    /// What was written. Throws Error internal where an element is still open.
    std::string take();

private:
    void put_tag(std::string_view tag, const HtmlAttributes& attributes);

    std::string m_out;
    std::vector<std::string> m_open;
};

} // namespace harmattan::app
