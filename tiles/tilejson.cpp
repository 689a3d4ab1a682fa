#include "tiles/tilejson.hpp"

#include "geo/error.hpp"
#include "tiles/json_text.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

std::string tilejson(const TilesetInfo& info, std::string_view tiles_url) {
    const geo::LonLatBox& b = info.bounds;
    Json json{{"tilejson", "3.0.0"},
              {"tiles", Json::array({std::string(tiles_url)})},
              {"name", info.name},
              {"description", info.description},
              {"attribution", info.attribution},
              {"version", info.version},
              {"scheme", "xyz"},
              {"minzoom", info.min_zoom},
              {"maxzoom", info.max_zoom},
              {"bounds", {b.west, b.south, b.east, b.north}},
              {"center", {info.centre.lon, info.centre.lat, info.centre_zoom}}};
    Json ours = Json::parse(info.harmattan, nullptr, false);
    if (!ours.is_object()) throw Error(ErrorKind::internal, "what goes under \"harmattan\" must be a JSON object");
    ours["tile_px"] = info.tile_px;
    json["harmattan"] = std::move(ours);
    return json_text(json);
}

std::string joined(std::string_view base, std::string_view tail) {
    return fmt::format("{}{}{}", base, base.ends_with('/') ? "" : "/", tail);
}

std::vector<ManifestFile> list_files(const fs::path& folder) {
    std::vector<ManifestFile> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string path = entry.path().lexically_relative(folder).generic_string();
        if (path != "manifest.json") files.push_back({path, entry.file_size(), sha256_hex_of_file(entry.path())});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::string manifest(const fs::path& folder) {
    Json files = Json::array();
    for (const ManifestFile& file : list_files(folder))
        files.push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    return seal_json(json_text({{"files", files}}));
}

std::vector<ManifestFile> parse_manifest(std::string_view text) {
    if (!is_sealed(text))
        throw Error(ErrorKind::bad_data, "the manifest has been changed or cut: its digest does not fit");
    std::vector<ManifestFile> files;
    try {
        const Json json = Json::parse(text);
        for (const Json& file : json.at("files"))
            files.push_back({file.at("path"), file.at("bytes"), file.at("sha256")});
    } catch (const Json::exception&) {
        throw Error(ErrorKind::bad_data, "the manifest is not as this program writes it");
    }
    return files;
}

} // namespace harmattan::tiles
