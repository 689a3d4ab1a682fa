#include "tests/fuzz/archive_questions.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tiles/containers.hpp"

using namespace harmattan;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::read_or_refuse([&] {
        const auto archive = tiles::open_mbtiles(fuzz::input_file(fuzz::bytes_of(data, size)));
        fuzz::ask(*archive);
        fuzz::read_or_refuse([&] { archive->each_tile([](geo::TileId, std::span<const std::byte>) {}); });
    });
    return 0;
}
