#include "sheets.hpp"

#include "render/raster/blend.hpp"
#include "render/raster/raster_canvas.hpp"
#include "render/text/label.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <sys/wait.h>

namespace harmattan::render::test {

SheetBuilder::SheetBuilder(double width_mm, double height_mm, double px_per_mm) {
    m_sheet.width_mm = width_mm, m_sheet.height_mm = height_mm, m_sheet.px_per_mm = px_per_mm;
}

SheetBuilder& SheetBuilder::add(const std::string& name, std::function<void(Canvas&)> draw) {
    const PixelExtent all{0, 0, m_sheet.width_mm * m_sheet.px_per_mm, m_sheet.height_mm * m_sheet.px_per_mm};
    m_sheet.elements.push_back(
        {name, all, [draw = std::move(draw)](Canvas& canvas, const PixelExtent&) { draw(canvas); }});
    return *this;
}

SheetBuilder& SheetBuilder::add_text(PixelPoint at, const TextStyle& style, double size_px, const TextLook& look) {
    Label label = set_at(at, m_setter->set(style), {}, 0, 0, {size_px, look.halo_width, 0});
    return add("text", [setter = m_setter, label = std::move(label), style, size_px, look](Canvas& canvas) {
        canvas.text(label.anchor, {style.text, style.font, size_px, label.glyphs, style.letter_spacing}, look);
    });
}

SheetBuilder& SheetBuilder::add_text_along(const std::vector<PixelPoint>& path, const TextStyle& style, double size_px,
                                           const TextLook& look) {
    const LabelPath along(path, 0);
    std::optional<Label> label =
        set_along(along, along.length() / 2, m_setter->set(style), 0, 2, {size_px, look.halo_width, 0});
    if (!label) std::abort(); // a test's path is long enough
    return add("text", [setter = m_setter, label = std::move(*label), style, size_px, look](Canvas& canvas) {
        canvas.text(label.anchor, {style.text, style.font, size_px, label.glyphs}, look);
    });
}

TextStyle text_style(const std::string& text, const std::string& font) {
    TextStyle style;
    style.text = text;
    style.font = font;
    return style;
}

namespace {

// A hill of heat in blocks of 64 × 64 pixels around (x, y); transparent far from its top.
void draw_heat(Canvas& canvas, std::int64_t x, std::int64_t y) {
    constexpr int side = 64;
    for (int row = -2; row < 2; ++row)
        for (int column = -2; column < 2; ++column) {
            Image block{side, side, {}};
            for (int v = 0; v < side; ++v)
                for (int u = 0; u < side; ++u) {
                    const double r = std::hypot(column * side + u + 0.5, row * side + v + 0.5) / 128;
                    block.pixels.push_back(styles::to_premultiplied_argb(
                        {1, static_cast<float>(r), 0, r < 1 ? static_cast<float>(0.8 * (1 - r * r)) : 0}));
                }
            canvas.image(x + column * side, y + row * side, view_of(block));
        }
}

} // namespace

Sheet sample_sheet(bool along_paths) {
    SheetBuilder builder(120, 80, 8);
    builder.add("paper", [](Canvas& canvas) { canvas.paint({1, 1, 1, 1}); });
    builder.add("map", [](Canvas& canvas) {
        canvas.begin_clip({40, 40, 640, 600});
        canvas.begin_group("sea");
        canvas.paint({0.917f, 0.953f, 0.969f, 1});
        canvas.end_group();
        canvas.begin_group("land");
        // A ring with a hole that reaches far outside of the clip, and far beyond what Cairo's numbers hold.
        Curves land({{80, 80}, {3e7, -2e7}, {600, 560}, {100, 500}, {80, 80}}, true);
        land.add({{200, 200}, {180, 350}, {330, 300}, {200, 200}}, true);
        canvas.fill(land.get(), {0.86f, 0.82f, 0.7f, 1});
        canvas.end_group();
        canvas.begin_group("roads");
        Curves roads({{60, 320}, {300, 360}, {620, 240}}, false);
        roads.add({{120, 90}, {330, 360}, {350, 590}}, false);
        canvas.stroke(roads.get(), {14, Cap::round, Join::round, 2, {}}, {0.2f, 0.2f, 0.8f, 0.4f});
        Curves border({{-2000, 150}, {700, 120}}, false);
        canvas.stroke(border.get(), {4, Cap::butt, Join::miter, 4, {24, 8, 4, 8}}, {0.1f, 0.1f, 0.1f, 1});
        const Curves dots({{-80, 180}, {620, 160}}, false);
        canvas.stroke(dots.get(), {6, Cap::round, Join::round, 4, {0, 14}}, {0.5f, 0.1f, 0.1f, 1});
        canvas.end_group();
        canvas.begin_group("heat");
        draw_heat(canvas, 430, 420);
        canvas.end_group();
        canvas.begin_group("places");
        canvas.disc({150, 450}, {12, {0.8f, 0, 0, 1}, 4, {1, 1, 1, 1}});
        canvas.disc({200, 450}, {12, {0.8f, 0, 0, 0.5f}, 4, {0, 0, 0.6f, 0.5f}});
        canvas.disc({250, 450}, {16, {0.1f, 0.5f, 0.1f, 1}, 0, {}});
        canvas.end_group();
        canvas.end_clip();
        const Curves frame({{40, 40}, {640, 40}, {640, 600}, {40, 600}, {40, 40}}, true);
        canvas.stroke(frame.get(), {2, Cap::butt, Join::miter, 4, {}}, {0, 0, 0, 1});
    });
    const TextLook black{{0.1f, 0.1f, 0.1f, 1}, {}, 0}, haloed{{0.1f, 0.1f, 0.1f, 1}, {1, 1, 1, 0.85f}, 3},
        river{{0.1f, 0.4f, 0.6f, 1}, {1, 1, 1, 0.85f}, 2};
    builder.add_text({800, 80}, text_style("Réseau routier", "Noto Sans Bold"), 32, black);
    TextStyle wrapped = text_style("Ségou, Bandiagara & <Ménaka>, où l’accès reste « limité »");
    wrapped.max_width = 14;
    builder.add_text({800, 180}, wrapped, 20, black);
    builder.add_text({800, 300}, text_style("الحدود"), 36, black);
    builder.add_text({800, 370}, text_style("ⵜⵉⴼⵉⵏⴰⵖ"), 32, black);
    builder.add_text({800, 440}, text_style("Tombouctou تمبكتو", "Noto Sans Italic"), 26, black);
    builder.add_text({160, 415}, text_style("Mopti", "Noto Sans Bold"), 24, haloed);
    builder.add_text_along({{700, 600}, {940, 520}}, text_style("Bani en crue"), 24, black);
    if (!along_paths) return builder.sheet();
    std::vector<PixelPoint> bend;
    for (int i = 0; i <= 60; ++i) bend.push_back({120 + i * 8.0, 540 - 60 * std::sin(i * std::numbers::pi / 60)});
    builder.add_text_along(bend, text_style("Fleuve Niger", "Noto Sans Italic"), 28, river);
    return builder.sheet();
}

Image raster_of(const Sheet& sheet) {
    const int width = sheet.width_px(), height = sheet.height_px();
    Image image{
        width, height,
        std::vector<std::uint32_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0xffffffffu)};
    RasterCanvas canvas({image.pixels.data(), width, height, width}, 0, 0);
    paint(sheet, canvas);
    return image;
}

