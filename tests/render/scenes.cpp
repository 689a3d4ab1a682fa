#include "scenes.hpp"

#include <cmath>
#include <fmt/format.h>
#include <random>

namespace harmattan::render::test {

namespace {

// Uniform in [low, high), the same with every standard library.
double between(std::mt19937& random, double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
}

// From place to place in bends of several sizes, as rivers and borders go.
std::vector<geo::LonLat> wander(std::mt19937& random, geo::LonLat from, geo::LonLat to, int steps) {
    const double dx = to.lon - from.lon, dy = to.lat - from.lat, length = std::sqrt(dx * dx + dy * dy);
    struct Bend {
        double waves, width, phase;
    };
    std::vector<Bend> bends;
    for (double waves = 1.5; waves < 40; waves *= 2.3)
        bends.push_back({waves * length / 5, 0.35 / waves, between(random, 0, 6.28)});
    std::vector<geo::LonLat> line{from};
    for (int i = 1; i < steps; ++i) {
        const double t = static_cast<double>(i) / steps;
        double aside = 0;
        for (const Bend& bend : bends)
            aside += bend.width * (std::sin(bend.phase + 6.28 * bend.waves * t) - std::sin(bend.phase));
        aside *= std::sin(3.1416 * t); // both ends stay where they are
        line.push_back({from.lon + t * dx - aside * dy / length, from.lat + t * dy + aside * dx / length});
    }
    line.push_back(to);
    return line;
}

std::vector<geo::LonLat> oval(geo::LonLat middle, double radius, int corners) {
    std::vector<geo::LonLat> ring;
    for (int i = 0; i < corners; ++i)
        ring.push_back({middle.lon + radius * std::cos(2 * M_PI * i / corners),
                        middle.lat + 0.7 * radius * std::sin(2 * M_PI * i / corners)});
    ring.push_back(ring.front());
    return ring;
}

} // namespace

View view_around(geo::LonLat middle, int zoom, int width, int height, double scale) {
    View view;
    view.zoom = zoom;
    view.scale = scale;
    view.tile_px = static_cast<int>(256 * scale);
    view.width = width;
    view.height = height;
    const auto at = view.matrix().to_pixels(middle);
    view.x = static_cast<std::int64_t>(std::floor(at.x)) - width / 2;
    view.y = static_cast<std::int64_t>(std::floor(at.y)) - height / 2;
    return view;
}

geo::FeatureTable countries() {
    std::mt19937 random(11);
    geo::FeatureTable table;
    const std::vector<geo::LonLat> border = wander(random, {10, 8}, {10.5, 16}, 300);
    std::vector<geo::LonLat> west(border.rbegin(), border.rend()), east(border);
    west.insert(west.end(), {{4, 8}, {4, 16}, {10.5, 16}});
    east.insert(east.end(), {{16, 16}, {16, 8}, {10, 8}});
    std::size_t f = table.add_feature(geo::GeometryType::polygon);
    table.add_part(west);
    table.set(f, "name", std::string("Ouest"));
    f = table.add_feature(geo::GeometryType::polygon);
    table.add_part(east);
    table.set(f, "name", std::string("Côte de l'Est"));
    f = table.add_feature(geo::GeometryType::polygon);
    table.add_part(oval({2, 10}, 0.8, 40));
    table.add_part(oval({2, 10}, 0.3, 20)); // a lake: drawn out by the even-odd rule, whichever way it turns
    table.set(f, "name", std::string("Île"));
    return table;
}

geo::FeatureTable rivers() {
    std::mt19937 random(12);
    geo::FeatureTable table;
    std::size_t f = table.add_feature(geo::GeometryType::line);
    table.add_part(wander(random, {5, 9}, {8, 13}, 120));
    table.set(f, "name", std::string("Nakambé"));
    f = table.add_feature(geo::GeometryType::line);
    table.add_part(wander(random, {8, 13}, {14.5, 14.5}, 150));
    table.set(f, "name", std::string("Nakambé"));
    f = table.add_feature(geo::GeometryType::line);
    table.add_part(wander(random, {15, 8.5}, {11, 12}, 150));
    table.set(f, "name", std::string("Sirba"));
    return table;
}

geo::FeatureTable towns(int count) {
    static const char* names[]{"Ségou", "Fada N'Gourma", "Aïoun el-Atrouss", "تمبكتو", "Bobo-Dioulasso",
                               "Kidal", "Nzérékoré",     "São Domingos",     "Djibo"};
    std::mt19937 random(13);
    geo::FeatureTable table;
    for (int i = 0; i < count; ++i) {
        const geo::LonLat at{between(random, 4.2, 15.8), between(random, 8.2, 15.8)};
        const std::size_t f = table.add_feature(geo::GeometryType::point);
        table.add_part({&at, 1});
        table.set(f, "name", std::string(names[i % 9]));
        table.set(f, "rank", 1.0 + i % 5);
    }
    return table;
}

geo::FeatureTable incidents(int count) {
    std::mt19937 random(14);
    geo::FeatureTable table;
    for (int i = 0; i < count; ++i) {
        const geo::LonLat at{between(random, 6, 14), between(random, 9, 15)};
        const std::size_t f = table.add_feature(geo::GeometryType::point);
        table.add_part({&at, 1});
        table.set(f, "count", i % 7 == 0 ? 9.0 : 1.0);
    }
    return table;
}

SceneInput input(const std::string& layers, int min_zoom, int max_zoom) {
    SceneInput scene;
    scene.style = styles::parse_style(fmt::format(R"({{"version": 8, "name": "test", "sources": {{
        "countries": {{"type": "geojson", "data": "a"}}, "rivers": {{"type": "geojson", "data": "b"}},
        "towns": {{"type": "geojson", "data": "c"}}, "incidents": {{"type": "geojson", "data": "d"}}}},
        "glyphs": "{{fontstack}}/{{range}}.pbf", "layers": [{}]}})",
                                                  layers),
                                      "test style");
    scene.sources["countries"] = countries();
    scene.sources["rivers"] = rivers();
    scene.sources["towns"] = towns(140);
    scene.sources["incidents"] = incidents(160);
    scene.frame = {0, 7, 17, 17};
    scene.min_zoom = min_zoom;
    scene.max_zoom = max_zoom;
    return scene;
}

