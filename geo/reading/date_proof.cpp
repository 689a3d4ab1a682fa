#include "geo/reading/date_proof.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

namespace harmattan::geo {

void set_date_orders(RowPlan& plan, const std::array<RowBatch::Proof, 2>& proved, const std::string& file) {
    constexpr std::array roles{Role::start, Role::end};
    for (std::size_t which = 0; which < roles.size(); ++which) {
        const RowBatch::Proof& proof = proved[which];
        if (proof.either_line == 0) continue;
        const std::string column = plan.name_of(roles[which]);
        const bool day_first = proof.day_first_line != 0, month_first = proof.month_first_line != 0;
        if (day_first && month_first)
            throw Error(
                ErrorKind::bad_data,
                fmt::format(
                    "dates of column '{}' contradict each other: '{}' (line {}) has the day first, '{}' (line {}) "
                    "the month; correct them, or say --date-order dmy or mdy and let the others be rejected",
                    column, proof.day_first, proof.day_first_line, proof.month_first, proof.month_first_line))
                .at(fmt::format("{}:{}:{}", file, std::max(proof.day_first_line, proof.month_first_line), column));
        if (!day_first && !month_first)
            throw Error(
                ErrorKind::bad_data,
                fmt::format("dates like '{}' may have day or month first, and no row of column '{}' proves which; say "
                            "--date-order dmy or --date-order mdy",
                            proof.either, column))
                .at(fmt::format("{}:{}:{}", file, proof.either_line, column));
        (which == 0 ? plan.start_rules : plan.end_rules).order =
            day_first ? DateOrder::day_first : DateOrder::month_first;
    }
}

EventBuilder read_by_proved_dates(RowPlan& plan, const std::string& file,
                                  const std::function<EventBuilder(bool until_undecided)>& read,
                                  const std::function<void()>& reopen) {
    EventBuilder first = read(true);
    if (!needs_proof(first.proofs())) return first;
    reopen();
    plan.proving_dates = true;
    const EventBuilder prover = read(false);
    plan.proving_dates = false;
    set_date_orders(plan, prover.proofs(), file);
    reopen();
    return read(false);
}

} // namespace harmattan::geo
