#include "render/text/typesetter.hpp"

#include "geo/error.hpp"
#include "render/text/fonts.hpp"
#include "render/text/glyph_outlines.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <pango/pangocairo.h>
#include <string_view>
#include <vector>

namespace harmattan::render {

namespace {

struct Unref {
    void operator()(void* object) const noexcept { g_object_unref(object); }
};
struct FreeDescription {
    void operator()(PangoFontDescription* d) const noexcept { pango_font_description_free(d); }
};

// Text is shaped at this size, without hinting or rounding, so that it scales to any other.
constexpr double shaping_px = 64;
constexpr double em = shaping_px * PANGO_SCALE;

// From the baseline up to the middle of capitals (Noto Sans: 0.714 em high).
constexpr double half_capital = 0.357;

bool joins_letters(const std::string& text) {
    for (const char* at = text.c_str(); *at; at = g_utf8_next_char(at))
        switch (g_unichar_get_script(g_utf8_get_char(at))) {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_NKO:
        case G_UNICODE_SCRIPT_ADLAM:
        case G_UNICODE_SCRIPT_DEVANAGARI: return true;
        default: break;
        }
    return false;
}

} // namespace

struct Typesetter::Impl {
    FontMap fonts;
    std::unique_ptr<PangoContext, Unref> context;
    std::unique_ptr<GlyphOutlines> outlines;
    std::map<TextStyle, TextBlock> blocks;
    std::size_t unknown = 0;

    void open() {
        if (fonts) return;
        fonts = open_fonts();
        context.reset(pango_font_map_create_context(fonts.get()));
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_context_set_language(context.get(), pango_language_from_string("en"));
        const std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(
            cairo_font_options_create(), cairo_font_options_destroy);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(context.get(), options.get());
        outlines = std::make_unique<GlyphOutlines>(shaping_px);
    }

    TextBlock build(const TextStyle& style);
    void add_line(TextBlock& block, PangoLayoutLine* line, double x, double y);
};

namespace {

// No line ends between a number and the sign or unit after it: "10 km", "4 σ", "12.5° N".
void keep_units_with_numbers(PangoAttrList* attributes, std::string_view text) {
    static const std::vector<std::string_view> units{"km", "mm", "m", "%", "σ", "N", "S", "E", "W", "O"};
    for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
        const std::string_view before = text.substr(0, at), after = text.substr(at + 1);
        if (before.empty() || !(g_ascii_isdigit(before.back()) || before.ends_with("°"))) continue;
        const auto unit = std::find_if(units.begin(), units.end(), [&](std::string_view u) {
            return after.starts_with(u) && (after.size() == u.size() || !g_ascii_isalpha(after[u.size()]));
        });
        if (unit == units.end()) continue;
        PangoAttribute* const keep = pango_attr_allow_breaks_new(FALSE);
        keep->start_index = static_cast<guint>(at), keep->end_index = static_cast<guint>(at + 1 + unit->size());
        pango_attr_list_insert(attributes, keep);
    }
}

// Breaks into the fewest lines that keep to the greatest width; balanced, these are made about equally long.
void break_lines(PangoLayout* layout, double max_width, bool balanced) {
    int width = 0;
    pango_layout_get_size(layout, &width, nullptr);
    const int given = pango_layout_get_line_count(layout);
    if (max_width <= 0 || width <= max_width * em) return;
    pango_layout_set_wrap(layout, balanced ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR); // a label's word stays whole
    pango_layout_set_width(layout, static_cast<int>(max_width * em));
    const int lines = pango_layout_get_line_count(layout);
    if (lines <= given || !balanced) return;
    for (double narrow = width / lines; narrow < max_width * em; narrow += em / 4) {
        pango_layout_set_width(layout, static_cast<int>(narrow));
        int widest = 0;
        pango_layout_get_size(layout, &widest, nullptr);
        if (pango_layout_get_line_count(layout) <= lines && widest <= narrow + em / 8) return;
    }
    pango_layout_set_width(layout, static_cast<int>(max_width * em));
}

} // namespace

