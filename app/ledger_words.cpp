#include "app/ledger_words.hpp"

#include <algorithm>
#include <map>

namespace harmattan::app {

namespace {

struct Words {
    const char *en, *fr;
};

const std::map<std::string, Words>& reasons() {
    static const std::map<std::string, Words> known{
        {"no_coordinates", {"no coordinates", "sans coordonnées"}},
        {"country_only", {"known only to a country", "connu seulement au pays"}},
        {"outside_mercator", {"beyond 85° north or south", "au-delà de 85° nord ou sud"}},
        {"date", {"outside the period", "hors de la période"}},
        {"no_date", {"without a date, where a period is asked for", "sans date, alors qu'une période est demandée"}},
        {"where", {"does not meet the condition", "ne remplit pas la condition"}},
        {"within", {"outside the area taken", "hors de la zone retenue"}},
        {"precision", {"place not known well enough", "lieu trop imprécis"}},
        {"same_event", {"another row of the same event", "autre ligne du même événement"}},
        {"nul_byte", {"holds a NUL byte", "contient un octet nul"}},
        {"invalid_utf8", {"not valid UTF-8", "UTF-8 non valide"}},
        {"unclosed_quote", {"quote not closed", "guillemet non fermé"}},
        {"stray_quote", {"stray quote", "guillemet égaré"}},
        {"long_line", {"line too long", "ligne trop longue"}},
        {"short_row", {"too few fields", "trop peu de champs"}},
        {"long_row", {"too many fields", "trop de champs"}},
        {"bad_longitude", {"longitude is no number", "longitude non numérique"}},
        {"bad_latitude", {"latitude is no number", "latitude non numérique"}},
        {"longitude_out_of_range", {"longitude out of range", "longitude hors limites"}},
        {"latitude_out_of_range", {"latitude out of range", "latitude hors limites"}},
        {"null_island", {"at 0° N, 0° E", "à 0° N, 0° E"}},
        {"not_a_point", {"not a point", "n'est pas un point"}},
        {"bad_geometry", {"geometry cannot be read", "géométrie illisible"}},
        {"bad_date", {"date cannot be read", "date illisible"}},
        {"end_before_start", {"ends before it begins", "finit avant de commencer"}},
        {"bad_weight", {"weight is no number", "poids non numérique"}},
        {"weight_out_of_range", {"weight out of range", "poids hors limites"}},
        {"duplicate_id", {"the same row again", "ligne répétée"}},
        {"conflicting_id", {"another row with the same id", "autre ligne de même identifiant"}},
    };
    return known;
}

} // namespace

std::string ledger_reason(const std::string& key, Language language) {
    if (const auto found = reasons().find(key); found != reasons().end())
        return language == Language::fr ? found->second.fr : found->second.en;
    std::string text = key;
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

} // namespace harmattan::app
