#pragma once
// The spaces that French sets before its tall marks: none of them may end a line.

#include <string>
#include <string_view>

namespace harmattan::render {

/// A narrow no-break space (U+202F) before ; ! ? %, a no-break space (U+00A0) before : and inside « », wherever the
/// text has a space of any kind there; nothing is put where there was none. Source: Lexique des règles typographiques
/// en usage à l'Imprimerie nationale; the per cent sign as CLDR writes it.
std::string french_spacing(std::string_view text);

} // namespace harmattan::render
