#include "app/user_layers.hpp"

#include "app/corridors/road_corridors.hpp"
#include "geo/error.hpp"
#include "geo/read_features.hpp"

#include <fmt/format.h>

namespace harmattan::app {

geo::FeatureTable read_user_features(const std::filesystem::path& file, geo::GeometryType wanted, const char* what) {
    geo::FeatureTable table = geo::read_features(file).table;
    for (const geo::GeometryType type : table.type)
        if (type != wanted && type != geo::GeometryType::none)
            throw geo::Error(geo::ErrorKind::bad_data,
                             fmt::format("{}, but '{}' holds other geometries", what, file.string()));
    if (table.size() == 0)
        throw geo::Error(geo::ErrorKind::bad_data, fmt::format("{}, but '{}' is empty", what, file.string()));
    return table;
}

void name_features(geo::FeatureTable& table, Language language) {
    const std::string wanted = language == Language::fr ? "name_fr" : "name_en";
    if (!table.find_column(wanted)) return;
    for (std::size_t i = 0; i < table.size(); ++i)
        if (const std::string name = table.text(i, wanted); !name.empty()) table.set(i, "name", name);
}

geo::FeatureTable read_corridors(const Study& study) {
    if (!study.job.via.empty()) return corridors_by_road(study);
    if (study.job.corridors.empty()) {
        geo::FeatureTable corridors = study.region.layer("corridors");
        name_features(corridors, study.job.language);
        return corridors;
    }
    geo::FeatureTable corridors =
        read_user_features(study.job.corridors, geo::GeometryType::line, "--corridors wants lines");
    if (!corridors.find_column("schematic"))
        for (std::size_t i = 0; i < corridors.size(); ++i) corridors.set(i, "schematic", false);
    return corridors;
}

} // namespace harmattan::app
