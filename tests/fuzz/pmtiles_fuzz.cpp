#include "tests/fuzz/archive_questions.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tiles/containers.hpp"
#include "tiles/pmtiles_reader.hpp"

using namespace harmattan;
using namespace harmattan::tiles;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::read_or_refuse([&] {
        const auto& path = fuzz::input_file(fuzz::bytes_of(data, size));
        const auto archive = open_pmtiles(path);
        fuzz::ask(*archive);
        const pmtiles::OpenFile file(path);
        for (std::size_t i = 0; i < std::min<std::size_t>(file.root().size(), 50); ++i)
            fuzz::read_or_refuse([&] {
                const pmtiles::Entry& entry = file.root()[i];
                const auto bytes = archive->tile(geo::tile_from_number(entry.number));
                fuzz::require(bytes.has_value(), "a tile of a directory is there");
                if (entry.run != 0) fuzz::require(*bytes == file.content(entry), "a tile's bytes are the entry's");
            });
    });
    return 0;
}