Image copy_of(ImageView view) {
    Image out{view.width, view.height, {}};
    for (int y = 0; y < view.height; ++y) out.pixels.insert(out.pixels.end(), view.row(y), view.row(y) + view.width);
    return out;
}

Image shrunk(const Image& image, int by) {
    Image out{image.width / by, image.height / by, {}};
    const std::uint32_t count = static_cast<std::uint32_t>(by * by);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            std::array<std::uint32_t, 4> sum{};
            for (int v = 0; v < by; ++v)
                for (int u = 0; u < by; ++u)
                    for (std::size_t k = 0; k < 4; ++k)
                        sum[k] += view_of(image).row(y * by + v)[x * by + u] >> (8 * k) & 255u;
            std::uint32_t pixel = 0;
            for (std::size_t k = 0; k < 4; ++k) pixel |= (sum[k] + count / 2) / count << (8 * k);
            out.pixels.push_back(pixel);
        }
    return out;
}

double share_that_differs(const Image& a, const Image& b, int tolerance) {
    if (a.width != b.width || a.height != b.height) return 1;
    std::size_t different = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i)
        for (int shift = 0; shift < 32; shift += 8) {
            const int x = static_cast<int>(a.pixels[i] >> shift & 255u),
                      y = static_cast<int>(b.pixels[i] >> shift & 255u);
            if (std::abs(x - y) <= tolerance) continue;
            ++different;
            break;
        }
    return static_cast<double>(different) / static_cast<double>(a.pixels.size());
}

bool has_program(const std::string& name) {
    int status = 0;
    output_of("command -v " + name, &status);
    return status == 0;
}

std::string output_of(const std::string& command, int* status) {
    std::string out;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (!pipe) return out;
    std::array<char, 4096> buffer;
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        out.append(buffer.data(), count);
    const int ended = pclose(pipe);
    if (status) *status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    return out;
}

} // namespace harmattan::render::test
