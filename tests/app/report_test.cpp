// harmattan report on the demo: one well-formed page that fetches nothing, the same every time, in both languages.

#include "app/program.hpp"
#include "app/report/html.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <regex>

namespace harmattan::test {

namespace {

const std::string demo = HARMATTAN_TEST_DATA "/demo/map.toml";

/// All that a pattern's first group takes in the text.
std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
    std::vector<std::string> found;
    const std::regex expression(pattern);
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.push_back((*at)[1]);
    return found;
}

/// The page without what its pictures hold (std::regex recurses over long texts).
std::string without_pictures(std::string html) {
    static const std::string start = "data:image/svg+xml;base64,";
    for (std::size_t at = 0; (at = html.find(start, at)) != std::string::npos; at += start.size())
        html.erase(at + start.size(), html.find('"', at) - at - start.size());
    return html;
}

std::string report(const TemporaryFolder& folder, std::vector<std::string> more = {}) {
    std::vector<std::string> line{"report", demo, "-o", "out", "-q", "--force"};
    line.insert(line.end(), more.begin(), more.end());
    const ProgramRun run = run_program(line, folder.path());
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(run.err, "");
    return read_file(folder.path() / "out" / "index.html");
}

std::string text_between(const std::string& html, const std::string& from, const std::string& to) {
    const std::size_t begin = html.find(from);
    if (begin == std::string::npos) return {};
    return html.substr(begin, html.find(to, begin) - begin);
}

} // namespace

TEST(Html, EscapesTextsAndValuesAndClosesWhatItOpened) {
    app::Html html;
    html.open("p", {{"title", "\"<&>'"}});
    html.text("a < b");
    html.phrase("a", "x", {{"href", "?a&b"}});
    html.close();
    EXPECT_EQ(html.take(), "<p title=\"&quot;&lt;&amp;&gt;&#39;\">a &lt; b<a href=\"?a&amp;b\">x</a></p>\n");
    app::Html open;
    open.open("p");
    EXPECT_THROW(open.take(), geo::Error);
    EXPECT_THROW(app::Html().close(), geo::Error);
}

