#include "app/paper/page_document.hpp"

#include "app/version.hpp"
#include "app/words.hpp"
#include "geo/crs_transform.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

/// "Albers equal-area, standard parallels 11.5° and 23.5° N, meridian 4° W".
std::string projection_text(const Study& study, const render::MapPlacement& map) {
    const auto degrees = [&](double v, bool longitude) {
        std::string text = fmt::format("{:g}°", std::abs(v));
        if (french(study)) std::replace(text.begin(), text.end(), '.', ',');
        return text + (v == 0 ? "" : longitude ? (v > 0 ? " E" : words(study, " W", " O")) : (v > 0 ? " N" : " S"));
    };
    if (map.fitted && map.fitted->kind == geo::FittedKind::albers)
        return fmt::format(
            fmt::runtime(words(study, "Albers equal-area conic, standard parallels {} and {}, meridian {}",
                               "Albers, conique équivalente, parallèles automécoïques {} et {}, méridien {}")),
            degrees(map.fitted->lat_1, false), degrees(map.fitted->lat_2, false), degrees(map.fitted->lon_0, true));
    if (map.fitted)
        return fmt::format(fmt::runtime(words(study, "Lambert azimuthal equal-area, centre {}, {}",
                                              "Lambert, azimutale équivalente, centre {}, {}")),
                           degrees(map.fitted->lat_0, false), degrees(map.fitted->lon_0, true));
    const geo::CrsTransform crs(map.crs);
    std::string text = crs.name().empty() ? crs.method() : crs.name();
    if (text.empty()) text = map.crs;
    if (crs.epsg() != 0) text += fmt::format(" (EPSG:{})", crs.epsg());
    return text;
}

std::string paper_name(const Study& study, render::PaperSize paper) {
    if (study.job.paper.find('x') == std::string::npos) return study.job.paper;
    return fmt::format("{:g} × {:g} mm", paper.width_mm, paper.height_mm);
}

} // namespace

std::vector<std::pair<std::string, std::string>> document_lines(const Study& study, const render::MapPlacement& map,
                                                                render::PaperSize paper) {
    const Language language = study.job.language;
    std::vector<std::pair<std::string, std::string>> lines;
    const auto add = [&](const char* en, const char* fr, const std::string& value) {
        if (!value.empty()) lines.emplace_back(words(study, en, fr), value);
    };
    const Job& job = study.job;
    add("Map number", "Carte n°", job.map_version.empty() ? job.map_number : job.map_number + " " + job.map_version);
    add("Projection", "Projection", projection_text(study, map));
    const std::string& datum = geo::CrsTransform(map.crs).datum();
    add("Datum", "Datum", datum.empty() ? "WGS 84" : datum);
    add("Paper", "Papier", paper_name(study, paper));
    if (const std::optional<geo::Day> as_of = job.as_of ? job.as_of : study.incidents.source.last_day)
        add("Data as of", "Données au", describe_day(*as_of, language));
    if (const std::optional<geo::Day> created = created_day(job))
        add("Created", "Créée le", describe_day(*created, language) + " (UTC)");
    add("GLIDE", "GLIDE", job.glide);
    add("Producer", "Producteur", job.producer);
    add("Contact", "Contact", job.contact);
    add("Corrections", "Corrections", job.feedback);
    add("Live map", "Carte en ligne", job.url);
    add("Made with", "Réalisée avec", fmt::format("harmattan {}", program_version));
    return lines;
}

std::optional<geo::Day> created_day(const Job& job) {
    if (job.created) return job.created;
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    if (!epoch || !*epoch) return std::nullopt;
    long long seconds = 0;
    const std::string_view text(epoch);
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failed != std::errc() || stop != text.data() + text.size() || seconds < 0 || seconds > 253402300799)
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("SOURCE_DATE_EPOCH is '{}'; it should be a number of seconds since 1970", text));
    return static_cast<geo::Day>(seconds / 86400);
}

} // namespace harmattan::app
