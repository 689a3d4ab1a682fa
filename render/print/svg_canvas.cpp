#include "render/print/svg_canvas.hpp"

#include "geo/error.hpp"
#include "render/encode_png.hpp"
#include "render/print/base64.hpp"
#include "render/print/svg_text.hpp"

#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace harmattan::render {

namespace {

std::string number(double value) {
    std::string out;
    append_hundredths(out, value);
    return out;
}

// fill="#rrggbb", and fill-opacity where it is not opaque; `what` is "fill" or "stroke".
std::string paint_attributes(std::string_view what, styles::Color c) {
    if (!(c.a > 0)) return fmt::format(" {}=\"none\"", what);
    const auto byte = [](float v) {
        return static_cast<unsigned>(std::lround(std::fmin(std::fmax(v, 0.0f), 1.0f) * 255));
    };
    std::string out = fmt::format(" {}=\"#{:02x}{:02x}{:02x}\"", what, byte(c.r), byte(c.g), byte(c.b));
    if (c.a < 1) out += fmt::format(" {}-opacity=\"{}\"", what, number(static_cast<double>(c.a)));
    return out;
}

std::string pen_attributes(const Stroke& stroke) {
    std::string out = fmt::format(" stroke-width=\"{}\"", number(stroke.width));
    if (stroke.cap != Cap::butt)
        out += stroke.cap == Cap::round ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"";
    if (stroke.join == Join::miter)
        out += fmt::format(" stroke-miterlimit=\"{}\"", number(std::fmax(1, stroke.miter_limit)));
    else out += stroke.join == Join::round ? " stroke-linejoin=\"round\"" : " stroke-linejoin=\"bevel\"";
    if (stroke.dashes.empty()) return out;
    out += " stroke-dasharray=\"";
    for (std::size_t i = 0; i < stroke.dashes.size(); ++i) {
        if (i > 0) out += ' ';
        append_hundredths(out, stroke.dashes[i]);
    }
    return out + '"';
}

} // namespace

std::string SvgCanvas::take() {
    flush();
    if (!m_open.empty()) throw geo::Error(geo::ErrorKind::internal, "a group or clip of the sheet is not closed");
    return std::exchange(m_out, {});
}

void SvgCanvas::begin_line() { m_out.append(2 * (m_open.size() + 1), ' '); }

void SvgCanvas::write_group(std::string_view name) {
    const std::size_t begin = m_out.size();
    begin_line();
    m_out += fmt::format("<g id=\"{}\" inkscape:groupmode=\"layer\" inkscape:label=\"{}\">\n", m_ids.make(name),
                         to_xml(name));
    m_open.push_back({begin, m_out.size(), false});
}

void SvgCanvas::write_clip(const PixelExtent& box) {
    const std::size_t begin = m_out.size();
    const std::string id = m_ids.make("clip");
    begin_line();
    m_out += fmt::format("<clipPath id=\"{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n", id,
                         number(box.min_x), number(box.min_y), number(box.width()), number(box.height()));
    begin_line();
    m_out += fmt::format("<g clip-path=\"url(#{})\">\n", id);
    m_open.push_back({begin, m_out.size(), true});
}

void SvgCanvas::close(bool clip) {
    if (m_open.empty() || m_open.back().clip != clip)
        throw geo::Error(geo::ErrorKind::internal, "groups and clips of the sheet overlap");
    const Open open = m_open.back();
    m_open.pop_back();
    if (m_out.size() == open.end) {
        m_out.resize(open.begin);
    } else {
        begin_line();
        m_out += "</g>\n";
    }
}

// Relative to the point before, in hundredths that are summed as whole numbers: short, and nothing adds up.
void SvgCanvas::add_path(std::span<const Path> paths) {
    const auto rounded = [](double v) { return std::round(v * 100); };
    m_out += " d=\"";
    for (const Path& path : paths) {
        double x = rounded(path.points[0].x), y = rounded(path.points[0].y);
        m_out += 'M' + number(x / 100) + ' ' + number(y / 100);
        if (path.points.size() == 1) m_out += "l0 0"; // a dot, where caps are round
        bool first = true;
        for (std::size_t i = 1; i < path.points.size(); ++i) {
            const double next_x = rounded(path.points[i].x), next_y = rounded(path.points[i].y);
            if (next_x == x && next_y == y) continue;
            m_out += first ? 'l' : ' ';
            append_hundredths(m_out, (next_x - x) / 100);
            if (next_y >= y) m_out += ' ';
            append_hundredths(m_out, (next_y - y) / 100);
            x = next_x, y = next_y;
            first = false;
        }
        if (path.closed) m_out += 'z';
    }
    m_out += '"';
}

void SvgCanvas::write_fill(std::span<const Path> rings, styles::Color color) {
    begin_line();
    m_out += "<path" + paint_attributes("fill", color) + " fill-rule=\"nonzero\"";
    add_path(rings);
    m_out += "/>\n";
}

void SvgCanvas::write_stroke(std::span<const Path> lines, const Stroke& stroke, styles::Color color) {
    begin_line();
    m_out += "<path fill=\"none\"" + paint_attributes("stroke", color) + pen_attributes(stroke);
    add_path(lines);
    m_out += "/>\n";
}

void SvgCanvas::write_circle(PixelPoint centre, const Circle& circle) {
    begin_line();
    m_out +=
        fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(centre.x), number(centre.y), number(circle.radius)) +
        paint_attributes("fill", circle.fill);
    if (circle.line_width > 0)
        m_out +=
            paint_attributes("stroke", circle.line) + fmt::format(" stroke-width=\"{}\"", number(circle.line_width));
    m_out += "/>\n";
}

void SvgCanvas::write_text(PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                           const TextLook& look) {
    const std::string font = svg_font_attributes(run), letters = paint_attributes("fill", look.color);
    const bool halo = look.halo_width > 0 && look.halo.a > 0;
    begin_line();
    if (!halo) {
        append_svg_text(m_out, anchor, run, lines, font + letters);
        m_out += '\n';
        return;
    }
    m_out += "<g" + font + ">";
    append_svg_text(m_out, anchor, run, lines,
                    " class=\"halo\" aria-hidden=\"true\" fill=\"none\"" + paint_attributes("stroke", look.halo) +
                        fmt::format(" stroke-width=\"{}\" stroke-linejoin=\"round\"", number(2 * look.halo_width)));
    append_svg_text(m_out, anchor, run, lines, letters);
    m_out += "</g>\n";
}

void SvgCanvas::write_picture(std::int64_t x, std::int64_t y, ImageView picture) {
    begin_line();
    m_out += fmt::format("<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" "
                         "xlink:href=\"data:image/png;base64,",
                         x, y, picture.width, picture.height);
    append_base64(m_out, encode_png(picture));
    m_out += "\"/>\n";
}

} // namespace harmattan::render