std::string map_layers() {
    return R"(
      {"id": "sea", "type": "background", "paint": {"background-color": "#dbe6ea"}},
      {"id": "land", "type": "fill", "source": "countries", "paint": {"fill-color": "#fbf9f4"}},
      {"id": "borders", "type": "line", "source": "countries", "metadata": {"harmattan:legend": {"en": "Border", "fr": "Frontière"}},
       "paint": {"line-color": "#555555", "line-width": 1.2, "line-dasharray": [6, 3]}},
      {"id": "rivers", "type": "line", "source": "rivers", "layout": {"line-cap": "round", "line-join": "round"},
       "paint": {"line-color": "#7fb0c6", "line-width": 1.6}},
      {"id": "incidents", "type": "circle", "source": "incidents", "metadata": {"harmattan:legend": "Incidents"},
       "paint": {"circle-radius": ["sqrt", ["*", 4, ["get", "count"]]], "circle-color": "#7d1e2a", "circle-opacity": 0.6, "circle-stroke-width": 0.5, "circle-stroke-color": "#ffffff"}},
      {"id": "dots", "type": "circle", "source": "towns", "metadata": {"harmattan:set": "labels"}, "paint": {"circle-radius": 2, "circle-color": "#222222"}},
      {"id": "river-names", "type": "symbol", "source": "rivers", "layout": {"symbol-placement": "line", "text-field": ["get", "name"],
       "text-font": ["Noto Sans Italic"], "text-size": 12}, "paint": {"text-color": "#3c728f", "text-halo-color": "#ffffff", "text-halo-width": 1}},
      {"id": "names", "type": "symbol", "source": "towns", "layout": {"text-field": ["get", "name"], "text-font": ["Noto Sans Regular"],
       "text-size": ["-", 16, ["get", "rank"]], "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.5,
       "text-justify": "auto", "symbol-sort-key": ["get", "rank"]},
       "paint": {"text-color": "#222222", "text-halo-color": "#ffffffd9", "text-halo-width": 1.3}})";
}

} // namespace harmattan::render::test
