#include "app/report/html.hpp"

#include "geo/error.hpp"
#include "geo/utf8.hpp"

#include <fmt/format.h>

namespace harmattan::app {

std::string html_text(const std::string& text) {
    std::string out;
    for (const char c : geo::to_valid_utf8(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

void Html::put_tag(std::string_view tag, const HtmlAttributes& attributes) {
    m_out += '<';
    m_out += tag;
    for (const auto& [name, value] : attributes) {
        m_out += ' ';
        m_out += name;
        m_out += "=\"";
        m_out += html_text(value);
        m_out += '"';
    }
    m_out += '>';
}

void Html::open(std::string_view tag, const HtmlAttributes& attributes) {
    put_tag(tag, attributes);
    m_open.emplace_back(tag);
}

void Html::close() {
    if (m_open.empty()) throw geo::Error(geo::ErrorKind::internal, "HTML: nothing is open to be closed");
    m_out += fmt::format("</{}>\n", m_open.back());
    m_open.pop_back();
}

void Html::element(std::string_view tag, const std::string& content, const HtmlAttributes& attributes) {
    phrase(tag, content, attributes);
    m_out += '\n';
}

void Html::phrase(std::string_view tag, const std::string& content, const HtmlAttributes& attributes) {
    put_tag(tag, attributes);
    text(content);
    m_out += fmt::format("</{}>", tag);
}

void Html::lone(std::string_view tag, const HtmlAttributes& attributes) {
    put_tag(tag, attributes);
    m_out += '\n';
}

void Html::text(const std::string& content) { m_out += html_text(content); }

void Html::raw(std::string_view markup) { m_out += markup; }

std::string Html::take() {
    if (!m_open.empty())
        throw geo::Error(geo::ErrorKind::internal, fmt::format("HTML: <{}> was not closed", m_open.back()));
    return std::move(m_out);
}

} // namespace harmattan::app
