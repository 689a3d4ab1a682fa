#include "geo/ogr/zip_directory.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>

namespace harmattan::geo {

namespace {

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

std::string read_range(std::ifstream& stream, std::uint64_t from, std::uint64_t bytes) {
    std::string text(bytes, '\0');
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(from));
    stream.read(text.data(), static_cast<std::streamsize>(bytes));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

} // namespace

bool ZipDirectory::has(std::string_view name) const {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool ZipDirectory::has_suffix(std::string_view suffix) const {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    };
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name.size() >= suffix.size() && std::equal(suffix.rbegin(), suffix.rend(), name.rbegin(), same);
    });
}

ZipDirectory read_zip_directory(const std::filesystem::path& file) {
    constexpr std::size_t end_record = 22, longest_comment = 65535, entry_head = 46;
    const auto damaged = [&](std::string_view what) {
        return Error(ErrorKind::bad_data,
                     fmt::format("'{}' is a damaged zip: {}; fetch it again", file.string(), what));
    };
    std::ifstream stream(file, std::ios::binary);
    const std::uint64_t size = std::filesystem::file_size(file);
    const std::uint64_t tail_bytes = std::min<std::uint64_t>(size, end_record + longest_comment);
    const std::string tail = read_range(stream, size - tail_bytes, tail_bytes);
    const std::size_t end = tail.rfind("PK\x05\x06");
    if (end == tail.npos || tail.size() - end < end_record) throw damaged("its end is missing");

    const std::uint32_t entries = little(tail, end + 10, 2), bytes = little(tail, end + 12, 4),
                        from = little(tail, end + 16, 4);
    if (std::uint64_t{from} + bytes > size) throw damaged("its directory lies outside the file");
    const std::string directory = read_range(stream, from, bytes);
    ZipDirectory zip;
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < entries; ++i) {
        if (at + entry_head > directory.size() || directory.compare(at, 4, "PK\x01\x02") != 0)
            throw damaged(fmt::format("entry {} of {} is cut off", i + 1, entries));
        const std::size_t name = little(directory, at + 28, 2), extra = little(directory, at + 30, 2),
                          comment = little(directory, at + 32, 2);
        zip.unpacked_bytes += little(directory, at + 24, 4);
        if (at + entry_head + name > directory.size()) throw damaged("a name is cut off");
        zip.names.push_back(directory.substr(at + entry_head, name));
        at += entry_head + name + extra + comment;
    }
    return zip;
}

} // namespace harmattan::geo
