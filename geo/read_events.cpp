#include "geo/read_events.hpp"

#include "geo/error.hpp"
#include "geo/reading/byte_stream.hpp"
#include "geo/reading/event_tables.hpp"

#include <fmt/format.h>

#include <vector>

namespace harmattan::geo {

void describe_schema(const EventSchema& schema, const RowPlan& plan, const ReadEventsOptions& options,
                     EventImport& import) {
    EventSource& source = import.source;
    source.schema = schema.name;
    source.schema_title = schema.title;
    source.citation = schema.citation;
    source.licence = schema.licence;
    source.columns = plan.columns;
    source.lon_column = plan.name_of(Role::lon);
    source.lat_column = plan.name_of(Role::lat);
    source.named_places = !options.lon.empty() && !options.lat.empty();
    source.date_column = plan.name_of(Role::start);
    source.weight_column = plan.name_of(Role::weight);
    source.precision_column = plan.name_of(Role::precision);
    source.id_column = plan.name_of(Role::id);
    source.country_column = plan.name_of(Role::country);
    if (options.precision == PrecisionUse::point) import.events.spread_m.assign(precision_count, 0.0);
    else import.events.spread_m.assign(schema.spread_m.begin(), schema.spread_m.end());
}

EventImport read_events(const std::filesystem::path& file, const ReadEventsOptions& options) {
    if (!options.date_order.empty() && options.date_order != "dmy" && options.date_order != "mdy")
        throw Error(ErrorKind::usage, fmt::format("the date order is '{}'; it is dmy or mdy", options.date_order));
    const std::string name = file.filename().string();
    std::vector<char> head(4096);
    head.resize(FileStream(file).read(head.data(), head.size()));
    if (head.empty()) throw Error(ErrorKind::bad_data, "the file is empty").at(name);
    const std::string_view text(head.data(), head.size());
    const FileKind kind = detect_file_kind(text);
    if (kind == FileKind::refused)
        throw Error(ErrorKind::bad_data, fmt::format("the file is {}", refused_name(text))).at(name);

    const std::vector<EventSchema> schemas = load_schemas(options.schema_dir);
    EventImport import = kind == FileKind::text || kind == FileKind::gzip
                             ? read_csv_events(file, kind == FileKind::gzip, schemas, options)
                             : read_source_events(file, kind, schemas, options);
    import.source.file = name;
    return import;
}

} // namespace harmattan::geo
