#pragma once
// Layers that a user may bring in place of the embedded ones.

#include "app/study.hpp"

namespace harmattan::app {

/// A user's own layer, all of one geometry. Throws Error bad_data, which begins with `what` ("--corridors wants
/// lines"), and what reading throws.
geo::FeatureTable read_user_features(const std::filesystem::path& file, geo::GeometryType wanted, const char* what);

/// Adds `name`: the feature's name in the map's language, which styles show as text.
void name_features(geo::FeatureTable& table, Language language);

/// The corridors of a job: --via over --roads, --corridors, else the embedded ones, which are schematic.
geo::FeatureTable read_corridors(const Study& study);

} // namespace harmattan::app
