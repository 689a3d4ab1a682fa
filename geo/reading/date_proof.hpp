#pragma once
// Whether 05/06/2023 is in May or in June is decided for a column, by rows that can only be read one way, or not at all.

#include "geo/reading/row_batch.hpp"

#include <array>
#include <string>

namespace harmattan::geo {

/// Whether a reading met dates whose order has to be proved first.
inline bool needs_proof(const std::array<RowBatch::Proof, 2>& met) { return met[0].either_line || met[1].either_line; }

/// Sets the orders of `plan` where the reading `met` dates of either order, by what a pass over all rows has `proved`.
/// Throws Error bad_data, with line and column, where nothing or both is proved.
void set_date_orders(RowPlan& plan, const std::array<RowBatch::Proof, 2>& met,
                     const std::array<RowBatch::Proof, 2>& proved, const std::string& file);

} // namespace harmattan::geo