void Typesetter::Impl::add_line(TextBlock& block, PangoLayoutLine* line, double x, double y) {
    for (GSList* r = line->runs; r; r = r->next) {
        const auto* run = static_cast<PangoLayoutRun*>(r->data);
        const PangoGlyphString* glyphs = run->glyphs;
        const int font = font_index(run->item->analysis.font);
        for (int i = 0; i < glyphs->num_glyphs; ++i) {
            const PangoGlyphInfo& info = glyphs->glyphs[i];
            const double advance = info.geometry.width / em;
            if (info.glyph != PANGO_GLYPH_EMPTY) {
                const Outline* outline = nullptr;
                if (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
                    ++unknown;
                    outline = &outlines->unknown();
                } else {
                    outline = &outlines->find(
                        pango_cairo_font_get_scaled_font(reinterpret_cast<PangoCairoFont*>(run->item->analysis.font)),
                        font, info.glyph);
                }
                const double gx = x + info.geometry.x_offset / em, gy = y + info.geometry.y_offset / em;
                block.glyphs.push_back({outline, gx, gy, advance,
                                        static_cast<std::uint32_t>(run->item->offset + glyphs->log_clusters[i])});
                for (const auto& p : outline->points) block.ink.add({gx + p.x, gy + p.y});
            }
            x += advance;
        }
    }
}

TextBlock Typesetter::Impl::build(const TextStyle& style) {
    open();
    const std::unique_ptr<PangoLayout, Unref> layout(pango_layout_new(context.get()));
    const std::unique_ptr<PangoFontDescription, FreeDescription> font(
        pango_font_description_from_string(style.font.c_str()));
    pango_font_description_set_absolute_size(font.get(), em);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), style.text.c_str(), static_cast<int>(style.text.size()));
    TextBlock block;
    block.joined = joins_letters(style.text);
    const std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)> attributes(pango_attr_list_new(),
                                                                                      pango_attr_list_unref);
    if (style.letter_spacing != 0 && !block.joined) {
        block.letter_spacing = style.letter_spacing;
        pango_attr_list_insert(attributes.get(),
                               pango_attr_letter_spacing_new(static_cast<int>(style.letter_spacing * em)));
    }
    keep_units_with_numbers(attributes.get(), style.text);
    pango_layout_set_attributes(layout.get(), attributes.get());
    break_lines(layout.get(), style.max_width, style.balanced);

    const int lines = pango_layout_get_line_count(layout.get());
    std::vector<double> widths;
    for (int i = 0; i < lines; ++i) {
        PangoRectangle logical;
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout.get(), i), nullptr, &logical);
        widths.push_back(logical.width / em);
        block.width = std::max(block.width, widths.back());
    }
    block.lines = static_cast<std::size_t>(lines);
    block.height = lines * style.line_height;
    for (int i = 0; i < lines; ++i) {
        const double spare = block.width - widths[static_cast<std::size_t>(i)];
        const double x = -block.width / 2 + (style.justify == Justify::left    ? 0
                                             : style.justify == Justify::right ? spare
                                                                               : spare / 2);
        const double y = (i - (lines - 1) / 2.0) * style.line_height + half_capital;
        add_line(block, pango_layout_get_line_readonly(layout.get(), i), x, y);
    }
    return block;
}

Typesetter::Typesetter() : m_impl(std::make_unique<Impl>()) {}
Typesetter::~Typesetter() = default;

const TextBlock& Typesetter::set(const TextStyle& style) {
    const auto known = m_impl->blocks.find(style);
    if (known != m_impl->blocks.end()) return known->second;
    return m_impl->blocks.emplace(style, m_impl->build(style)).first->second;
}

std::size_t Typesetter::unknown_glyphs() const { return m_impl->unknown; }

std::string transform_case(const std::string& text, std::string_view transform) {
    if (transform != "uppercase" && transform != "lowercase") return text;
    const std::unique_ptr<gchar, decltype(&g_free)> changed(
        transform == "uppercase" ? g_utf8_strup(text.data(), static_cast<gssize>(text.size()))
                                 : g_utf8_strdown(text.data(), static_cast<gssize>(text.size())),
        g_free);
    return changed.get();
}

} // namespace harmattan::render
