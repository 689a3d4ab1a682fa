#pragma once
// Names made comparable: "Côte d’Ivoire", "cote d'ivoire" and "Cote-d-Ivoire" are one.

#include <string>
#include <string_view>

namespace harmattan::geo {

/// Latin letters without accents and in lower case; all that is not a letter or digit becomes one blank between words.
/// Letters of other scripts stay as they are.
std::string fold_name(std::string_view utf8);

} // namespace harmattan::geo
