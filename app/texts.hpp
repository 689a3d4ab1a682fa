#pragma once
// Values a user writes, from text: numbers, boxes, zooms, sizes, shares. Each throws Error bad_config that names the
// value and what it should look like.

#include "geo/events.hpp"
#include "geo/space.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harmattan::app {

double parse_number(std::string_view text, double low, double high);
int parse_integer(std::string_view text, int low, int high);
/// "W,S,E,N" in degrees, or four texts; zero area and latitudes out of order are refused.
geo::LonLatBox parse_box(std::span<const std::string> texts);
std::pair<double, double> parse_range(std::span<const std::string> texts);
std::pair<int, int> parse_zooms(std::string_view text); ///< "3-9" or "8"
std::size_t parse_size(std::string_view text);          ///< "512M", "1GiB", "2000000"
double parse_share(std::string_view text);              ///< "1%" or "0.01"
geo::Day parse_day(std::string_view text);              ///< "2025-07-01"
/// Splits at commas; empty pieces are dropped, blanks around pieces too.
std::vector<std::string> split_commas(std::span<const std::string> texts);
/// One of `choices`, by its index.
std::size_t parse_choice(std::string_view text, std::span<const std::string> choices);

} // namespace harmattan::app
