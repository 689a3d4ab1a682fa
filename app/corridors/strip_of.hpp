#pragma once
// The strip of a corridor: which one, its incidents by chainage and distance, the towns and borders on the way; the
// words by language.

#include "app/corridors/corridor_study.hpp"
#include "render/print/strip_chart.hpp"

#include <cstddef>
#include <functional>
#include <optional>

namespace harmattan::app {

/// The corridor that the job names, whatever the frame; else the one of the frame (a quarter of the way or more in it,
/// and in the countries asked for) with most incidents near it per km, the first of several. Nothing where no corridor
/// meets the frame. Throws Error bad_config, naming the nearest, for a name that none has.
std::optional<std::size_t> strip_corridor(const Study& study, const geo::FeatureTable& corridors,
                                          const geo::LonLatBox& frame);

/// One panel of the whole period.
render::StripChart corridor_strip(const Study& study, const CorridorStudy& corridor);
/// A panel for each of the job's two periods, in rates: periods of unlike length are compared alike. Throws Error
/// bad_data where one of them has no incident.
render::StripChart corridor_strip_compared(const Study& study, const CorridorStudy& corridor);
/// A panel for every month. Throws Error bad_data where no incident has a date, usage for more months than can be read.
render::StripChart corridor_strip_by_month(const Study& study, const CorridorStudy& corridor);

/// Of the shares of incidents known only roughly, in a key.
std::string rough_title(const Study& study);
/// What a strip cannot show, in sentences: rough places, schematic lines.
std::string corridor_note(const Study& study, const CorridorStudy& corridor);

/// What draws it in a figure: one panel as high as a fifth of an A4 page's width, several each on few lines.
std::function<render::Block(const render::Lettering&, double width_mm, double size_pt)>
strip_drawing(render::StripChart chart);

} // namespace harmattan::app
