#pragma once
// The study's language, for texts that come in two; French ones get the spaces that French sets.

#include "app/study.hpp"
#include "render/text/french_spacing.hpp"

#include <string>

namespace harmattan::app {

inline bool french(const Study& study) { return study.job.language == Language::fr; }
/// The region's column of names in the study's language.
inline const char* name_column(const Study& study) { return french(study) ? "name_fr" : "name_en"; }
inline std::string words(Language language, const char* en, const char* fr) {
    return language == Language::fr ? render::french_spacing(fr) : en;
}
inline std::string words(const Study& study, const char* en, const char* fr) {
    return words(study.job.language, en, fr);
}

} // namespace harmattan::app
