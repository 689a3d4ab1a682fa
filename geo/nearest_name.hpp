#pragma once
// "Did you mean …": the known name closest to a mistyped one.

#include <span>
#include <string>
#include <string_view>

namespace harmattan::geo {

/// Insertions, deletions and replacements between two texts, byte by byte.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `known` to `wrong`, ignoring ASCII case; empty where nothing is near (more than a third of the
/// letters differ). Ties go to the earlier name.
std::string nearest_name(std::string_view wrong, std::span<const std::string> known);

/// " (did you mean 'latitude'?)" or nothing: to be put at the end of a message.
std::string did_you_mean(std::string_view wrong, std::span<const std::string> known);

} // namespace harmattan::geo
