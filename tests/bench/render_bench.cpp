// What a tile costs by stage, on made-up data of the shape of the peers' benchmark: a road net, polygons, markers,
// heat. "per_tile" is the figure to compare: CPU seconds for one 256-pixel tile.

#include "geo/density/field.hpp"
#include "geo/tile_id.hpp"
#include "render/encode.hpp"
#include "render/scene.hpp"

#include <benchmark/benchmark.h>
#include <cmath>
#include <random>

namespace {

using namespace harmattan;

constexpr geo::LonLatBox frame{-17.5, 4, 24, 27};

double between(std::mt19937& random, double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
}

// A line displaced at its middle, again and again: 2^depth pieces.
void rough(std::mt19937& random, geo::LonLat a, geo::LonLat b, int depth, std::vector<geo::LonLat>& out) {
    if (depth == 0) return out.push_back(a);
    const double d = 0.12 * std::hypot(b.lon - a.lon, b.lat - a.lat);
    const geo::LonLat middle{(a.lon + b.lon) / 2 + between(random, -d, d),
                             (a.lat + b.lat) / 2 + between(random, -d, d)};
    rough(random, a, middle, depth - 1, out);
    rough(random, middle, b, depth - 1, out);
}

geo::FeatureTable roads(int count) {
    std::mt19937 random(7);
    geo::FeatureTable table;
    for (int i = 0; i < count; ++i) {
        const geo::LonLat a{between(random, -17, 23), between(random, 4.5, 26.5)},
            b{a.lon + between(random, -1.5, 1.5), a.lat + between(random, -1.5, 1.5)};
        std::vector<geo::LonLat> line;
        rough(random, a, b, 7, line);
        line.push_back(b);
        table.add_feature(geo::GeometryType::line);
        table.add_part(line);
    }
    return table;
}

// Cells of a grid whose borders are rough and shared.
geo::FeatureTable units(int columns, int rows) {
    std::mt19937 random(8);
    const auto corner = [&](int x, int y) { return geo::LonLat{-17.5 + 41.5 * x / columns, 4 + 23.0 * y / rows}; };
    std::vector<std::vector<geo::LonLat>> across, up;
    for (int y = 0; y <= rows; ++y)
        for (int x = 0; x < columns; ++x) rough(random, corner(x, y), corner(x + 1, y), 4, across.emplace_back());
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x <= columns; ++x) rough(random, corner(x, y), corner(x, y + 1), 4, up.emplace_back());
    geo::FeatureTable table;
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            std::vector<geo::LonLat> ring = across[static_cast<std::size_t>(y * columns + x)];
            const auto& right = up[static_cast<std::size_t>(y * (columns + 1) + x + 1)];
            ring.insert(ring.end(), right.begin(), right.end());
            ring.push_back(corner(x + 1, y + 1));
            const auto& top = across[static_cast<std::size_t>((y + 1) * columns + x)];
            ring.insert(ring.end(), top.rbegin(), top.rend());
            const auto& left = up[static_cast<std::size_t>(y * (columns + 1) + x)];
            ring.insert(ring.end(), left.rbegin(), left.rend());
            table.add_feature(geo::GeometryType::polygon);
            table.add_part(ring);
        }
    return table;
}

std::vector<geo::LonLat> places(int count) {
    std::mt19937 random(9);
    std::vector<geo::LonLat> out;
    for (int i = 0; i < count; ++i) {
        const geo::LonLat middle{between(random, -16, 22), between(random, 6, 25)};
        for (int k = 0; k < 50; ++k)
            out.push_back({middle.lon + between(random, -0.5, 0.5), middle.lat + between(random, -0.5, 0.5)});
    }
    return out;
}

render::SceneInput vector_input() {
    render::SceneInput input;
    input.style = styles::parse_style(
        R"({"version": 8, "sources": {"units": {"type": "geojson", "data": "u"}, "roads": {"type": "geojson", "data": "r"}, "points": {"type": "geojson", "data": "p"}},
      "layers": [
        {"id": "sea", "type": "background", "paint": {"background-color": "#aad3df"}},
        {"id": "units", "type": "fill", "source": "units", "paint": {"fill-color": "#f4efe4"}},
        {"id": "borders", "type": "line", "source": "units", "paint": {"line-color": "#b9a98c", "line-width": 0.6}},
        {"id": "casing", "type": "line", "source": "roads", "layout": {"line-cap": "round", "line-join": "round"}, "paint": {"line-color": "#8a5a2b", "line-width": 3}},
        {"id": "roads", "type": "line", "source": "roads", "layout": {"line-cap": "round", "line-join": "round"}, "paint": {"line-color": "#f2b04a", "line-width": 1.6}},
        {"id": "points", "type": "circle", "source": "points", "paint": {"circle-radius": 2.75, "circle-color": "#c1121f", "circle-opacity": 0.6, "circle-stroke-width": 0.5, "circle-stroke-color": "#ffffff"}}]})",
        "bench");
    input.sources["units"] = units(40, 21);
    input.sources["roads"] = roads(1117);
    geo::FeatureTable points;
    for (const geo::LonLat& at : places(200)) {
        points.add_feature(geo::GeometryType::point);
        points.add_part({&at, 1});
    }
    input.sources["points"] = std::move(points);
    input.frame = frame;
    input.min_zoom = 4;
    input.max_zoom = 9;
    return input;
}

