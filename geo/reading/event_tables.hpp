#pragma once
// The two ways rows come, delimited text and GDAL's tables, each read by the same plan into the same builder.

#include "geo/read_events.hpp"
#include "geo/reading/file_kind.hpp"
#include "geo/reading/row_plan.hpp"
#include "geo/reading/schema.hpp"

#include <filesystem>
#include <span>

namespace harmattan::geo {

/// What the schema and the plan say of the source, and the spreads of `import.events`.
void describe_schema(const EventSchema& schema, const RowPlan& plan, const ReadEventsOptions& options,
                     EventImport& import);

EventImport read_csv_events(const std::filesystem::path& file, bool gzip, std::span<const EventSchema> schemas,
                            const ReadEventsOptions& options);

EventImport read_source_events(const std::filesystem::path& file, FileKind kind, std::span<const EventSchema> schemas,
                               const ReadEventsOptions& options);

} // namespace harmattan::geo
