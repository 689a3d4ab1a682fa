#include "render/raster/raster_canvas.hpp"

#include "curves.hpp"

#include <cairo.h>
#include <cmath>
#include <gtest/gtest.h>
#include <memory>
#include <random>

namespace harmattan::render {

namespace {

using test::Curves;
using test::drawn;

constexpr styles::Color black{0, 0, 0, 1};

int alpha(const Image& image, int x, int y) {
    return static_cast<int>(image.pixels[static_cast<std::size_t>(y * image.width + x)] >> 24);
}

/// A line that wanders about as a river does.
std::vector<PixelPoint> wander(std::mt19937& random, PixelPoint at, int steps, double step) {
    std::uniform_real_distribution<double> turn(-0.9, 0.9);
    std::vector<PixelPoint> line{at};
    double heading = turn(random) * 4;
    for (int i = 0; i < steps; ++i) {
        heading += turn(random);
        at = {at.x + step * std::cos(heading), at.y + step * std::sin(heading)};
        line.push_back(at);
    }
    return line;
}

std::vector<PixelPoint> star(std::mt19937& random, PixelPoint middle, double radius, int corners) {
    std::uniform_real_distribution<double> share(0.3, 1);
    std::vector<PixelPoint> ring;
    for (int i = 0; i < corners; ++i) {
        const double a = 2 * M_PI * i / corners, r = radius * share(random);
        ring.push_back({middle.x + r * std::cos(a), middle.y + r * std::sin(a)});
    }
    ring.push_back(ring.front());
    return ring;
}

/// The same drawing by Cairo, whose anti-aliasing is not ours but whose geometry is sound.
template <class Draw>
Image by_cairo(int width, int height, Draw draw) {
    Image image{width, height,
                std::vector<std::uint32_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
        cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(image.pixels.data()), CAIRO_FORMAT_ARGB32,
                                            width, height, width * 4),
        cairo_surface_destroy);
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(surface.get()), cairo_destroy);
    cairo_set_antialias(cr.get(), CAIRO_ANTIALIAS_BEST);
    cairo_set_tolerance(cr.get(), 0.05);
    draw(cr.get());
    cairo_surface_flush(surface.get());
    EXPECT_EQ(cairo_status(cr.get()), CAIRO_STATUS_SUCCESS);
    return image;
}

void trace(cairo_t* cr, const std::vector<PixelPoint>& line) {
    cairo_new_sub_path(cr);
    for (const PixelPoint& p : line) cairo_line_to(cr, round_256(p.x), round_256(p.y));
}

struct Difference {
    double mean, worst;
};
Difference difference(const Image& a, const Image& b) {
    Difference d{0, 0};
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const double here = std::abs(static_cast<double>(a.pixels[i] >> 24) - static_cast<double>(b.pixels[i] >> 24));
        d.mean += here / static_cast<double>(a.pixels.size());
        d.worst = std::max(d.worst, here);
    }
    return d;
}

} // namespace

TEST(RasterCanvas, CoversPixelsByTheirArea) {
    const Curves square({{1.25, 1.5}, {3.5, 1.5}, {3.5, 4}, {1.25, 4}, {1.25, 1.5}}, true);
    const Image image = drawn(0, 0, 6, 6, [&](Canvas& c) { c.fill(square.get(), black); });
    EXPECT_NEAR(alpha(image, 1, 1), 255 * 0.75 * 0.5, 4);
    EXPECT_NEAR(alpha(image, 2, 1), 255 * 0.5, 4);
    EXPECT_EQ(alpha(image, 2, 2), 255);
    EXPECT_NEAR(alpha(image, 3, 3), 255 * 0.5, 4);
    EXPECT_EQ(alpha(image, 4, 3), 0);
    EXPECT_EQ(alpha(image, 2, 4), 0);
}

TEST(RasterCanvas, FillsAsCairoDoes) {
    std::mt19937 random(3);
    for (int round = 0; round < 20; ++round) {
        const auto ring = star(random, {60.3, 58.7}, 55, 5 + 7 * round);
        const Curves curves(ring, true);
        const Image ours = drawn(0, 0, 120, 120, [&](Canvas& c) { c.fill(curves.get(), black); });
        const Image theirs = by_cairo(120, 120, [&](cairo_t* cr) {
            trace(cr, ring);
            cairo_fill(cr);
        });
        const Difference d = difference(ours, theirs);
        EXPECT_LT(d.mean, 0.4) << round; // Cairo samples 15 × 17 places a pixel, we tell 32 levels
        EXPECT_LT(d.worst, 24) << round;
    }
}

