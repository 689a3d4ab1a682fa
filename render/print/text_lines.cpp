#include "render/print/text_lines.hpp"

#include "geo/utf8.hpp"

#include <algorithm>

namespace harmattan::render {

namespace {

// A new line begins at least this far below the one before, ems: marks above and below letters lie nearer.
constexpr double line_step = 0.5;

bool same_turn(const PlacedGlyph& a, const PlacedGlyph& b) { return a.cosine == b.cosine && a.sine == b.sine; }

// How far below the anchor a glyph stands, in its own upright frame.
double below(const PlacedGlyph& g) { return static_cast<double>(g.y * g.cosine - g.x * g.sine); }

class Splitter {
public:
    explicit Splitter(const TextRun& run) : m_run(run), m_glyphs(run.glyphs) {
        for (const PlacedGlyph& g : m_glyphs) m_starts.push_back(g.text_at);
        std::sort(m_starts.begin(), m_starts.end());
        m_starts.erase(std::unique(m_starts.begin(), m_starts.end()), m_starts.end());
        for (const PlacedGlyph& g : m_glyphs)
            m_order.push_back(std::lower_bound(m_starts.begin(), m_starts.end(), g.text_at) - m_starts.begin());
        m_least_after.resize(m_order.size());
        std::ptrdiff_t least = static_cast<std::ptrdiff_t>(m_starts.size());
        for (std::size_t i = m_order.size(); i-- > 0;) m_least_after[i] = least = std::min(least, m_order[i]);
    }

    std::vector<TextLine> lines() const {
        std::vector<TextLine> out;
        std::ptrdiff_t most = -1;
        for (std::size_t i = 0; i < m_glyphs.size(); ++i) {
            const bool breaks = i == 0 || (most < m_least_after[i] && same_turn(m_glyphs[i - 1], m_glyphs[i]) &&
                                           below(m_glyphs[i]) - below(m_glyphs[i - 1]) > line_step * m_run.size_px);
            if (breaks) out.push_back({i, i, {}, false});
            out.back().end = i + 1;
            most = std::max(most, m_order[i]);
        }
        for (TextLine& line : out) {
            split(line);
            line.right_to_left = m_order[line.begin] > m_order[line.end - 1];
        }
        return out;
    }

private:
    // A span goes on while its clusters follow each other in the text, all forward or all backward.
    void split(TextLine& line) const {
        std::ptrdiff_t direction = 0;
        for (std::size_t i = line.begin; i < line.end; ++i) {
            const std::ptrdiff_t step = i == line.begin ? 0 : m_order[i] - m_order[i - 1];
            const bool goes_on = i > line.begin && m_glyphs[i].outline->font == m_glyphs[i - 1].outline->font &&
                                 same_turn(m_glyphs[i], m_glyphs[i - 1]) &&
                                 (step == 0 || ((step == 1 || step == -1) && (direction == 0 || step == direction)));
            if (!goes_on) {
                line.spans.push_back({i, i, {}, {}, false});
                direction = 0;
            } else if (step != 0) {
                direction = step;
            }
            line.spans.back().end = i + 1;
            line.spans.back().backward = direction < 0;
        }
        for (TextSpan& span : line.spans) add_text(span);
        std::stable_sort(line.spans.begin(), line.spans.end(),
                         [&](const TextSpan& a, const TextSpan& b) { return first_of(a) < first_of(b); });
    }

    std::ptrdiff_t first_of(const TextSpan& span) const { return m_order[span.backward ? span.end - 1 : span.begin]; }

    void add_text(TextSpan& span) const {
        std::ptrdiff_t last = -1;
        for (std::size_t k = 0; k < span.end - span.begin; ++k) {
            const std::ptrdiff_t order = m_order[span.backward ? span.end - 1 - k : span.begin + k];
            if (order != last) {
                const std::string text = text_of(static_cast<std::size_t>(order));
                span.text += text;
                span.clusters.push_back({text.size(), 0});
                last = order;
            }
            ++span.clusters.back().glyphs;
        }
    }

    // What the cluster shows, without the blanks after it that a line break swallowed (others have glyphs of their
    // own).
    std::string text_of(std::size_t order) const {
        const std::size_t begin = std::min<std::size_t>(m_starts[order], m_run.text.size());
        const std::size_t end = order + 1 < m_starts.size()
                                    ? std::min<std::size_t>(m_starts[order + 1], m_run.text.size())
                                    : m_run.text.size();
        std::string text = geo::to_valid_utf8(m_run.text.substr(begin, end - begin));
        const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
        while (text.size() > 1 && is_blank(text.back())) text.pop_back();
        for (char& c : text)
            if (static_cast<unsigned char>(c) < 0x20) c = ' ';
        return text;
    }

    const TextRun& m_run;
    std::span<const PlacedGlyph> m_glyphs;
    std::vector<std::uint32_t> m_starts;       ///< of clusters, in reading order
    std::vector<std::ptrdiff_t> m_order;       ///< per glyph: which cluster
    std::vector<std::ptrdiff_t> m_least_after; ///< per glyph: the first cluster of it and those that follow
};

} // namespace

std::string TextLine::text() const {
    std::string all;
    for (const TextSpan& span : spans) all += span.text;
    return all;
}

std::vector<TextLine> split_lines(const TextRun& run) { return Splitter(run).lines(); }

} // namespace harmattan::render
