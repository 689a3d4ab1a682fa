#include "geo/error.hpp"
#include "geo/reading/byte_stream.hpp"
#include "geo/reading/date_proof.hpp"
#include "geo/reading/event_builder.hpp"
#include "geo/reading/event_tables.hpp"
#include "geo/reading/numbers.hpp"
#include "geo/reading/row_source.hpp"
#include "geo/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harmattan::geo {

namespace {

constexpr std::uint64_t batch_rows = 1 << 14;

/// A row of a source as a record whose cells lie in `joined`, by which two rows are also compared.
void to_record(const SourceRow& row, CsvRecord& record, std::string& joined) {
    joined.clear();
    for (const std::string_view cell : row.cells) (joined += cell) += '\x1F';
    const std::size_t size = joined.size();
    joined.append(number_padding, '\0');
    record.raw = std::string_view(joined).substr(0, size);
    record.cells.clear();
    std::size_t begin = 0;
    for (const std::string_view cell : row.cells) {
        record.cells.push_back(record.raw.substr(begin, cell.size()));
        begin += cell.size() + 1;
    }
    record.count = row.cells.size();
    record.line = row.number - 1;
    record.fault = RecordFault::none;
    if (!is_valid_utf8(record.raw)) record.fault = RecordFault::invalid_utf8;
    else if (record.raw.find('\0') != std::string_view::npos) record.fault = RecordFault::nul_byte;
}

bool is_empty_row(const SourceRow& row) {
    return row.geometry == RowGeometry::none &&
           std::ranges::all_of(row.cells, [](std::string_view cell) { return trimmed(cell).empty(); });
}

void read_rows(RowSource& source, const RowPlan& plan, bool use_geometry, EventBuilder& builder, bool until_undecided) {
    RowReader reader(plan);
    RowBatch batch;
    batch.columns.resize(plan.kept_columns.size());
    SourceRow row;
    CsvRecord record;
    std::string joined;
    bool first = true;
    const auto merge = [&] {
        builder.merge(batch);
        batch.clear();
        return !until_undecided || !needs_proof(builder.proofs());
    };
    while (source.next(row)) {
        const bool tags = first && is_hxl_row(row.cells);
        first = false;
        if (tags) continue;
        if (is_empty_row(row)) {
            ++batch.blank_lines;
            continue;
        }
        to_record(row, record, joined);
        reader.add(record, batch, use_geometry ? &row : nullptr);
        if (batch.rows == batch_rows && !merge()) return;
    }
    merge();
}

} // namespace

EventImport read_source_events(const std::filesystem::path& file, FileKind kind, std::span<const EventSchema> schemas,
                               const ReadEventsOptions& options) {
    const std::string name = file.filename().string();
    const bool use_geometry = kind != FileKind::zip && options.lon.empty() && options.lat.empty();
    EventImport import;
    EventSource& source = import.source;
    RowPlan plan;
    std::unique_ptr<RowSource> rows;
    const auto open = [&] { rows = open_ogr_rows(file); };
    try {
        open();
        std::vector<std::string> hxl;
        SourceRow row;
        if (rows->next(row) && is_hxl_row(row.cells)) hxl.assign(row.cells.begin(), row.cells.end());
        const EventSchema& schema = options.schema.empty() ? detect_schema(schemas, rows->columns(), hxl)
                                                           : named_schema(schemas, options.schema);
        plan = make_row_plan(schema, rows->columns(), hxl, options, !use_geometry);
        plan.decimal_comma = true;
        plan.start_rules.excel_serials = plan.end_rules.excel_serials = kind == FileKind::zip;
        describe_schema(schema, plan, options, import);
        source.format = rows->format();
        if (!hxl.empty()) source.notes.push_back("HXL tag row below the header");
        open(); // from the first row again
    } catch (Error& error) { throw error.at(name); }
    const auto read = [&](bool until_undecided) {
        EventBuilder builder(plan, name, 0);
        read_rows(*rows, plan, use_geometry, builder, until_undecided);
        return builder;
    };
    EventBuilder builder = read_by_proved_dates(plan, name, read, open);
    for (std::string& note : rows->notes()) source.notes.push_back(std::move(note));
    source.digest = file_digest(file);
    builder.finish(import, options.max_reject);
    return import;
}

} // namespace harmattan::geo
