#pragma once
// How our JSON documents become text. Heavy: for .cpp files that build them only.

#include "geo/error.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace harmattan::tiles {

using Json = nlohmann::ordered_json;

/// Indented, one line end at the end. Throws bad_data if a text is not UTF-8.
inline std::string json_text(const Json& json) {
    try {
        return json.dump(2) + "\n";
    } catch (const Json::type_error&) {
        throw geo::Error(geo::ErrorKind::bad_data, "a text of the tileset is not UTF-8");
    }
}

} // namespace harmattan::tiles
