#include "render/print/svg_text.hpp"

#include "render/print/xml_text.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <pango/pango.h>

namespace harmattan::render {

namespace {

struct FreeDescription {
    void operator()(PangoFontDescription* d) const noexcept { pango_font_description_free(d); }
};

void append_attribute(std::string& to, std::string_view name, double value) {
    to += ' ';
    to += name;
    to += "=\"";
    append_hundredths(to, value);
    to += '"';
}

double degrees(const PlacedGlyph& g) {
    return std::atan2(static_cast<double>(g.sine), static_cast<double>(g.cosine)) * 180 / std::numbers::pi;
}

bool is_straight(std::span<const PlacedGlyph> glyphs) {
    return std::all_of(glyphs.begin(), glyphs.end(),
                       [&](const PlacedGlyph& g) { return g.cosine == glyphs[0].cosine && g.sine == glyphs[0].sine; });
}

// Where a line's pen starts (its left end, on the baseline), in the run's own upright frame, pixels from the anchor.
PixelPoint start_of(const TextRun& run, const TextLine& line) {
    const auto upright = [](const PlacedGlyph& g) {
        return PixelPoint{static_cast<double>(g.x * g.cosine + g.y * g.sine),
                          static_cast<double>(g.y * g.cosine - g.x * g.sine)};
    };
    PixelPoint start = upright(run.glyphs[line.begin]);
    std::vector<double> heights; // marks stand off the baseline, most glyphs on it
    for (std::size_t i = line.begin; i < line.end; ++i) {
        const PixelPoint at = upright(run.glyphs[i]);
        heights.push_back(at.y);
        if (run.glyphs[i].text_at == run.glyphs[line.begin].text_at) start.x = std::min(start.x, at.x);
    }
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
    start.y = heights[heights.size() / 2];
    return start;
}

// why: XML readers fold runs of blanks into one.
bool needs_blanks_kept(std::string_view text) {
    return text.find("  ") != text.npos || text.starts_with(' ') || text.ends_with(' ');
}

// Reading from the right, a text's "end" is its left end.
constexpr std::string_view right_to_left = " direction=\"rtl\" text-anchor=\"end\"";

class Writer {
public:
    Writer(std::string& to, PixelPoint anchor, const TextRun& run, std::string_view attributes)
        : m_to(to), m_anchor(anchor), m_run(run), m_attributes(attributes) {}

    void straight(std::span<const TextLine> lines) {
        const PlacedGlyph& first = m_run.glyphs[lines[0].begin];
        const bool turned = first.sine != 0 || first.cosine != 1;
        m_origin = turned ? PixelPoint{0, 0} : m_anchor;
        m_to += "<text";
        m_to += m_attributes;
        if (turned) {
            m_to += " transform=\"translate(";
            append_hundredths(m_to, m_anchor.x);
            m_to += ' ';
            append_hundredths(m_to, m_anchor.y);
            m_to += ") rotate(";
            append_hundredths(m_to, degrees(first));
            m_to += ")\"";
        }
        if (lines[0].right_to_left) m_to += right_to_left;
        if (std::any_of(lines.begin(), lines.end(),
                        [](const TextLine& line) { return needs_blanks_kept(line.text()); }))
            m_to += " xml:space=\"preserve\"";
        if (lines.size() == 1) {
            line(lines[0]);
        } else {
            m_to += '>';
            for (const TextLine& each : lines) {
                m_to += "<tspan";
                line(each);
                // For who reads or copies it as one text; where a line's end is its place, a blank would move it.
                if (&each != &lines.back() && !each.right_to_left) m_to += ' ';
                m_to += "</tspan>";
            }
        }
        m_to += "</text>";
    }

    // A place and a turn for every character.
    void along_path(std::span<const TextLine> lines) {
        std::string x, y, turn, text;
        for (const TextLine& each : lines)
            for (const TextSpan& span : each.spans) letters(span, x, y, turn, text);
        m_to += "<text";
        m_to += m_attributes;
        m_to += " x=\"" + x + "\" y=\"" + y + "\" rotate=\"" + turn + '"';
        if (needs_blanks_kept(text)) m_to += " xml:space=\"preserve\"";
        m_to += '>' + text + "</text>";
    }

private:
    void line(const TextLine& line) {
        const PixelPoint start = start_of(m_run, line);
        append_attribute(m_to, "x", m_origin.x + start.x);
        append_attribute(m_to, "y", m_origin.y + start.y);
        m_to += '>' + to_xml(line.text());
    }

    void letters(const TextSpan& span, std::string& x, std::string& y, std::string& turn, std::string& text) {
        std::size_t at = 0, glyph = 0;
        for (const TextSpan::Cluster& cluster : span.clusters) {
            const PlacedGlyph& first = m_run.glyphs[span.backward ? span.end - 1 - glyph : span.begin + glyph];
            const std::string_view shown = std::string_view(span.text).substr(at, cluster.bytes);
            for (const char c : shown) { // a value for each character: those of one letter share its place
                if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) continue;
                for (std::string* list : {&x, &y, &turn})
                    if (!list->empty()) *list += ' ';
                append_hundredths(x, m_anchor.x + static_cast<double>(first.x));
                append_hundredths(y, m_anchor.y + static_cast<double>(first.y));
                append_hundredths(turn, degrees(first));
            }
            text += to_xml(shown);
            at += cluster.bytes;
            glyph += cluster.glyphs;
        }
    }

    std::string& m_to;
    const PixelPoint m_anchor;
    const TextRun& m_run;
    const std::string_view m_attributes;
    PixelPoint m_origin;
};

} // namespace

void append_svg_text(std::string& to, PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                     std::string_view attributes) {
    if (lines.empty()) return;
    Writer writer(to, anchor, run, attributes);
    if (!is_straight(run.glyphs)) return writer.along_path(lines);
    const bool one_direction = std::all_of(
        lines.begin(), lines.end(), [&](const TextLine& line) { return line.right_to_left == lines[0].right_to_left; });
    if (one_direction) return writer.straight(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) writer.straight(lines.subspan(i, 1));
}

std::string svg_font_attributes(const TextRun& run) {
    const std::unique_ptr<PangoFontDescription, FreeDescription> font(
        pango_font_description_from_string(std::string(run.font).c_str()));
    std::string out;
    append_attribute(out, "font-size", run.size_px);
    // The project has no weights between these two, so none of them was drawn.
    if (pango_font_description_get_weight(font.get()) >= PANGO_WEIGHT_SEMIBOLD) out += " font-weight=\"bold\"";
    if (pango_font_description_get_style(font.get()) != PANGO_STYLE_NORMAL) out += " font-style=\"italic\"";
    if (run.letter_spacing != 0) append_attribute(out, "letter-spacing", run.letter_spacing * run.size_px);
    return out;
}

} // namespace harmattan::render
