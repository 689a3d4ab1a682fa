#include "app/paper/page_sources.hpp"

#include "app/words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

/// What kind of data a credit's word means, in the page's language.
std::string layer_word(const Study& study, const std::string& what) {
    static const std::vector<std::array<const char*, 3>> known{
        {"incidents", "Incidents", "Incidents"},
        {"layers", "Layers", "Couches"},
        {"boundaries", "Boundaries", "Limites"},
        {"corridors", "Corridors", "Corridors"},
        {"countries", "Countries", "Pays"},
        {"admin1", "First-level units", "Unités de premier niveau"},
        {"coast", "coast", "côtes"},
        {"rivers", "rivers", "cours d'eau"},
        {"lakes", "lakes", "lacs"},
        {"surroundings", "Land beyond", "Terres voisines"},
        {"places", "Places", "Localités"}};
    for (const auto& word : known)
        if (what == word[0]) return words(study, word[1], word[2]);
    return what;
}

} // namespace

std::vector<std::string> source_lines(const Study& study, const SceneParts& parts) {
    std::vector<std::string> lines;
    for (const Credit& credit : study.credits) {
        const bool own = credit.what == "corridors" || credit.what == "boundaries"; // the embedded are not alone
        std::vector<std::string> kinds;
        for (std::size_t at = 0; at < credit.what.size();) {
            const std::size_t comma = std::min(credit.what.find(", ", at), credit.what.size());
            const std::string kind = credit.what.substr(at, comma - at);
            at = comma + 2;
            if (!parts.has_base && kind != "surroundings" && !own && study.region.has_layer(kind)) continue;
            std::string word = layer_word(study, kind);
            if (!kinds.empty() && !word.empty() && word[0] >= 'A' && word[0] <= 'Z')
                word[0] = static_cast<char>(word[0] - 'A' + 'a');
            kinds.push_back(std::move(word));
        }
        if (kinds.empty()) continue;
        std::string line = fmt::format("{}{} {}", fmt::join(kinds, ", "), words(study, ":", " :"), credit.text);
        if (!credit.licence.empty() && credit.text.find(credit.licence) == std::string::npos)
            line +=
                fmt::format(" ({})", credit.licence == "public domain" ? words(study, "public domain", "domaine public")
                                                                       : credit.licence);
        if (credit.what == "incidents") {
            if (study.incidents.source.file.size() < 60 && credit.text != study.incidents.source.file)
                line += fmt::format(" ({})", study.incidents.source.file);
            if (study.job.accessed)
                line += fmt::format(fmt::runtime(words(study, ", accessed {}", ", consulté le {}")),
                                    describe_day(*study.job.accessed, study.job.language));
        }
        if (line.back() != '.') line += '.';
        lines.push_back(line);
    }
    return lines;
}

} // namespace harmattan::app