TEST(RasterCanvas, StrokesAsCairoDoes) {
    std::mt19937 random(4);
    int round = 0;
    for (const Cap cap : {Cap::butt, Cap::round, Cap::square})
        for (const Join join : {Join::miter, Join::round, Join::bevel})
            for (const double width : {0.6, 1.6, 3.0, 9.0}) {
                const auto line = wander(random, {70, 70}, 25, 12);
                const Stroke stroke{width, cap, join, 2, {}};
                const Curves curves(line, false);
                const Image ours = drawn(0, 0, 140, 140, [&](Canvas& c) { c.stroke(curves.get(), stroke, black); });
                const Image theirs = by_cairo(140, 140, [&](cairo_t* cr) {
                    cairo_set_line_width(cr, width);
                    cairo_set_line_cap(cr, cap == Cap::butt    ? CAIRO_LINE_CAP_BUTT
                                           : cap == Cap::round ? CAIRO_LINE_CAP_ROUND
                                                               : CAIRO_LINE_CAP_SQUARE);
                    cairo_set_line_join(cr, join == Join::miter   ? CAIRO_LINE_JOIN_MITER
                                            : join == Join::round ? CAIRO_LINE_JOIN_ROUND
                                                                  : CAIRO_LINE_JOIN_BEVEL);
                    cairo_set_miter_limit(cr, 2);
                    trace(cr, line);
                    cairo_stroke(cr);
                });
                const Difference d = difference(ours, theirs);
                EXPECT_LT(d.mean, 0.5) << "round " << round << " width " << width;
                // Where a line folds back over itself inside one pixel the two parts' areas are added, not joined.
                EXPECT_LT(d.worst, 110) << "round " << round << " width " << width;
                ++round;
            }
}

/// The same dashed line by us and by Cairo, on 140 × 140 pixels.
Difference dashed_difference(const std::vector<PixelPoint>& line, const Stroke& stroke) {
    const Curves curves(line, false);
    const Image ours = drawn(0, 0, 140, 140, [&](Canvas& c) { c.stroke(curves.get(), stroke, black); });
    std::vector<double> dashes = stroke.dashes;
    for (std::size_t i = 2; i < dashes.size(); i += 2)
        dashes[i] = std::max(dashes[i], 0.001); // Cairo leaves out dots between dashes
    const Image theirs = by_cairo(140, 140, [&](cairo_t* cr) {
        cairo_set_dash(cr, dashes.data(), static_cast<int>(dashes.size()), 0);
        cairo_set_line_width(cr, stroke.width);
        cairo_set_line_cap(cr, stroke.cap == Cap::butt    ? CAIRO_LINE_CAP_BUTT
                               : stroke.cap == Cap::round ? CAIRO_LINE_CAP_ROUND
                                                          : CAIRO_LINE_CAP_SQUARE);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        trace(cr, line);
        cairo_stroke(cr);
    });
    return difference(ours, theirs);
}

TEST(RasterCanvas, DashesAsCairoDoes) {
    std::mt19937 random(5);
    for (const Cap cap : {Cap::butt, Cap::round, Cap::square})
        for (const std::vector<double>& dashes : {std::vector<double>{7, 3, 1}, {0, 6}, {5, 4, 0, 4}})
            for (int round = 0; round < 8; ++round)
                EXPECT_LT(dashed_difference(wander(random, {70, 70}, 20, 15), {2, cap, Join::round, 2, dashes}).mean,
                          0.5)
                    << round << ", a cap of kind " << static_cast<int>(cap) << ", from " << dashes[0] << " on";
}

TEST(RasterCanvas, DotsStandAtBothEndsOfALineAsCairoDrawsThem) {
    for (const Cap cap : {Cap::round, Cap::square})
        for (const PixelPoint end : {PixelPoint{100, 20}, PixelPoint{20, 100}, PixelPoint{68, 84}}) // 80 long
            EXPECT_LT(dashed_difference({{20, 20}, end}, {8, cap, Join::round, 2, {0, 16}}).worst, 40) << end.x;
}

