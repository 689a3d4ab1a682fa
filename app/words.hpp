#pragma once
// The study's language, for texts that come in two.

#include "app/study.hpp"

namespace harmattan::app {

inline bool french(const Study& study) { return study.job.language == Language::fr; }
inline const char* words(const Study& study, const char* en, const char* fr) { return french(study) ? fr : en; }

} // namespace harmattan::app
