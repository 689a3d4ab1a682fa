#pragma once
// What a file is, by its first bytes and never by its name: an event table called .csv may be a workbook.

#include <string_view>

namespace harmattan::geo {

enum class FileKind {
    text, ///< nothing else known: taken as delimited text
    gzip,
    sqlite, ///< GeoPackage
    zip,    ///< XLSX, if it is one
    json,   ///< GeoJSON, if it is one
    flatgeobuf,
    shapefile,
    refused, ///< recognised, and not a table this program reads: `refused_name` says what
};

/// `head` is the beginning of the file (a few hundred bytes or all of it).
FileKind detect_file_kind(std::string_view head);

/// "a PDF", "an old Excel workbook (.xls)", … with what to do about it; empty unless the kind is `refused`.
std::string_view refused_name(std::string_view head);

/// Name of the encoding where the text is not UTF-8 by its byte order mark or by its pattern of zero bytes: "UTF-16LE",
/// "UTF-16BE", "UTF-32LE", "UTF-32BE"; empty otherwise.
std::string_view wide_encoding(std::string_view head);

/// Whether ill-formed UTF-8 reads well as Windows-1252: every byte above 0x7F is a letter or sign there, most of them
/// letters that French, English or Portuguese use.
bool looks_like_cp1252(std::string_view text);

} // namespace harmattan::geo
