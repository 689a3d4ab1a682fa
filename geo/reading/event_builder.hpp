#pragma once
// Puts the batches of a table together in the order of the file: Events, Ledger, and what is said of the source.

#include "geo/read_events.hpp"
#include "geo/reading/row_batch.hpp"
#include "geo/reading/seen_ids.hpp"

#include <array>
#include <string>
#include <vector>

namespace harmattan::geo {

class EventBuilder {
public:
    /// `file` names the table in examples and messages; `first_line`: lines before the first row.
    EventBuilder(const RowPlan& plan, std::string file, std::uint64_t first_line);

    /// Room for this many events, so that the columns need not move as they grow.
    void reserve(std::uint64_t events);
    /// Takes the next batch of the file; its texts may be moved out.
    void merge(RowBatch& batch);

    /// What the date columns prove so far; `either` lines are set where an order is needed and not known.
    const std::array<RowBatch::Proof, 2>& proofs() const { return m_proofs; }

    /// Completes `import`: events, ledger, extent, days, precision mix, countries, notes. Throws Error bad_data where
    /// too many rows are rejected or none is left.
    void finish(EventImport& import, double max_reject);

private:
    void settle_ids(RowBatch& batch);
    void drop_events(RowBatch& batch, const std::vector<std::uint8_t>& dropped);
    void add_examples(const RowBatch& batch);
    void require_enough(const EventSource& source, double max_reject) const;
    std::string hint(Fate fate) const;
    void describe(EventSource& source) const;
    std::string count_text(std::uint64_t count, std::string_view noun) const;

    const RowPlan& m_plan;
    std::string m_file;
    std::uint64_t m_line;
    Events m_events;
    Ledger m_ledger;
    PerFate<std::uint64_t> m_fates{};
    PerFate<std::uint64_t> m_examples{};
    SeenIds m_ids;
    std::vector<TextTable> m_tables;
    std::array<RowBatch::Proof, 2> m_proofs;
    std::uint64_t m_blank = 0, m_wrapped = 0, m_unknown_codes = 0;
    std::string m_unknown_code;
    std::uint64_t m_unknown_code_line = 0;
    bool m_marked = false;
    std::string m_ill_formed;
};

} // namespace harmattan::geo
