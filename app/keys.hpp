#pragma once
// Every setting of a job, once: its key in the map file, its flag, its help, and where it goes. The map file, the
// command line, --set and `harmattan init` are all read off this one list.

#include "app/job.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace harmattan::app {

enum class KeyType { text, number, list };

struct Key {
    std::string path; ///< "density.bandwidth_km"
    KeyType type = KeyType::text;
    std::string flag;    ///< "--bandwidth-km"; empty: only in the map file and by --set
    std::string value;   ///< what the help calls the value: "KM|RULE"
    std::string help;    ///< one line
    std::string example; ///< TOML text for init's commented file
    /// Reads the value (a list has several texts) into the job. Throws Error bad_config without a place.
    std::function<void(Job&, std::span<const std::string>)> set;
};

const std::vector<Key>& job_keys();

/// Null where there is no such key.
const Key* find_key(std::string_view path);

/// Sets one key from texts; `where` ("map.toml:12:3", "--bandwidth-km") goes into the trail of an Error.
void set_key(Job& job, std::string_view path, std::span<const std::string> values, const std::string& where);

} // namespace harmattan::app
