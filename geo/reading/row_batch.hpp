#pragma once
// The rows of one block, read: a stretch of Events, what became of every row, and what only the whole table can decide
// (ids, the order of day and month). Blocks are read by many threads and merged in the order of the file.

#include "geo/reading/csv_records.hpp"
#include "geo/reading/row_plan.hpp"
#include "geo/reading/row_source.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace harmattan::geo {

/// Distinct texts in order of first appearance, found again by hash.
class TextTable {
public:
    std::uint32_t index_of(std::string_view text);
    const std::vector<std::string>& values() const { return m_values; }
    std::vector<std::string> take() { return std::move(m_values); }
    void clear();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::string> m_values;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> m_index;
    std::uint32_t m_last = 0;
};

struct RowBatch {
    // Entries of Events, as there.
    std::vector<LonLatE7> at;
    std::vector<Precision> precision;
    std::vector<float> weight;
    std::vector<Day> first_day, last_day;
    struct Texts {
        TextTable table;
        std::vector<std::uint32_t> index;
    };
    std::vector<Texts> columns; ///< as RowPlan::kept_columns

    std::uint64_t rows = 0;
    PerFate<std::uint64_t> fates{};
    struct Example {
        Fate fate;
        std::uint64_t line; ///< lines of the block before it (rows of a source: its number)
        std::string column, value;
    };
    std::vector<Example> examples; ///< the first of each fate

    /// One per row that is not rejected, of tables with ids; `id_end` closes the id's text in `id_text`.
    struct Id {
        std::uint64_t id_hash;
        std::uint32_t row_hash;
        std::uint32_t line;
        std::uint32_t id_end;
        Fate fate;
    };
    std::vector<Id> ids;
    std::string id_text;

    /// What the start (0) and end (1) column prove about their order: block line + 1, 0 where nothing is proved.
    struct Proof {
        std::uint64_t day_first_line = 0, month_first_line = 0, either_line = 0;
        std::string day_first, month_first, either;
    };
    std::array<Proof, 2> proofs;

    std::uint64_t wrapped_longitudes = 0; ///< between 180 and 360
    std::uint64_t unknown_codes = 0;
    std::uint64_t unknown_code_line = 0;
    std::string unknown_code;
    bool marked = false;    ///< a row says it is made up
    std::string ill_formed; ///< the first text that is not UTF-8

    std::uint64_t lines = 0, blank_lines = 0; ///< lines of the block, and those without a row

    void clear();
};

/// Reads rows into a batch by a plan. One per thread.
class RowReader {
public:
    explicit RowReader(const RowPlan& plan);

    /// `located`: the row's geometry, where the source has one; it comes before the coordinate columns.
    void add(const CsvRecord& record, RowBatch& batch, const SourceRow* located = nullptr);

private:
    /// What becomes of a row, and the cell to blame.
    struct Judged {
        Judged(Fate f = Fate::drawn, Column c = std::nullopt)
            : fate(f), column(c ? static_cast<std::int32_t>(*c) : -1) {}
        Fate fate;
        std::int32_t column; ///< -1: none
    };
    struct Row {
        LonLatE7 at;
        Precision precision = Precision::unstated;
        float weight = 1;
        Day first_day = no_day, last_day = no_day;
        bool placed = false;
    };
    Judged judge(const CsvRecord& record, RowBatch& batch, const SourceRow* located, Row& row);
    Judged place(const CsvRecord& record, RowBatch& batch, const SourceRow* located, Row& row);
    Judged date(const CsvRecord& record, RowBatch& batch, Row& row);
    Judged undecided(const CsvRecord& record, RowBatch& batch, std::size_t which);
    Judged weigh(const CsvRecord& record, Row& row);
    Judged filter(const CsvRecord& record, const Row& row);
    RowPlan::Code code(const CsvRecord& record, RowBatch& batch);
    void prove(const CsvRecord& record, RowBatch& batch);
    void note_example(const CsvRecord& record, RowBatch& batch, const Judged& judged, const SourceRow* located);
    std::string_view text(const CsvRecord& record, std::size_t column) { return record.text(column, m_scratch); }

    const RowPlan& m_plan;
    bool m_filters; ///< the plan has any
    std::string m_scratch;
    std::vector<std::string> m_filter_texts;
    std::vector<std::string_view> m_filter_values;
};

} // namespace harmattan::geo
