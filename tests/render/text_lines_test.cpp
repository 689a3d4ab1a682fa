#include "render/print/text_lines.hpp"

#include "render/text/label.hpp"
#include "sheets.hpp"

#include <gtest/gtest.h>

namespace harmattan::render {

namespace {

// A block set at size 20; keeps what the lines' run points to.
class Block {
public:
    explicit Block(const TextStyle& style)
        : m_style(style), m_label(set_at({0, 0}, m_setter.set(style), {}, 0, 0, {20, 0, 0})) {}
    TextRun run() const { return {m_style.text, m_style.font, 20, m_label.glyphs}; }
    std::vector<TextLine> lines() const { return split_lines(run()); }

private:
    Typesetter m_setter;
    TextStyle m_style;
    Label m_label;
};

std::vector<std::string> texts_of(const std::vector<TextLine>& lines) {
    std::vector<std::string> out;
    for (const TextLine& line : lines) out.push_back(line.text());
    return out;
}

// Every span's clusters share out all of its text and all of its glyphs; all glyphs are in some span.
void expect_complete(const Block& block) {
    std::size_t glyphs = 0;
    for (const TextLine& line : block.lines())
        for (const TextSpan& span : line.spans) {
            std::size_t bytes = 0, of_clusters = 0;
            for (const TextSpan::Cluster& c : span.clusters) bytes += c.bytes, of_clusters += c.glyphs;
            EXPECT_EQ(bytes, span.text.size());
            EXPECT_EQ(of_clusters, span.end - span.begin);
            glyphs += of_clusters;
        }
    EXPECT_EQ(glyphs, block.run().glyphs.size());
}

} // namespace

TEST(TextLines, AreThoseOfTheBlockWithoutTheBlanksBetweenThem) {
    TextStyle style = test::text_style("République démocratique du Congo\n(RDC)");
    style.max_width = 12;
    const Block block(style);
    EXPECT_EQ(texts_of(block.lines()), (std::vector<std::string>{"République", "démocratique du Congo", "(RDC)"}));
    expect_complete(block);
}

TEST(TextLines, ReadBackwardWhereTheScriptDoes) {
    const Block block(test::text_style("الحدود"));
    const std::vector<TextLine> lines = block.lines();
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_TRUE(lines[0].right_to_left);
    ASSERT_EQ(lines[0].spans.size(), 1u);
    EXPECT_TRUE(lines[0].spans[0].backward);
    EXPECT_EQ(lines[0].text(), "الحدود");
    expect_complete(block);
}

TEST(TextLines, KeepReadingOrderWhereDirectionsMix) {
    TextStyle style = test::text_style("Tombouctou تمبكتو 1893");
    style.max_width = 0;
    const Block latin(style);
    style.text = "تمبكتو Tombouctou 1893";
    const Block arabic(style);
    EXPECT_EQ(texts_of(latin.lines()), std::vector<std::string>{"Tombouctou تمبكتو 1893"});
    EXPECT_FALSE(latin.lines()[0].right_to_left);
    EXPECT_EQ(texts_of(arabic.lines()), std::vector<std::string>{"تمبكتو Tombouctou 1893"});
    EXPECT_TRUE(arabic.lines()[0].right_to_left);
    expect_complete(latin);
    expect_complete(arabic);
}

TEST(TextLines, KeepMarksWithTheirLetters) {
    const Block block(test::text_style("Se\u0301gou")); // e and a combining acute
    const std::vector<TextLine> lines = block.lines();
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].text(), "Se\u0301gou");
    ASSERT_EQ(lines[0].spans.size(), 1u);
    EXPECT_EQ(lines[0].spans[0].clusters.size(), 5u);
    EXPECT_EQ(lines[0].spans[0].clusters[1].bytes, 3u);
    expect_complete(block);
}

TEST(TextLines, BreakSpansWhereTheFontChanges) {
    const Block block(test::text_style("aⵜb"));
    const std::vector<TextLine> lines = block.lines();
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].spans.size(), 3u);
    EXPECT_EQ(lines[0].text(), "aⵜb");
    expect_complete(block);
}

TEST(TextLines, AreValidUtf8WhateverTheTextIs) {
    const Block block(test::text_style("a\xff"
                                       "b"));
    EXPECT_EQ(texts_of(block.lines()), std::vector<std::string>{"a\xef\xbf\xbd"
                                                                "b"});
}

} // namespace harmattan::render
