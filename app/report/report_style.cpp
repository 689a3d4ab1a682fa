#include "app/report/report_style.hpp"

#include "geo/utf8.hpp"

#include <fmt/format.h>

namespace harmattan::app {

namespace {

/// A CSS string: what could end it, or the style element around it, is escaped.
std::string css_string(const std::string& text) {
    std::string out = "\"";
    for (const char c : geo::to_valid_utf8(text)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>')
            out += fmt::format("\\{:x} ", static_cast<unsigned>(c));
        else out += c;
    }
    return out + "\"";
}

constexpr const char* looks =
    R"(:root { color-scheme: light; --ink: #1f2328; --soft: #57606a; --line: #d0d7de; --pale: #f6f7f8; --accent: #1a4f8b; }
* { box-sizing: border-box; }
html { font: 100%/1.5 "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: var(--ink); background: #fff; -webkit-text-size-adjust: 100%; }
body { margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem 3rem; }
header { padding-top: 2.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .75rem; padding-top: .75rem; border-top: 2px solid var(--ink); }
section { margin-top: 2.75rem; }
p { margin: 0 0 .85rem; max-width: 42rem; }
a { color: var(--accent); overflow-wrap: anywhere; }
.period { color: var(--soft); font-size: 1.05rem; margin-bottom: 1.25rem; }
.warning { margin: 0 0 1.25rem; padding: .7rem 1rem; max-width: none; border: 2px solid #9a5b00; border-left-width: .6rem; background: #fff4d6; color: #4d2d00; font-weight: 700; font-size: 1.05rem; }
.summary { font-size: 1.08rem; }
.keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); margin: 1.5rem 0; border: solid var(--line); border-width: 1px 0 0 1px; }
.keys div { border: solid var(--line); border-width: 0 1px 1px 0; padding: .7rem .9rem; display: flex; flex-direction: column; justify-content: space-between; gap: .2rem; }
.keys dt { color: var(--soft); font-size: .82rem; line-height: 1.35; }
.keys dd { margin: 0; font-size: 1.1rem; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; font-size: .92rem; }
figure { margin: 0 0 2rem; }
/* A figure's own white margin of 2 mm hangs out, so that what is drawn stands flush with the text. */
figure img { display: block; width: 102.2%; max-width: none; height: auto; margin: 0 0 0 -1.1%; }
figcaption { margin-top: .5rem; font-size: .88rem; line-height: 1.45; color: var(--soft); max-width: 42rem; }
@media not all and (max-width: 560px) {
  .natural img { width: auto; max-width: 100%; margin-left: -2mm; }
}
.scroll { overflow-x: auto; margin: 0 0 .5rem; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid #4a90d9; outline-offset: 2px; }
.scroll ~ .scroll, .note + .scroll, .scroll + details, .note + details { margin-top: 1.75rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.35; }
caption { caption-side: top; text-align: left; font-weight: 600; padding-bottom: .45rem; }
th, td { text-align: left; vertical-align: baseline; padding: .32rem .75rem .32rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
tbody th, tfoot th { font-weight: 400; }
thead th { color: var(--soft); font-size: .82rem; font-weight: 600; vertical-align: bottom; border-bottom: 1.5px solid var(--ink); }
tfoot th, tfoot td { font-weight: 600; border-top: 1.5px solid var(--ink); border-bottom: 0; }
.few { max-width: 34rem; }
thead .number { white-space: normal; width: 18%; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.note { font-size: .85rem; color: var(--soft); margin-bottom: .5rem; }
section > ul { margin: 0; padding-left: 1.2rem; }
section > ul li { margin-bottom: .35rem; overflow-wrap: anywhere; }
.facts { margin: 0 0 1.25rem; font-size: .92rem; }
.facts div { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: 1rem; padding: .32rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
details { margin: 0 0 1rem; }
summary { cursor: pointer; color: var(--accent); padding: .3rem 0; }
pre { margin: .5rem 0 0; padding: .75rem; background: var(--pale); font-size: .78rem; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 560px) {
  main { padding: 0 1rem 2.5rem; }
  header { padding-top: 1.25rem; }
  h1 { font-size: 1.5rem; }
  th, td { padding-right: .6rem; }
  figure img { width: 104.4%; margin-left: -2.2%; }
  .keys { grid-template-columns: 1fr 1fr; }
  .facts div { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  html { font-size: 9.5pt; line-height: 1.4; }
  main { max-width: none; padding: 0; }
  header { padding-top: 0; }
  nav, details { display: none; }
  a { color: inherit; text-decoration: none; }
  section { margin-top: 7mm; }
  h1, h2, caption { break-after: avoid; }
  p, li { orphans: 3; widows: 3; }
  figure, tr, .short, .facts div, .keys, .warning, .note { break-inside: avoid; }
  figure { margin-bottom: 6mm; }
  figure img { max-height: 215mm; object-fit: contain; object-position: 0 0; }
  tbody tr:nth-child(-n+3) { break-after: avoid; }
  tbody tr:nth-last-child(-n+3), tfoot tr { break-before: avoid; }
  p, figcaption { max-width: 150mm; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  .warning { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)";

} // namespace

std::string report_style(const std::string& title, const std::string& warning) {
    return fmt::format("{}@page {{\n  size: A4; margin: 16mm 16mm 18mm;\n  @bottom-left {{ content: {}; font: 7.5pt "
                       "sans-serif; color: #57606a; }}\n"
                       "  @bottom-right {{ content: counter(page) \" / \" counter(pages); white-space: nowrap; font: "
                       "7.5pt sans-serif; color: #57606a; }}\n}}\n",
                       looks, css_string(warning.empty() ? title : title + " – " + warning));
}

} // namespace harmattan::app
