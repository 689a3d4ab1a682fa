#pragma once
// A report as one self-contained HTML page: figures inside, no script, no address that anything is fetched from. Made
// out of values and texts that are in the page's language already; nothing is counted here.

#include <string>
#include <utility>
#include <vector>

namespace harmattan::app {

/// A picture as SVG, and the size it is shown at where there is room, in CSS pixels.
struct ReportPicture {
    std::string svg;
    int width_px = 0, height_px = 0;
};

struct ReportTable {
    struct Column {
        std::string name;
        bool number = false; ///< right-aligned
    };
    std::string id, caption;
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows; ///< the first cell names the row
    std::vector<std::string> total;             ///< last row; empty: none
    std::vector<std::string> notes;             ///< under the table
    std::string folded;                         ///< words to unfold it with; empty: it stands open
};

struct ReportFigure {
    std::string id, caption, alt;
    ReportPicture wide, narrow; ///< for pages and screens; for phones
    bool natural_width = false; ///< `wide` is not as wide as the text and not to be stretched
    std::string data;           ///< "Data: table 1": where the figure's numbers stand, …
    std::string data_id;        ///< … by the id of that table
};

/// A heading with what stands under it, in this order.
struct ReportSection {
    std::string id, heading;
    std::vector<std::string> paragraphs;
    std::vector<std::string> list;
    std::vector<ReportFigure> figures;
    std::vector<ReportTable> tables;
    std::vector<std::pair<std::string, std::string>> facts; ///< label and value; one that is `link` becomes a link
    std::string link;
    std::string code, code_title; ///< folded
};

struct ReportContent {
    std::string lang = "en";
    std::string document_title;      ///< of the browser's tab, and at the foot of printed pages
    std::string title, place_period; ///< heading and the line under it
    std::string warning;             ///< made-up data; empty: none
    std::string summary;
    std::string description; ///< for the page's head
    std::string contents_label;
    std::vector<std::pair<std::string, std::string>> key_numbers;
    std::string key_label;
    std::vector<ReportSection> sections;
    std::string generator;
};

/// The same content gives the same bytes.
std::string report_html(const ReportContent& content);

} // namespace harmattan::app
