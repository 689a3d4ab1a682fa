#include "tests/fuzz/require.hpp"
#include "tiles/serve/whole_image.hpp"

using namespace harmattan;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::bytes_of(data, size);
    const std::string_view text = fuzz::text_of(data, size);
    if (tiles::is_whole_image(bytes, "png"))
        fuzz::require(text.ends_with("IEND\xae\x42\x60\x82"), "a PNG ends with IEND");
    if (tiles::is_whole_image(bytes, "webp")) fuzz::require(text.starts_with("RIFF"), "a WebP is a RIFF");
    if (tiles::is_whole_image(bytes, "jpg")) fuzz::require(text.ends_with("\xff\xd9"), "a JPEG ends with EOI");
    return 0;
}
