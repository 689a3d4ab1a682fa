#pragma once
// Small made-up scenes: a few countries, roads, towns and incidents around 10° E, 12° N.

#include "render/scene.hpp"

#include <string>

namespace harmattan::render::test {

/// A view of `width` × `height` pixels around a place.
View view_around(geo::LonLat middle, int zoom, int width, int height, double scale = 1);

/// Two neighbours with a wandering common border, an island with a lake in it.
geo::FeatureTable countries();
/// Wandering lines, one of them in two pieces, with names.
geo::FeatureTable rivers();
/// `count` towns with names (accents, Arabic), ranks 1 to 5.
geo::FeatureTable towns(int count);
/// `count` incidents, some coincident ("count").
geo::FeatureTable incidents(int count);

/// Sources "countries", "rivers", "towns", "incidents"; the style's layers are given as the JSON list's inside.
SceneInput input(const std::string& layers, int min_zoom = 4, int max_zoom = 8);

/// A full map: land, borders, rivers, dots, names.
std::string map_layers();

} // namespace harmattan::render::test
