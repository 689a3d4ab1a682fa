#include "geo/ogr/format.hpp"

#include "geo/error.hpp"
#include "geo/ogr/zip_directory.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>

namespace harmattan::geo {

namespace {

using namespace std::string_view_literals;

[[noreturn]] void refuse(const std::filesystem::path& file, std::string_view is, std::string_view remedy) {
    throw Error(ErrorKind::bad_data, fmt::format("'{}' {}; {}", file.string(), is, remedy));
}

constexpr std::string_view convert = "convert it to GeoPackage, GeoJSON or FlatGeobuf (ogr2ogr out.gpkg IN)";

VectorFormat detect_zip(const std::filesystem::path& file) {
    const ZipDirectory zip = read_zip_directory(file);
    if (zip.has("xl/workbook.xml")) {
        constexpr std::uint64_t most = std::uint64_t{2} << 30;
        if (zip.unpacked_bytes > most)
            refuse(file, fmt::format("unpacks to {} bytes, more than {}", zip.unpacked_bytes, most), "save it as CSV");
        const std::string extension = file.extension().string(); // why: by which GDAL knows a workbook
        if (extension != ".xlsx" && extension != ".XLSX" && extension != ".xlsm" && extension != ".XLSM")
            refuse(file, "is a workbook under another name", "name it .xlsx");
        return VectorFormat::xlsx;
    }
    if (zip.has_suffix(".shp")) refuse(file, "is a zipped shapefile", "unzip it and name the .shp");
    refuse(file, "is a zip archive that is not an .xlsx workbook", "unzip it and name the file inside");
}

} // namespace

std::string_view format_name(VectorFormat format) {
    switch (format) {
    case VectorFormat::geojson: return "GeoJSON";
    case VectorFormat::geopackage: return "GeoPackage";
    case VectorFormat::shapefile: return "Shapefile";
    case VectorFormat::flatgeobuf: return "FlatGeobuf";
    case VectorFormat::xlsx: return "XLSX";
    }
    return "";
}

const char* gdal_driver(VectorFormat format) {
    switch (format) {
    case VectorFormat::geojson: return "GeoJSON";
    case VectorFormat::geopackage: return "GPKG";
    case VectorFormat::shapefile: return "ESRI Shapefile";
    case VectorFormat::flatgeobuf: return "FlatGeobuf";
    case VectorFormat::xlsx: return "XLSX";
    }
    return "";
}

VectorFormat detect_vector_format(const std::filesystem::path& file) {
    std::array<char, 4096> buffer{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (stream.bad()) throw Error(ErrorKind::io, fmt::format("cannot read '{}'", file.string()));
    std::string_view head(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    if (head.empty()) refuse(file, "is empty", "nothing can be read from it");

    if (head.starts_with("SQLite format 3\0"sv)) return VectorFormat::geopackage;
    if (head.starts_with("fgb\x03"
                         "fgb"sv))
        return VectorFormat::flatgeobuf;
    if (head.starts_with("\0\0\x27\x0a"sv)) {
        // why: GDAL finds the parts of a shapefile by the name, and only by this one
        const std::string extension = file.extension().string();
        if (extension != ".shp" && extension != ".SHP")
            refuse(file, "is the .shp part of a shapefile under another name",
                   "name it .shp, with .shx and .dbf beside it");
        return VectorFormat::shapefile;
    }
    if (head.starts_with("PK\x03\x04"sv)) return detect_zip(file);
    if (head.starts_with("\x1f\x8b"sv)) refuse(file, "is packed with gzip", "unpack it first (gunzip)");
    if (head.starts_with("PAR1"sv)) refuse(file, "is Parquet, which GDAL 3.6 does not read", convert);
    if (head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv))
        refuse(file, "is text in UTF-16", "save it as UTF-8");
    if (head.starts_with("\xD0\xCF\x11\xE0"sv)) refuse(file, "is an old .xls workbook", "save it as .xlsx or CSV");
    if (head.starts_with("\xEF\xBB\xBF"sv)) head.remove_prefix(3);
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first != head.npos && head[first] == '{') return VectorFormat::geojson;
    if (first != head.npos && head[first] == '<') refuse(file, "is XML (KML, GML, GPX or the like)", convert);
    if (const std::string extension = file.extension().string();
        extension == ".dbf" || extension == ".shx" || extension == ".prj")
        refuse(file, fmt::format("is the {} part of a shapefile", extension), "name the .shp");
    refuse(file, "is none of GeoJSON, GeoPackage, Shapefile, FlatGeobuf and XLSX", convert);
}

} // namespace harmattan::geo
