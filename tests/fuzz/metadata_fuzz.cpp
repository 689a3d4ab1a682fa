#include "tests/fuzz/require.hpp"
#include "tiles/metadata.hpp"

using namespace harmattan;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    fuzz::read_or_refuse([&] { tiles::parse_metadata(text); });
    fuzz::read_or_refuse([&] { tiles::read_texts(text); });
    tiles::is_sealed(text);
    return 0;
}
