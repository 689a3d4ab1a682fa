#pragma once
// Sentences about a run, in English and French, made from its numbers: what legends, viewers and archives carry.

#include "app/job.hpp"
#include "geo/ledger.hpp"
#include "geo/read_events.hpp"

#include <string>
#include <vector>

namespace harmattan::app {

std::string describe_day(geo::Day day, Language language);                     ///< "1 July 2025", "1er juillet 2025"
std::string describe_month(int year, int month, Language language);            ///< "July 2025", "juillet 2025"
std::string describe_period(geo::Day first, geo::Day last, Language language); ///< "1 May – 31 October 2025"
/// "1 incident", "12,345 incidents"; French has no plural of 0.
std::string describe_incidents(std::uint64_t count, Language language);
/// "12,345" or "12 345" (narrow no-break space).
std::string describe_count(std::uint64_t count, Language language);
/// Up to three significant digits, with the language's decimal mark.
std::string describe_number(double value, Language language);

/// What the density is: kernel, bandwidth, events, effective n, how imprecise places and dates were taken.
struct Method {
    geo::Kernel kernel = geo::Kernel::gaussian;
    double bandwidth_km = 0;
    std::string bandwidth_rule;   ///< "default", "scott", "given", "search radius"
    std::string bandwidth_reason; ///< how the bandwidth came about, in English
    std::uint64_t events = 0;
    double weight = 0, effective_events = 0; ///< Σw and (Σw)²/Σw²
    geo::PrecisionUse precision = geo::PrecisionUse::prior;
    geo::DateMatch dates = geo::DateMatch::start;
    bool weighted = false;
};
std::string describe_method(const Method& method, Language language);

/// "known to a place", "to about 25 km", …
std::string precision_label(geo::Precision precision, Language language);
/// How well the events' places are known, in shares; empty where the table does not say.
std::string describe_precision(const geo::EventSource& source, Language language);
/// Good events without a place on the map; empty where there are none.
std::string describe_counted(const geo::Ledger& ledger, Language language);
/// The ledger in one line: "5,073 rows = 5,026 drawn + 47 counted".
std::string describe_ledger(const geo::Ledger& ledger, Language language);

/// "Incidents, 1 May – 31 October 2025" where the user gave no title.
std::string default_title(const geo::EventSource& source, Language language);

std::string made_up_note(Language language);
std::string schematic_note(Language language);
std::string density_note(Language language); ///< reported incidents, not risk

} // namespace harmattan::app
