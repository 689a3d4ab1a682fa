#include "geo/reading/event_builder.hpp"

#include <algorithm>

namespace harmattan::geo {

namespace {

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

template <class T>
void erase_marked(std::vector<T>& values, const std::vector<std::uint8_t>& marked) {
    if (values.empty()) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!marked[i]) values[kept++] = values[i];
    values.resize(kept);
}

void take_first(std::uint64_t& line, std::string& text, std::uint64_t batch_line, const std::string& batch_text,
                std::uint64_t base) {
    if (line != 0 || batch_line == 0) return;
    line = base + batch_line;
    text = batch_text;
}

} // namespace

EventBuilder::EventBuilder(const RowPlan& plan, std::string file, std::uint64_t first_line)
    : m_plan(plan), m_file(std::move(file)), m_line(first_line), m_tables(plan.kept_columns.size()) {
    for (const std::size_t column : plan.kept_columns) m_events.columns.push_back({plan.columns[column], {}, {}});
}

void EventBuilder::reserve(std::uint64_t events) {
    m_events.at.reserve(events);
    m_events.precision.reserve(events);
    if (m_plan.of(Role::weight)) m_events.weight.reserve(events);
    if (m_plan.of(Role::start)) m_events.first_day.reserve(events);
    if (m_plan.of(Role::end)) m_events.last_day.reserve(events);
    for (TextColumn& column : m_events.columns) column.index.reserve(events);
}

void EventBuilder::merge(RowBatch& batch) {
    if (!batch.ids.empty()) settle_ids(batch);
    add_examples(batch);
    m_ledger.rows += batch.rows;
    for (std::size_t f = 0; f < fate_count; ++f) m_fates[f] += batch.fates[f];

    append(m_events.at, batch.at);
    append(m_events.precision, batch.precision);
    append(m_events.weight, batch.weight);
    append(m_events.first_day, batch.first_day);
    append(m_events.last_day, batch.last_day);
    for (std::size_t k = 0; k < m_tables.size(); ++k) {
        std::vector<std::uint32_t> place;
        for (const std::string& value : batch.columns[k].table.values()) place.push_back(m_tables[k].index_of(value));
        for (const std::uint32_t i : batch.columns[k].index) m_events.columns[k].index.push_back(place[i]);
    }

    for (std::size_t which = 0; which < m_proofs.size(); ++which) {
        RowBatch::Proof& to = m_proofs[which];
        const RowBatch::Proof& from = batch.proofs[which];
        take_first(to.day_first_line, to.day_first, from.day_first_line, from.day_first, m_line);
        take_first(to.month_first_line, to.month_first, from.month_first_line, from.month_first, m_line);
        take_first(to.either_line, to.either, from.either_line, from.either, m_line);
    }
    if (m_unknown_codes == 0 && batch.unknown_codes != 0) {
        m_unknown_code = batch.unknown_code;
        m_unknown_code_line = m_line + batch.unknown_code_line + 1;
    }
    m_unknown_codes += batch.unknown_codes;
    m_wrapped += batch.wrapped_longitudes;
    m_blank += batch.blank_lines;
    m_marked |= batch.marked;
    if (m_ill_formed.empty()) m_ill_formed = batch.ill_formed;
    m_line += batch.lines;
}

/// Later rows of an id leave the batch: as the same row again, as another row of the same id, or as the same event.
void EventBuilder::settle_ids(RowBatch& batch) {
    std::vector<std::uint8_t> dropped(batch.at.size());
    bool any = false;
    std::size_t event = 0;
    std::uint32_t id_begin = 0;
    for (const RowBatch::Id& id : batch.ids) {
        const std::string_view text = std::string_view(batch.id_text).substr(id_begin, id.id_end - id_begin);
        id_begin = id.id_end;
        const std::size_t this_event = event;
        event += is_kept(id.fate);
        if (text.empty()) continue;
        const SeenIds::First row{id.row_hash, static_cast<std::uint32_t>(m_line + id.line + 1)};
        const SeenIds::First* first = m_ids.add(id.id_hash, row);
        if (!first) continue;
        const Fate fate = first->row_hash == id.row_hash ? Fate::duplicate_id
                          : m_plan.repeats_ids           ? Fate::same_event
                                                         : Fate::conflicting_id;
        --batch.fates[index_of(id.fate)];
        const std::uint64_t before = m_fates[index_of(fate)] + batch.fates[index_of(fate)]++;
        if (is_rejected(fate) && before < Ledger::examples_per_reason)
            batch.examples.push_back({fate, id.line, m_plan.name_of(Role::id),
                                      std::string(text) + " (first on line " + std::to_string(first->line) + ")"});
        if (is_kept(id.fate)) dropped[this_event] = 1, any = true;
    }
    if (any) drop_events(batch, dropped);
}

void EventBuilder::drop_events(RowBatch& batch, const std::vector<std::uint8_t>& dropped) {
    erase_marked(batch.at, dropped);
    erase_marked(batch.precision, dropped);
    erase_marked(batch.weight, dropped);
    erase_marked(batch.first_day, dropped);
    erase_marked(batch.last_day, dropped);
    for (RowBatch::Texts& column : batch.columns) erase_marked(column.index, dropped);
}

void EventBuilder::add_examples(const RowBatch& batch) {
    for (const RowBatch::Example& example : batch.examples) {
        std::uint64_t& taken = m_examples[index_of(example.fate)];
        if (taken == Ledger::examples_per_reason) continue;
        ++taken;
        m_ledger.examples.push_back(
            {m_plan.reason(example.fate), m_file, m_line + example.line + 1, example.column, example.value});
    }
}

void EventBuilder::finish(EventImport& import, double max_reject) {
    for (std::size_t f = 1; f < fate_count; ++f) {
        const Fate fate = static_cast<Fate>(f);
        if (m_fates[f] == 0) continue;
        auto& reasons = is_counted(fate) ? m_ledger.counted : is_filtered(fate) ? m_ledger.filtered : m_ledger.rejected;
        reasons[m_plan.reason(fate)] += m_fates[f];
    }
    m_ledger.drawn = m_fates[index_of(Fate::drawn)];
    for (std::size_t k = 0; k < m_tables.size(); ++k) m_events.columns[k].values = m_tables[k].take();
    std::ranges::stable_sort(m_ledger.examples, {}, &LedgerExample::line);
    require_enough(import.source, max_reject);
    describe(import.source);
    m_events.spread_m = std::move(import.events.spread_m);
    import.events = std::move(m_events);
    import.ledger = std::move(m_ledger);
}

} // namespace harmattan::geo
