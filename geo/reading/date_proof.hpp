#pragma once
// Whether 05/06/2023 is in May or in June is decided for a column, by rows that can only be read one way, or not at
// all.

#include "geo/reading/event_builder.hpp"

#include <array>
#include <functional>
#include <string>

namespace harmattan::geo {

/// Whether a reading met dates whose order has to be proved first.
inline bool needs_proof(const std::array<RowBatch::Proof, 2>& met) { return met[0].either_line || met[1].either_line; }

/// Sets the orders of the columns that hold such dates, by what a pass over all rows has proved. Throws Error bad_data,
/// with line and column, where nothing or both is proved.
void set_date_orders(RowPlan& plan, const std::array<RowBatch::Proof, 2>& proved, const std::string& file);

/// Reads a table by a plan whose date orders may not be known yet: a reading that meets such dates stops, a second one
/// over all rows proves the order, a third one reads by it. `read` reads what is open (until dates are undecided, if
/// asked to) and `reopen` starts the table again.
EventBuilder read_by_proved_dates(RowPlan& plan, const std::string& file,
                                  const std::function<EventBuilder(bool until_undecided)>& read,
                                  const std::function<void()>& reopen);

} // namespace harmattan::geo
