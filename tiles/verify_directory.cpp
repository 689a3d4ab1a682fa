// A folder of tiles: its JSON files by their seals, its tiles by the digest in metadata.json, and nothing else in it.

#include "geo/error.hpp"
#include "tiles/file.hpp"
#include "tiles/verify_parts.hpp"

#include <fmt/format.h>
#include <set>

namespace harmattan::tiles {

namespace fs = std::filesystem;

void verify_directory(VerifyReport& report, const fs::path& path, const VerifyOptions& options) {
    checked(report, "folder", [&] {
        std::set<std::string> expected{"metadata.json", "tilejson.local.json"};
        const std::unique_ptr<ArchiveReader> reader = open_archive(path);
        const std::optional<ArchiveFacts> facts = verify_metadata(report, reader->info());
        if (facts && !facts->info.base_url.empty()) expected.insert("tilejson.json");
        for (const std::string& name : expected)
            checked(report, name, [&] {
                if (!is_sealed(read_text(path / name, max_metadata_bytes)))
                    report.add(name, "was changed or cut: its digest does not fit");
            });
        for (const std::uint64_t number : reader->numbers())
            expected.insert(
                fmt::format("{}.{}", geo::to_string(geo::tile_from_number(number)), reader->info().tile_extension));
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
            if (entry.is_directory()) continue;
            report.bytes += entry.is_regular_file() ? entry.file_size() : 0;
            const std::string name = entry.path().lexically_relative(path).generic_string();
            if (!entry.is_regular_file() || !expected.contains(name)) report.add(name, "does not belong here");
        }
        checked(report, "tiles", [&] { verify_tiles(report, *reader, facts, options); });
    });
}

} // namespace harmattan::tiles