TEST(Report, IsOnePageThatFetchesNothing) {
    const TemporaryFolder folder;
    const std::string html = without_pictures(report(folder, {"--url", "https://maps.example.org/sahel"}));
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"out"});
    EXPECT_EQ(names_in(folder.path() / "out"), std::vector<std::string>{"index.html"});
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("<link"), std::string::npos);
    EXPECT_EQ(html.find("url("), std::string::npos);
    EXPECT_EQ(html.find("@import"), std::string::npos);
    for (const std::string& address : all_of(html, R"re( (?:src|srcset)="([^"]*)")re"))
        EXPECT_EQ(address, "data:image/svg+xml;base64,");
    for (const std::string& address : all_of(html, R"re( href="([^"]*)")re"))
        EXPECT_TRUE(address.starts_with("#") || address == "https://maps.example.org/sahel") << address;
}

TEST(Report, PicturesShowWithoutAnythingElse) {
    const TemporaryFolder folder;
    const std::string html = report(folder);
    folder.write("check.py", R"py(import base64, re, sys, xml.dom.minidom as dom
html = open(sys.argv[1], encoding='utf-8').read()
found = re.findall(r'data:image/svg\+xml;base64,([^"]+)"', html)
for text in found:
    root = dom.parseString(base64.b64decode(text)).documentElement
    for e in root.getElementsByTagName('*'):
        for name in ('href', 'xlink:href'):
            value = e.getAttribute(name)
            assert value == '' or value.startswith(('#', 'data:image/png;base64,')), value
assert len(found) == 6, len(found)
assert all(len(text) < 1500000 for text in found)
)py");
    if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "no python3";
    EXPECT_EQ(std::system(("python3 " + (folder.path() / "check.py").string() + " " +
                           (folder.path() / "out/index.html").string())
                              .c_str()),
              0);
}

TEST(Report, IsWellFormedAndItsHeadingsAreInOrder) {
    const TemporaryFolder folder;
    report(folder, {"--title", "A <b>\"title\"</style></b> & more"});
    folder.write("check.py", R"py(import sys
from html.parser import HTMLParser
void = {'meta', 'img', 'source'}
class Check(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.level, self.ids, self.targets, self.h1 = [], 0, [], [], ''
    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if 'id' in a: self.ids.append(a['id'])
        for name in ('href', 'aria-labelledby'):
            if a.get(name, '').startswith('#') or name == 'aria-labelledby' and name in a: self.targets.append(a[name].lstrip('#'))
        if tag == 'img': assert len(a['alt']) > 40, a['alt']
        if tag == 'th': assert a['scope'] in ('row', 'col')
        if tag == 'table': self.caption = False
        if tag == 'caption': self.caption = True
        if tag == 'tbody': assert self.caption
        if len(tag) == 2 and tag[0] == 'h' and tag[1].isdigit():
            assert int(tag[1]) <= self.level + 1, tag
            self.level = int(tag[1])
        if tag not in void: self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()
    def handle_data(self, data):
        if self.open and self.open[-1] == 'h1': self.h1 += data
check = Check()
check.feed(open(sys.argv[1], encoding='utf-8').read())
check.close()
assert not check.open, check.open
assert len(set(check.ids)) == len(check.ids), check.ids
assert set(check.targets) <= set(check.ids), set(check.targets) - set(check.ids)
assert check.h1 == 'A <b>"title"</style></b> & more', check.h1
)py");
    if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "no python3";
    EXPECT_EQ(std::system(("python3 " + (folder.path() / "check.py").string() + " " +
                           (folder.path() / "out/index.html").string())
                              .c_str()),
              0);
}

TEST(Report, SaysTheStudysNumbers) {
    const TemporaryFolder folder;
    const std::string html = without_pictures(report(folder));
    EXPECT_NE(html.find("<dt>Incidents drawn</dt>\n<dd>618</dd>"), std::string::npos);
    EXPECT_NE(text_between(html, "<header>", "</header>").find("Illustrative data: these incidents are made up."),
              std::string::npos);
    const std::string months = text_between(html, "id=\"table-months\"", "</table>");
    EXPECT_NE(months.find("<th scope=\"row\">May 2025</th><td class=\"number\">93</td>"), std::string::npos) << months;
    std::uint64_t sum = 0;
    for (const std::string& n :
         all_of(text_between(months, "<tbody>", "</tbody>"), "</th><td class=\"number\">([0-9]+)</td>"))
        sum += std::stoull(n);
    EXPECT_EQ(sum, 618u);
    EXPECT_EQ(all_of(text_between(html, "id=\"table-units\"", "</tbody>"), "(<th scope=\"row\">)").size(), 20u);
    EXPECT_NE(text_between(html, "id=\"table-precision\"", "</table>").find("Known to a place"), std::string::npos);
    EXPECT_NE(text_between(html, "id=\"table-rows\"", "</table>").find("Rows read"), std::string::npos);
    const std::string digest =
        all_of(html, "digest_xxh3_128&quot;: ?&quot;([0-9a-f]{32})").at(0); // the JSON's, and the one for readers
    EXPECT_NE(html.find("<dd>" + digest + "</dd>"), std::string::npos);
}

TEST(Report, SaysEveryReasonOfTheLedger) {
    const TemporaryFolder folder;
    folder.write(
        "events.csv",
        "lon,lat,date\n-4,14,2025-07-01\n-4.1,14.2,2025-07-02\n,,2025-07-03\nx,14,2025-07-04\n-4,14,2025-06-01\n");
    const ProgramRun run = run_program({"report", "events.csv", "-o", "out", "-q", "--from", "2025-07-01",
                                        "--max-reject", "50%", "--bandwidth-km", "20"},
                                       folder.path());
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const std::string rows =
        text_between(without_pictures(read_file(folder.path() / "out/index.html")), "id=\"table-rows\"", "</table>");
    for (const char* reason : {"no coordinates", "longitude is no number", "outside the period"})
        EXPECT_NE(rows.find(reason), std::string::npos) << rows;
}

TEST(Report, GivesTheSameBytesTwiceAndForAnyThreads) {
    const TemporaryFolder folder;
    const std::string first = report(folder, {"--threads", "1"}), second = report(folder, {"--threads", "3"});
    EXPECT_EQ(first.size(), second.size());
    EXPECT_TRUE(first == second);
    EXPECT_EQ(without_pictures(first).find("Created"), std::string::npos); // no clock
    EXPECT_NE(without_pictures(report(folder, {"--created", "2025-11-03"}))
                  .find("<dt>Created</dt>\n<dd>3 November 2025 (UTC)</dd>"),
              std::string::npos);
}

TEST(Report, SpeaksFrench) {
    const TemporaryFolder folder;
    const std::string html = without_pictures(report(folder, {"--lang", "fr"}));
    EXPECT_NE(html.find("<html lang=\"fr\">"), std::string::npos);
    for (const char* words : {"Données fictives, pour illustration", "Incidents par mois", "Mai 2025",
                              "Limites et avertissements", "Largeur de bande", "Burkina Faso"})
        EXPECT_NE(html.find(words), std::string::npos) << words;
    const std::string body = text_between(html, "<body>", "<details"); // the JSON's keys are English
    for (const char* words : {">Where", "Incidents drawn", "Month", "made up", "Share", "Method<"})
        EXPECT_EQ(body.find(words), std::string::npos) << words;
    const std::string told = std::regex_replace(body, std::regex("<[^>]*>"), "");
    std::smatch found;
    EXPECT_FALSE(std::regex_search(told, found, std::regex(".{0,20} ([;:!?%]|»)")))
        << "a line may end before the mark of: " << found.str();
    EXPECT_NE(told.find("\u00a0: "), std::string::npos);
    EXPECT_NE(told.find("\u202f; "), std::string::npos);
}

TEST(Report, ReplacesNothingButAReport) {
    const TemporaryFolder folder;
    report(folder);
    EXPECT_EQ(run_program({"report", demo, "-o", "out", "-q"}, folder.path()).exit_code, 73);
    folder.write("site/index.html", "<!DOCTYPE html><title>Somebody's</title>");
    EXPECT_EQ(run_program({"report", demo, "-o", "site", "-q", "--force"}, folder.path()).exit_code, 73);
    EXPECT_EQ(read_file(folder.path() / "site/index.html"), "<!DOCTYPE html><title>Somebody's</title>");
    folder.write("out/mine.txt", "mine");
    EXPECT_EQ(run_program({"report", demo, "-o", "out", "-q", "--force"}, folder.path()).exit_code, 73);
    EXPECT_EQ(names_in(folder.path() / "out"), (std::vector<std::string>{"index.html", "mine.txt"}));
    EXPECT_EQ(names_in(folder.path()), (std::vector<std::string>{"out", "site"}));
}

TEST(Report, WrongLinesAreRefusedBeforeAnythingIsRead) {
    const TemporaryFolder folder;
    for (const std::vector<std::string>& line :
         std::vector<std::vector<std::string>>{{"report", demo},
                                               {"report", demo, "-o", "out", "--kind", "bars"},
                                               {"report", demo, "-o", "out", "--ledger", "out/ledger.json"},
                                               {"report", demo, "-o", "out/", "--ledger", "out/ledger.json"},
                                               {"report", demo, "-o", "out", "--created", "soon"}})
        EXPECT_EQ(run_program(line, folder.path()).exit_code, 64) << line.back();
    EXPECT_EQ(run_program({"report", "absent.csv", "-o", "out"}, folder.path()).exit_code, 66);
    EXPECT_TRUE(names_in(folder.path()).empty());
}

} // namespace harmattan::test
