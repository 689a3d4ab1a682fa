#pragma once
// Rows of an event table that is not CSV (GeoJSON, GeoPackage, Shapefile, FlatGeobuf, XLSX), one after the other, as
// text cells plus the geometry of the row. The meaning of columns is decided above, by the schema, as for CSV.

#include "geo/space.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

enum class RowGeometry : std::uint8_t {
    none,  ///< the format or this row has no geometry (null or empty)
    point, ///< one finite point, in `SourceRow::at`
    other, ///< a geometry that is not one point: the row has no single place
    bad,   ///< not finite, or could not be brought to WGS 84
};

struct SourceRow {
    /// One per column, in the order of `columns()`; valid until the next call of `next`. Text as it is in the file
    /// (not necessarily valid UTF-8), integers and reals in their shortest exact decimal form, dates as "YYYY-MM-DD"
    /// (a time may follow after a blank or T), booleans "true"/"false", null as "".
    std::vector<std::string_view> cells;
    RowGeometry geometry = RowGeometry::none;
    LonLat at;                ///< degrees, WGS 84; only with RowGeometry::point
    std::uint64_t number = 0; ///< what to call the row: the sheet's row (header = 1), else the feature's number from 1
};

class RowSource {
public:
    virtual ~RowSource() = default;

    /// "GeoPackage, layer events", "XLSX, sheet Data".
    virtual std::string format() const = 0;
    /// Names of the attribute columns (geometry is not among them), in the file's order, for XLSX the header row.
    virtual const std::vector<std::string>& columns() const = 0;
    /// One line each, about the whole table: "3 other layers are not read (…)", "coordinates brought from EPSG:32630".
    virtual std::vector<std::string> notes() const { return {}; }
    /// Fills `row` (reusing its buffers) and returns true, or false after the last row. Throws Error bad_data where the
    /// file is cut off or cannot be read on.
    virtual bool next(SourceRow& row) = 0;
};

/// Opens the event table in a vector file or workbook by the one driver that its content names; needs a `Runtime`.
/// Throws Error: no_input (absent, not a regular file, a /vsi or URL name), bad_data (no driver of the allow-list knows
/// it, no layer with rows, damaged). Implemented in geo/reading/ogr_rows.cpp, the only file here that sees GDAL.
std::unique_ptr<RowSource> open_ogr_rows(const std::filesystem::path& file);

} // namespace harmattan::geo
