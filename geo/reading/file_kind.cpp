#include "geo/reading/file_kind.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace harmattan::geo {

using namespace std::string_view_literals;

namespace {

struct Refused {
    std::string_view magic, name;
};

constexpr std::array refusals{
    Refused{"%PDF-"sv, "a PDF; export the table as CSV"},
    Refused{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Excel workbook (.xls); save it as XLSX or CSV"},
    Refused{"PAR1"sv, "a Parquet file; export it as CSV or GeoPackage"},
    Refused{"ARROW1"sv, "an Arrow file; export it as CSV or GeoPackage"},
    Refused{"\x89PNG\r\n"sv, "a PNG picture"},
    Refused{"\xFF\xD8\xFF"sv, "a JPEG picture"},
    Refused{"II*\0"sv, "a TIFF raster"},
    Refused{"MM\0*"sv, "a TIFF raster"},
    Refused{"PMTiles"sv, "a PMTiles archive, not an event table"},
    Refused{"BZh"sv, "packed by bzip2; unpack it first"},
    Refused{"\xFD"
            "7zXZ"sv,
            "packed by xz; unpack it first"},
    Refused{"\x28\xB5\x2F\xFD"sv, "packed by zstd; unpack it first"},
    Refused{"7z\xBC\xAF\x27\x1C"sv, "a 7z archive; unpack it first"},
    Refused{"Rar!\x1A"sv, "a RAR archive; unpack it first"},
    Refused{"\x7F"
            "ELF"sv,
            "a program"},
    Refused{"version https://git-lfs"sv, "a Git LFS pointer, not the file itself; fetch it with git lfs pull"},
};

std::string_view without_blanks(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto first =
        std::ranges::find_if(text, [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
    return text.substr(static_cast<std::size_t>(first - text.begin()));
}

} // namespace

std::string_view refused_name(std::string_view head) {
    for (const Refused& refused : refusals)
        if (head.starts_with(refused.magic)) return refused.name;
    const std::string_view text = without_blanks(head);
    if (text.starts_with("<?xml") || text.starts_with("<kml") || text.starts_with("<gpx") || text.starts_with("<OGR"))
        return "XML (KML, GPX, VRT …), which is not read; export CSV, GeoJSON or GeoPackage";
    if (text.starts_with("<!DOCTYPE") || text.starts_with("<html") || text.starts_with("<HTML"))
        return "a web page, perhaps an error or log-in page saved as the table; download it again";
    return {};
}

FileKind detect_file_kind(std::string_view head) {
    if (head.starts_with("\x1F\x8B")) return FileKind::gzip;
    if (head.starts_with("SQLite format 3\0"sv)) return FileKind::sqlite;
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return FileKind::zip;
    if (head.starts_with("fgb\x03")) return FileKind::flatgeobuf;
    if (head.starts_with("\0\0\x27\x0A"sv)) return FileKind::shapefile;
    if (!refused_name(head).empty()) return FileKind::refused;
    const std::string_view text = without_blanks(head);
    if (text.starts_with('{') || text.starts_with('[')) return FileKind::json;
    return FileKind::text;
}

std::string_view wide_encoding(std::string_view head) {
    if (head.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32LE";
    if (head.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32BE";
    if (head.starts_with("\xFF\xFE"sv)) return "UTF-16LE";
    if (head.starts_with("\xFE\xFF"sv)) return "UTF-16BE";
    // Without a mark: in the first characters of a table nearly all are ASCII, so zero bytes stand at fixed places.
    const std::size_t n = std::min<std::size_t>(head.size() / 4 * 4, 400);
    if (n < 8) return {};
    std::array<std::size_t, 4> zeros{};
    for (std::size_t i = 0; i < n; ++i) zeros[i % 4] += head[i] == '\0';
    const auto mostly = [&](std::size_t place) { return zeros[place] * 4 * 10 >= n * 9; };
    const auto never = [&](std::size_t place) { return zeros[place] * 4 * 10 <= n; };
    if (mostly(1) && mostly(2) && mostly(3) && never(0)) return "UTF-32LE";
    if (mostly(0) && mostly(1) && mostly(2) && never(3)) return "UTF-32BE";
    if (mostly(1) && mostly(3) && never(0) && never(2)) return "UTF-16LE";
    if (mostly(0) && mostly(2) && never(1) && never(3)) return "UTF-16BE";
    return {};
}

bool looks_like_cp1252(std::string_view text) {
    std::size_t high = 0, letters = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) continue;
        ++high;
        if (byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D) return false;
        letters += byte >= 0xC0 && byte != 0xD7 && byte != 0xF7;
        letters += byte == 0x92 || byte == 0x93 || byte == 0x94 || byte == 0x96 || byte == 0x8C || byte == 0x9C;
    }
    return high > 0 && letters * 2 > high;
}

} // namespace harmattan::geo
