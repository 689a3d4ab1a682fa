#include "geo/region_manifest.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace harmattan::geo {

RegionManifest read_region_manifest(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream)
        throw Error(ErrorKind::no_input,
                    fmt::format("the embedded region is not at '{}'; set HARMATTAN_DATA to the folder "
                                "'data' of the project",
                                file.string()));
    try {
        const nlohmann::json json = nlohmann::json::parse(stream);
        RegionManifest manifest;
        const auto frame = json.at("frame").get<std::vector<double>>();
        if (frame.size() != 4)
            throw Error(ErrorKind::bad_config,
                        fmt::format("'frame' in '{}' is not west, south, east, north", file.string()));
        manifest.frame = {frame[0], frame[1], frame[2], frame[3]};
        manifest.disclaimer_en = json.at("disclaimer_en").get<std::string>();
        manifest.disclaimer_fr = json.at("disclaimer_fr").get<std::string>();
        for (const nlohmann::json& layer : json.at("layers")) {
            const auto text = [&](const char* key) { return layer.at(key).get<std::string>(); };
            manifest.credits.push_back(
                {text("name"), text("licence"), text("credit_en"), text("credit_fr"), text("vintage")});
            manifest.files.emplace_back(text("file"));
        }
        return manifest;
    } catch (const nlohmann::json::exception& wrong) {
        throw Error(ErrorKind::bad_config, fmt::format("'{}' is not a manifest of the region: {}; make it again with "
                                                       "script/data/make_all.sh",
                                                       file.string(), wrong.what()));
    }
}

} // namespace harmattan::geo
