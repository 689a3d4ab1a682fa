#include "geo/error.hpp"
#include "geo/reading/byte_stream.hpp"
#include "geo/reading/csv_blocks.hpp"
#include "geo/reading/csv_layout.hpp"
#include "geo/reading/date_proof.hpp"
#include "geo/reading/event_builder.hpp"
#include "geo/reading/event_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace harmattan::geo {

namespace {

constexpr std::size_t head_bytes = 1 << 20;

/// A table opened, its first text read and its layout known.
class CsvTable {
public:
    CsvTable(const std::filesystem::path& file, bool gzip, const HeaderTest& has_coordinates)
        : m_file(file), m_unpacked(gzip ? open_gzip(m_file) : nullptr), m_head(head_bytes + scanner_padding) {
        m_size = text().read(m_head.data(), head_bytes);
        if (gzip && detect_file_kind(head()) != FileKind::text)
            throw Error(ErrorKind::bad_data, "only delimited text is read out of gzip; unpack the file first");
        layout = find_csv_layout(head(), m_size < head_bytes, has_coordinates);
    }

    ByteStream& text() { return m_unpacked ? *m_unpacked : m_file; }
    std::string_view head() const { return {m_head.data(), m_size}; }
    std::string_view begun() const { return head().substr(layout.data_begin); }
    /// About as many as there are, by the lines of the beginning; 0 where nothing can be said.
    std::uint64_t expected_rows() const {
        const auto lines = static_cast<std::uint64_t>(std::ranges::count(begun(), layout.dialect.newline));
        if (m_unpacked || begun().empty()) return lines;
        return lines * (m_file.size() / begun().size() + 1);
    }
    /// Hashes what has not been read, and sees that nobody wrote to the file meanwhile.
    std::string finish() {
        while (m_file.read(m_head.data(), head_bytes) == head_bytes) {}
        m_file.require_unchanged();
        return m_file.digest();
    }

    CsvLayout layout;

private:
    FileStream m_file;
    std::unique_ptr<ByteStream> m_unpacked;
    std::vector<char> m_head;
    std::size_t m_size = 0;
};

std::string format_of(const CsvLayout& layout, bool gzip) {
    return fmt::format("CSV, {}, UTF-8{}", delimiter_name(layout.dialect.delimiter), gzip ? ", gzip" : "");
}

void add_layout_notes(const CsvLayout& layout, EventSource& source) {
    if (layout.surplus_empty) source.notes.push_back("surplus empty last field on every row");
    if (layout.hxl_line) source.notes.push_back(fmt::format("HXL tag row on line {}", layout.hxl_line));
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
        const auto earlier = layout.columns.begin() + static_cast<std::ptrdiff_t>(i);
        if (!layout.columns[i].empty() && std::find(layout.columns.begin(), earlier, layout.columns[i]) != earlier)
            source.notes.push_back(fmt::format("the header names '{}' more than once", layout.columns[i]));
    }
}

} // namespace

EventImport read_csv_events(const std::filesystem::path& file, bool gzip, std::span<const EventSchema> schemas,
                            const ReadEventsOptions& options) {
    const std::string name = file.filename().string();
    const HeaderTest test = [&](std::span<const std::string> columns, std::span<const std::string> hxl) {
        return has_coordinates(schemas, options, columns, hxl);
    };
    EventImport import;
    EventSource& source = import.source;
    RowPlan plan;
    std::unique_ptr<CsvTable> table;
    const auto open = [&] { table = std::make_unique<CsvTable>(file, gzip, test); };
    try {
        open();
        const CsvLayout& layout = table->layout;
        const EventSchema& schema = options.schema.empty() ? detect_schema(schemas, layout.columns, layout.hxl)
                                                           : named_schema(schemas, options.schema);
        plan = make_row_plan(schema, layout.columns, layout.hxl, options, true);
        plan.decimal_comma = layout.dialect.delimiter != ',';
        describe_schema(schema, plan, options, import);
        source.format = format_of(layout, gzip);
        add_layout_notes(layout, source);
    } catch (Error& error) { throw error.at(name + ":1"); }

    const auto read = [&](bool until_undecided) {
        EventBuilder builder(plan, name, table->layout.header_lines);
        if (!plan.proving_dates) builder.reserve(table->expected_rows());
        read_csv_blocks(table->text(), table->begun(), table->layout, plan, options.threads, [&](RowBatch& batch) {
            builder.merge(batch);
            return !until_undecided || !needs_proof(builder.proofs());
        });
        return builder;
    };
    EventBuilder builder = read_by_proved_dates(plan, name, read, open);
    source.digest = table->finish();
    builder.finish(import, options.max_reject);
    return import;
}

} // namespace harmattan::geo