render::SceneInput heat_input() {
    render::SceneInput input;
    input.style = styles::parse_style(
        R"json({"version": 8, "sources": {"points": {"type": "geojson", "data": "p"}}, "layers": [{"id": "heat", "type": "heatmap", "source": "points",
      "paint": {"heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(251, 228, 173, 0)", 0.3, "#ee9542", 0.7, "#9a2c2a", 1, "#430d20"]}}]})json",
        "bench");
    geo::Events events;
    for (const geo::LonLat& at : places(200)) {
        events.at.push_back({static_cast<std::int32_t>(at.lon * 1e7), static_cast<std::int32_t>(at.lat * 1e7)});
        events.precision.push_back(geo::Precision::place);
    }
    events.spread_m.assign(geo::precision_count, 0);
    geo::FieldOptions options;
    options.bandwidth_m = 25'000;
    geo::Field field = geo::build_field(events, options);
    const double peak = field.peak();
    input.heat.emplace("heat", render::HeatInput{std::move(field), peak / 300, peak});
    input.frame = frame;
    input.min_zoom = 4;
    input.max_zoom = 9;
    return input;
}

std::vector<render::View> metatiles(int zoom) {
    std::vector<render::View> views;
    const geo::TileRange all = geo::tiles_of(frame, zoom);
    for (std::uint32_t y = all.min_y; y <= all.max_y; y += 8)
        for (std::uint32_t x = all.min_x; x <= all.max_x; x += 8) {
            render::View view;
            view.zoom = zoom;
            view.x = std::int64_t{x} * 256, view.y = std::int64_t{y} * 256;
            view.width = static_cast<int>(std::min(8u, all.max_x - x + 1)) * 256,
            view.height = static_cast<int>(std::min(8u, all.max_y - y + 1)) * 256;
            views.push_back(view);
        }
    return views;
}

void per_tile(benchmark::State& state, std::int64_t tiles) {
    state.counters["per_tile"] =
        benchmark::Counter(static_cast<double>(tiles), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void paint_zoom(benchmark::State& state, const render::Scene& scene) {
    const std::vector<render::View> views = metatiles(static_cast<int>(state.range(0)));
    render::Image image;
    std::int64_t tiles = 0;
    for (auto _ : state)
        for (const render::View& view : views) {
            render::paint(scene, view, image);
            benchmark::DoNotOptimize(image.pixels.data());
            tiles += view.width / 256 * (view.height / 256);
        }
    per_tile(state, tiles);
}

void encode_zoom(benchmark::State& state, const render::Scene& scene, render::ImageFormat format) {
    std::vector<render::Image> pictures;
    for (const render::View& view : metatiles(static_cast<int>(state.range(0)))) {
        pictures.push_back(render::paint(scene, view));
        if (pictures.size() == 2) break;
    }
    std::int64_t tiles = 0, bytes = 0;
    for (auto _ : state)
        for (const render::Image& picture : pictures)
            for (int y = 0; y < picture.height; y += 256)
                for (int x = 0; x < picture.width; x += 256) {
                    bytes += static_cast<std::int64_t>(
                        render::encode(render::crop(render::view_of(picture), x, y, 256, 256), format).size());
                    ++tiles;
                }
    per_tile(state, tiles);
    state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(tiles);
}

const render::Scene& vector_scene() {
    static const render::Scene scene = render::prepare_scene(vector_input());
    return scene;
}
const render::Scene& heat_scene() {
    static const render::Scene scene = render::prepare_scene(heat_input());
    return scene;
}

void prepare_vector(benchmark::State& state) {
    const render::SceneInput input = vector_input();
    for (auto _ : state) benchmark::DoNotOptimize(render::prepare_scene(input));
}
void paint_vector(benchmark::State& state) { paint_zoom(state, vector_scene()); }
void paint_heat(benchmark::State& state) { paint_zoom(state, heat_scene()); }
void encode_vector_png(benchmark::State& state) { encode_zoom(state, vector_scene(), render::ImageFormat::png); }
void encode_vector_webp(benchmark::State& state) { encode_zoom(state, vector_scene(), render::ImageFormat::webp); }
void encode_heat_png(benchmark::State& state) { encode_zoom(state, heat_scene(), render::ImageFormat::png); }

BENCHMARK(prepare_vector)->Unit(benchmark::kMillisecond);
BENCHMARK(paint_vector)->DenseRange(4, 9)->Unit(benchmark::kMillisecond);
BENCHMARK(paint_heat)->Arg(5)->Arg(7)->Unit(benchmark::kMillisecond);
BENCHMARK(encode_vector_png)->Arg(5)->Arg(7)->Arg(9)->Unit(benchmark::kMillisecond);
BENCHMARK(encode_vector_webp)->Arg(7)->Unit(benchmark::kMillisecond);
BENCHMARK(encode_heat_png)->Arg(5)->Arg(7)->Unit(benchmark::kMillisecond);

} // namespace
