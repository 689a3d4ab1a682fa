#pragma once
// The row ledger: where every row of an event table went.
// rows = drawn + Σ counted + Σ filtered + Σ rejected, always; `balanced()` says so.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace harmattan::geo {

struct LedgerExample {
    std::string reason, file;
    std::uint64_t line = 0; ///< 1-based line of the file on which the row starts (0: the format has no lines)
    std::string column;     ///< the column's name in the file, empty where the whole row is meant
    std::string value;      ///< the offending text, cut to 60 characters, valid UTF-8
};

struct Ledger {
    std::uint64_t rows = 0;
    std::uint64_t drawn = 0;
    std::map<std::string, std::uint64_t>
        counted; ///< good events without a place on the map: "no_coordinates", "country_only", …
    std::map<std::string, std::uint64_t> filtered; ///< taken out by the user: "date", "where", "within", "precision"
    std::map<std::string, std::uint64_t>
        rejected; ///< "bad_longitude", "null_island", "short_row", "bad_date", "duplicate_id", …
    std::vector<LedgerExample> examples; ///< the first few rows of each rejected or counted reason

    static constexpr std::size_t examples_per_reason = 10;

    std::uint64_t counted_total() const;
    std::uint64_t filtered_total() const;
    std::uint64_t rejected_total() const;
    bool balanced() const { return rows == drawn + counted_total() + filtered_total() + rejected_total(); }
};

} // namespace harmattan::geo