TEST(RasterCanvas, APartOfAPictureIsThePictureOfThatPart) {
    std::mt19937 random(6);
    std::uniform_real_distribution<double> place(-40, 340);
    Curves rings, lines;
    for (int i = 0; i < 12; ++i) rings.add(star(random, {1e6 + place(random), 7e5 + place(random)}, 90, 80), true);
    for (int i = 0; i < 30; ++i) lines.add(wander(random, {1e6 + place(random), 7e5 + place(random)}, 150, 4), false);
    std::vector<PixelPoint> dots;
    for (int i = 0; i < 200; ++i) dots.push_back({1e6 + place(random), 7e5 + place(random)});
    const auto draw = [&](Canvas& c) {
        c.paint({0.9f, 0.95f, 1, 1});
        c.fill(rings.get(), {0.5f, 0.7f, 0.3f, 0.6f});
        c.stroke(rings.get(), {1.2, Cap::butt, Join::miter, 2, {}}, black);
        c.stroke(lines.get(), {3, Cap::round, Join::round, 2, {}}, {0.6f, 0.2f, 0, 1});
        c.stroke(lines.get(), {1.1, Cap::butt, Join::round, 2, {5, 3}}, {1, 1, 0, 0.7f});
        for (const PixelPoint& dot : dots) c.disc(dot, {3.3, {1, 0, 0, 0.6f}, 0.7, {1, 1, 1, 1}});
    };
    const Image whole = drawn(1'000'000, 700'000, 300, 300, draw);
    for (const auto& [x, y, width, height] :
         {std::array{0, 0, 300, 60}, {37, 91, 64, 64}, {101, 1, 1, 298}, {290, 290, 10, 10}}) {
        const Image part = drawn(1'000'000 + x, 700'000 + y, width, height, draw);
        const ImageView same = crop(view_of(whole), x, y, width, height);
        for (int v = 0; v < height; ++v)
            for (int u = 0; u < width; ++u)
                ASSERT_EQ(part.pixels[static_cast<std::size_t>(v * width + u)], same.row(v)[u])
                    << x + u << ", " << y + v;
    }
}

TEST(RasterCanvas, NeighboursOfOneColourShowNoSeam) {
    Curves both;
    both.add({{2.3, 2.3}, {20.6, 2.3}, {15.4, 30.7}, {2.3, 30.7}, {2.3, 2.3}}, true);
    both.add({{20.6, 2.3}, {37.5, 2.3}, {37.5, 30.7}, {15.4, 30.7}, {20.6, 2.3}}, true);
    const Image image = drawn(0, 0, 40, 34, [&](Canvas& c) { c.fill(both.get(), black); });
    for (int y = 3; y < 30; ++y)
        for (int x = 3; x < 37; ++x) EXPECT_EQ(alpha(image, x, y), 255) << x << ", " << y;
}

TEST(RasterCanvas, ATranslucentLineIsNotLaidTwiceWhereItCrossesItself) {
    const Curves knot({{5, 5}, {35, 35}, {35, 5}, {5, 35}}, false);
    const Image image = drawn(0, 0, 40, 40, [&](Canvas& c) {
        c.stroke(knot.get(), {6, Cap::round, Join::round, 2, {}}, {0, 0, 0, 0.5f});
    });
    EXPECT_EQ(alpha(image, 20, 20), 128);
    EXPECT_EQ(alpha(image, 34, 20), 128);
}

TEST(RasterCanvas, ALineThatTurnsBackOnItselfStaysInItsPlace) {
    const Curves spike({{10, 20}, {30, 20}, {15, 20}, {15, 30}, {15, 12}}, false);
    for (const Join join : {Join::miter, Join::round, Join::bevel}) {
        const Image image = drawn(0, 0, 40, 40, [&](Canvas& c) {
            c.stroke(spike.get(), {2, Cap::butt, join, 2, {}}, black);
        });
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 40; ++x)
                EXPECT_TRUE((x >= 8 && x <= 32 && y >= 10 && y <= 32) || alpha(image, x, y) == 0) << x << ", " << y;
        EXPECT_EQ(alpha(image, 20, 20), 255);
        EXPECT_EQ(alpha(image, 15, 25), 255);
    }
}

TEST(RasterCanvas, AHundredThousandLinesOverEachOtherAreOne) {
    Curves one, many;
    const std::vector<PixelPoint> line{{3, 4}, {20, 9}, {30, 30}};
    one.add(line, false);
    for (int i = 0; i < 100'000; ++i) many.add(line, false);
    const auto picture = [](const Curves& lines) {
        return drawn(0, 0, 40, 40, [&](Canvas& c) {
            c.stroke(lines.get(), {5, Cap::round, Join::round, 2, {}}, {0, 0, 0, 0.4f});
        });
    };
    const Image once = picture(one), often = picture(many);
    for (std::size_t i = 0; i < once.pixels.size(); ++i) {
        // Edges get darker, for their areas are added up; what is covered stays covered once.
        EXPECT_LE(often.pixels[i] >> 24, 102u);
        EXPECT_TRUE(once.pixels[i] >> 24 != 102 || often.pixels[i] >> 24 == 102);
    }
    EXPECT_EQ(alpha(often, 10, 20), 0);
    EXPECT_EQ(alpha(often, 36, 5), 0);
}

TEST(RasterCanvas, FarAwayPointsCostNeitherTimeNorCorrectness) {
    const Curves huge({{-4e7, -4e7}, {5e7, -4e7}, {5e7, 5e7}, {-4e7, 5e7}, {-4e7, -4e7}}, true);
    const Image image = drawn(0, 0, 8, 8, [&](Canvas& c) { c.fill(huge.get(), black); });
    for (const std::uint32_t p : image.pixels) EXPECT_EQ(p, 0xff000000u);
}

TEST(RasterCanvas, ADiscHasTheAreaOfItsRadius) {
    for (const double radius : {0.4, 1.0, 3.0, 7.5, 40.0}) {
        const Image image = drawn(0, 0, 100, 100, [&](Canvas& c) { c.disc({50.25, 49.5}, {radius, black, 0, {}}); });
        double area = 0;
        for (const std::uint32_t p : image.pixels) area += (p >> 24) / 255.0;
        EXPECT_NEAR(area / (M_PI * radius * radius), 1, 0.08) << radius;
    }
}

} // namespace harmattan::render
