#include "app/report/report_page.hpp"

#include "app/report/html.hpp"
#include "app/report/report_style.hpp"
#include "render/print/base64.hpp"

#include <fmt/format.h>
#include <span>

namespace harmattan::app {

namespace {

constexpr std::size_t few_columns = 3; ///< a table that needs no more than part of the page's width
constexpr std::size_t short_rows = 14; ///< a table that is not broken between pages

std::string data_address(const ReportPicture& picture) {
    std::string address = "data:image/svg+xml;base64,";
    render::append_base64(address, std::as_bytes(std::span(picture.svg)));
    return address;
}

class ReportPage {
public:
    explicit ReportPage(const ReportContent& content) : m_content(content) {}

    std::string write() {
        m_html.raw("<!DOCTYPE html>\n");
        m_html.open("html", {{"lang", m_content.lang}});
        put_head();
        m_html.open("body");
        m_html.open("main");
        put_heading();
        for (const ReportSection& section : m_content.sections) put(section);
        m_html.close();
        m_html.close();
        m_html.close();
        return m_html.take();
    }

private:
    void put_head() {
        m_html.open("head");
        m_html.lone("meta", {{"charset", "utf-8"}});
        // Nothing may be fetched: what is not in the page is not shown.
        m_html.lone("meta", {{"http-equiv", "Content-Security-Policy"},
                             {"content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'"}});
        m_html.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
        m_html.lone("meta", {{"name", "generator"}, {"content", m_content.generator}});
        m_html.lone("meta", {{"name", "description"}, {"content", m_content.description}});
        m_html.element("title", m_content.document_title);
        m_html.open("style");
        m_html.raw(report_style(m_content.document_title, m_content.warning));
        m_html.close();
        m_html.close();
    }

    void put_heading() {
        m_html.open("header");
        m_html.element("h1", m_content.title);
        if (!m_content.place_period.empty()) m_html.element("p", m_content.place_period, {{"class", "period"}});
        if (!m_content.warning.empty())
            m_html.element("p", m_content.warning, {{"class", "warning"}, {"role", "note"}});
        m_html.element("p", m_content.summary, {{"class", "summary"}});
        m_html.open("dl", {{"class", "keys"}, {"aria-label", m_content.key_label}});
        for (const auto& [label, value] : m_content.key_numbers) {
            m_html.open("div");
            m_html.element("dt", label);
            m_html.element("dd", value);
            m_html.close();
        }
        m_html.close();
        m_html.open("nav", {{"aria-label", m_content.contents_label}});
        m_html.open("ul");
        for (const ReportSection& section : m_content.sections) {
            m_html.open("li");
            m_html.phrase("a", section.heading, {{"href", "#" + section.id}});
            m_html.close();
        }
        m_html.close();
        m_html.close();
        m_html.close();
    }

    void put(const ReportSection& section) {
        m_html.open("section", {{"id", section.id}, {"aria-labelledby", section.id + "-heading"}});
        m_html.element("h2", section.heading, {{"id", section.id + "-heading"}});
        for (const std::string& paragraph : section.paragraphs) m_html.element("p", paragraph);
        if (!section.list.empty()) {
            m_html.open("ul");
            for (const std::string& item : section.list) m_html.element("li", item);
            m_html.close();
        }
        for (const ReportFigure& figure : section.figures) put(figure);
        for (const ReportTable& table : section.tables) put(table);
        if (!section.facts.empty()) {
            m_html.open("dl", {{"class", "facts"}});
            for (const auto& [label, value] : section.facts) {
                m_html.open("div");
                m_html.element("dt", label);
                m_html.open("dd");
                if (!section.link.empty() && value == section.link) m_html.phrase("a", value, {{"href", value}});
                else m_html.text(value);
                m_html.close();
                m_html.close();
            }
            m_html.close();
        }
        if (!section.code.empty()) {
            m_html.open("details");
            m_html.element("summary", section.code_title);
            m_html.open("pre");
            m_html.phrase("code", section.code);
            m_html.close();
            m_html.close();
        }
        m_html.close();
    }

    void put(const ReportFigure& figure) {
        HtmlAttributes attributes{{"id", figure.id}};
        if (figure.natural_width) attributes.emplace_back("class", "natural");
        m_html.open("figure", attributes);
        m_html.open("picture");
        m_html.lone("source", {{"media", "screen and (max-width: 560px)"},
                               {"width", fmt::format("{}", figure.narrow.width_px)},
                               {"height", fmt::format("{}", figure.narrow.height_px)},
                               {"srcset", data_address(figure.narrow)}});
        m_html.lone("img", {{"width", fmt::format("{}", figure.wide.width_px)},
                            {"height", fmt::format("{}", figure.wide.height_px)},
                            {"alt", figure.alt},
                            {"src", data_address(figure.wide)}});
        m_html.close();
        m_html.open("figcaption");
        m_html.text(figure.caption);
        if (!figure.data.empty()) {
            m_html.text(" ");
            m_html.phrase("a", figure.data, {{"href", "#" + figure.data_id}});
            m_html.text(".");
        }
        m_html.close();
        m_html.close();
    }

    void put(const ReportTable& table) {
        if (!table.folded.empty()) {
            m_html.open("details", {{"id", table.id}});
            m_html.element("summary", table.folded);
            put_table(table, {});
            m_html.close();
            return;
        }
        put_table(table, table.id);
    }

    void put_table(const ReportTable& table, const std::string& id) {
        const std::string kind = fmt::format("scroll{}{}", table.columns.size() <= few_columns ? " few" : "",
                                             table.rows.size() <= short_rows ? " short" : "");
        HtmlAttributes attributes{
            {"class", kind}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", table.caption}};
        if (!id.empty()) attributes.emplace_back("id", id);
        m_html.open("div", attributes); // where it is wider than a phone it scrolls, by keyboard too
        m_html.open("table");
        m_html.element("caption", table.caption);
        m_html.open("thead");
        m_html.open("tr");
        for (const ReportTable::Column& column : table.columns)
            m_html.element("th", column.name, with_class({{"scope", "col"}}, column));
        m_html.close();
        m_html.close();
        m_html.open("tbody");
        for (const std::vector<std::string>& row : table.rows) put_row(table, row);
        m_html.close();
        if (!table.total.empty()) {
            m_html.open("tfoot");
            put_row(table, table.total);
            m_html.close();
        }
        m_html.close();
        m_html.close();
        for (const std::string& note : table.notes) m_html.element("p", note, {{"class", "note"}});
    }

    void put_row(const ReportTable& table, const std::vector<std::string>& row) {
        m_html.open("tr");
        for (std::size_t i = 0; i < row.size(); ++i)
            m_html.phrase(i == 0 ? "th" : "td", row[i],
                          i == 0 ? HtmlAttributes{{"scope", "row"}} : with_class({}, table.columns[i]));
        m_html.close();
    }

    static HtmlAttributes with_class(HtmlAttributes attributes, const ReportTable::Column& column) {
        if (column.number) attributes.emplace_back("class", "number");
        return attributes;
    }

    const ReportContent& m_content;
    Html m_html;
};

} // namespace

std::string report_html(const ReportContent& content) { return ReportPage(content).write(); }

} // namespace harmattan::app
