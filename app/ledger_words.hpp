#pragma once
// The ledger's reasons in a reader's words, English and French; the keys stay with --ledger.

#include "app/job.hpp"

#include <string>

namespace harmattan::app {

/// "no coordinates", "longitude out of range"; a key that is not known as it stands, with blanks for underscores.
std::string ledger_reason(const std::string& key, Language language);

} // namespace harmattan::app
