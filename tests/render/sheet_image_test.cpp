#include "render/print/sheet_image.hpp"

#include "curves.hpp"
#include "geo/error.hpp"
#include "render/encode.hpp"
#include "render/premultiply.hpp"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <memory>

namespace harmattan::render {

namespace {

using Bytes = std::vector<std::byte>;

/// A round gradient of heat, half translucent at its middle.
Image heat(int side) {
    Image image{side, side, {}};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double r = std::hypot(x - side / 2, y - side / 2) / (side / 2);
            const auto a = static_cast<std::uint8_t>(r < 1 ? 200 * (1 - r) : 0);
            image.pixels.push_back(premultiply({220, static_cast<std::uint8_t>(120 * std::min(1.0, r)), 30, a}));
        }
    return image;
}

/// Land with a coast that leaves the sheet, roads, towns and heat; its elements' boxes meet some stripes only.
class MapSheet {
public:
    MapSheet(double width_mm, double height_mm, double px_per_mm) : m_heat(heat(90)) {
        m_sheet.width_mm = width_mm;
        m_sheet.height_mm = height_mm;
        m_sheet.px_per_mm = px_per_mm;
        const double w = width_mm * px_per_mm, h = height_mm * px_per_mm;
        std::vector<PixelPoint> coast, road;
        for (int i = 0; i <= 200; ++i) {
            const double t = i / 200.0;
            coast.push_back({w * (0.1 + 1.1 * t), h * (0.5 + 0.3 * std::sin(11 * t)) - 9 * std::cos(70 * t)});
            road.push_back({w * (0.9 - 0.5 * t) + 5 * std::sin(40 * t), h * t});
        }
        coast.push_back({w * 1.2, h * 1.1});
        coast.push_back({w * 0.1, h * 1.1});
        coast.push_back(coast.front());
        m_coast.add(coast, true);
        m_road.add(road, false);
        m_sheet.elements = {
            {"land", {0, 0, w, h}, [this](Canvas& on, const PixelExtent&) { on.fill(m_coast.get(), {0.9f, 0.88f, 0.8f, 1}); }},
            {"heat", {20, 40, 110, 130}, [this](Canvas& on, const PixelExtent&) { on.image(20, 40, view_of(m_heat)); }},
            {"roads", {0, 0, w, h}, [this](Canvas& on, const PixelExtent&) { on.stroke(m_road.get(), {.width = 2.3, .dashes = {9, 4}}, {0.4f, 0.1f, 0.1f, 0.7f}); }},
            {"towns", {w / 2 - 20, h / 2 - 20, w / 2 + 20, h / 2 + 20}, [w, h](Canvas& on, const PixelExtent&) { on.disc({w / 2, h / 2}, {15, {0, 0, 0, 0.6f}, 3, {1, 1, 1, 1}}); }},
        };
    }
    MapSheet(const MapSheet&) = delete;
    MapSheet& operator=(const MapSheet&) = delete;
    const Sheet& get() const { return m_sheet; }

private:
    Image m_heat;
    test::Curves m_coast, m_road;
    Sheet m_sheet;
};

/// The oracle: all of the sheet on one canvas.
Image whole(const Sheet& sheet, std::uint32_t ground) {
    Image image{sheet.width_px(), sheet.height_px(), {}};
    image.pixels.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height), ground);
    RasterCanvas canvas({image.pixels.data(), image.width, image.height, image.width}, 0, 0);
    paint(sheet, canvas);
    return image;
}

Bytes png(const Sheet& sheet, bool transparent, int stripe_height = stripe_px) {
    Bytes out;
    write_sheet_png(sheet, transparent, [&](std::span<const std::byte> part) { out.insert(out.end(), part.begin(), part.end()); }, stripe_height);
    return out;
}

std::uint32_t u32(const Bytes& bytes, std::size_t at) {
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i) v = v << 8 | std::to_integer<std::uint32_t>(bytes.at(at + i));
    return v;
}

/// Types of the chunks in order, runs of equal ones once.
std::string chunks(const Bytes& png) {
    std::string types;
    for (std::size_t at = 8; at < png.size(); at += 12 + u32(png, at)) {
        const std::string type(reinterpret_cast<const char*>(&png.at(at + 4)), 4);
        if (!types.ends_with(type)) types += (types.empty() ? "" : " ") + type;
    }
    return types;
}

