#pragma once
// The map file: a user's map.toml, read into a Job; and the commented one that `init` writes.

#include "app/job.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::app {

/// Throws Error bad_config (line and column of the value, all faults of the file together) or no_input.
void read_map_file(Job& job, const std::filesystem::path& file);

/// The texts of a TOML value ("[\"ML\", \"BF\"]"); what is no TOML value is one text as it is.
std::vector<std::string> texts_of_toml(const std::string& value);

/// A map file with every key: those set here written out, the others commented with an example.
std::string commented_map_file(const Job& job);

} // namespace harmattan::app
