#include "geo/reading/row_batch.hpp"

namespace harmattan::geo {

std::uint32_t TextTable::index_of(std::string_view text) {
    if (m_last < m_values.size() && m_values[m_last] == text) return m_last; // rows of one country stand together
    const auto it = m_index.find(text);
    if (it != m_index.end()) return m_last = it->second;
    m_last = static_cast<std::uint32_t>(m_values.size());
    m_values.emplace_back(text);
    m_index.emplace(m_values.back(), m_last);
    return m_last;
}

void TextTable::clear() {
    m_values.clear();
    m_index.clear();
    m_last = 0;
}

void RowBatch::clear() {
    at.clear(), precision.clear(), weight.clear(), first_day.clear(), last_day.clear();
    for (Texts& column : columns) column.table.clear(), column.index.clear();
    rows = 0;
    fates.fill(0);
    examples.clear(), ids.clear(), id_text.clear();
    proofs = {};
    wrapped_longitudes = unknown_codes = unknown_code_line = 0;
    unknown_code.clear();
    marked = false;
    ill_formed.clear();
    lines = blank_lines = 0;
}

} // namespace harmattan::geo