constexpr std::size_t phys_at = 8 + 25; // after signature and IHDR

Sheet blank(double width_mm, double height_mm, double px_per_mm) { return {width_mm, height_mm, px_per_mm, {}}; }

} // namespace

TEST(SheetPng, IsTheSheetDrawnAtOnceOnWhite) {
    const MapSheet sheet(31.3, 47.9, 10);
    const Image image = decode(png(sheet.get(), false));
    ASSERT_EQ(image.width, 313);
    ASSERT_EQ(image.height, 479);
    EXPECT_EQ(image.pixels, whole(sheet.get(), white_ground).pixels);
    EXPECT_NE(image.pixels, whole(blank(31.3, 47.9, 10), white_ground).pixels);
}

TEST(SheetPng, KeepsTheAlphaOfASheetWithoutGround) {
    const MapSheet sheet(31.3, 47.9, 10);
    const Bytes made = png(sheet.get(), true);
    EXPECT_EQ(std::to_integer<int>(made.at(25)), 6); // RGBA
    const Image image = decode(made);
    EXPECT_EQ(image.pixels, whole(sheet.get(), no_ground).pixels);
    EXPECT_EQ(image.pixels.front(), 0u);
}

TEST(SheetPng, IsTheSameBytesWhateverTheHeightOfStripes) {
    const MapSheet sheet(31.3, 47.9, 10);
    for (const bool transparent : {false, true}) {
        const Bytes usual = png(sheet.get(), transparent);
        for (const int height : {1, 37, 479, 5000}) EXPECT_EQ(png(sheet.get(), transparent, height), usual) << height;
    }
}

TEST(SheetPng, StatesItsResolutionAndNothingElse) {
    const Bytes made = png(blank(210, 297, 300 / 25.4), false);
    EXPECT_EQ(chunks(made), "IHDR pHYs IDAT IEND");
    EXPECT_EQ(u32(made, phys_at + 8), 11811u);
    EXPECT_EQ(u32(made, phys_at + 12), 11811u);
    EXPECT_EQ(std::to_integer<int>(made.at(phys_at + 16)), 1);
    EXPECT_EQ(u32(made, 16), 2480u);
    EXPECT_EQ(u32(made, 20), 3508u);
}

TEST(SheetPng, GoesOutInPiecesThatAreSmallerThanTheWhole) {
    // Noise, so that the data fill several chunks; the decoder then proves their order and checksums.
    Image noise{400, 700, {}};
    std::uint32_t state = 1;
    for (int i = 0; i < 400 * 700; ++i) noise.pixels.push_back(0xff000000u | (state = state * 1664525u + 1013904223u) >> 8);
    Sheet sheet = blank(40, 70, 10);
    sheet.elements.push_back({"noise", {0, 0, 400, 700}, [&](Canvas& on, const PixelExtent&) { on.image(0, 0, view_of(noise)); }});
    Bytes out;
    std::size_t largest = 0;
    write_sheet_png(sheet, false, [&](std::span<const std::byte> part) {
        largest = std::max(largest, part.size());
        out.insert(out.end(), part.begin(), part.end());
    });
    EXPECT_LT(largest, out.size() / 2);
    EXPECT_EQ(decode(out).pixels, noise.pixels);
}

TEST(SheetImage, PassesOnWhatAnElementOrTheSinkThrows) {
    Sheet sheet = blank(10, 100, 10);
    EXPECT_THROW(write_sheet_png(sheet, false, [](std::span<const std::byte>) { throw geo::Error(geo::ErrorKind::io, "full"); }), geo::Error);
    // In the third stripe, which the second thread draws.
    sheet.elements.push_back({"far", {0, 300, 100, 310}, [](Canvas&, const PixelExtent&) { throw geo::Error(geo::ErrorKind::bad_data, "far"); }});
    try {
        png(sheet, false);
        FAIL() << "nothing thrown";
    } catch (const geo::Error& e) {
        EXPECT_EQ(e.kind(), geo::ErrorKind::bad_data);
    }
}

TEST(SheetImage, OfNoPixelsIsAnError) {
    EXPECT_THROW(png(blank(0.01, 10, 10), false), geo::Error);
    EXPECT_THROW(png(blank(10, 0.01, 10), false), geo::Error);
}

} // namespace harmattan::render
