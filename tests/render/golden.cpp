#include "golden.hpp"

#include "render/encode.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace harmattan::render::test {

namespace {

void write_png(const Image& image, const std::filesystem::path& file) {
    const std::vector<std::byte> bytes = encode(view_of(image), ImageFormat::png);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

bool differs(std::uint32_t a, std::uint32_t b) {
    for (int shift = 0; shift < 32; shift += 8)
        if (std::abs(static_cast<int>(a >> shift & 255u) - static_cast<int>(b >> shift & 255u)) > 2) return true;
    return false;
}

Image side_by_side(const Image& expected, const Image& actual) {
    Image sheet{actual.width * 3, actual.height, std::vector<std::uint32_t>(actual.pixels.size() * 3)};
    for (int y = 0; y < actual.height; ++y)
        for (int x = 0; x < actual.width; ++x) {
            const std::uint32_t e = view_of(expected).row(y)[x], a = view_of(actual).row(y)[x];
            std::uint32_t* row = &sheet.pixels[static_cast<std::size_t>(y * sheet.width)];
            row[x] = e;
            row[actual.width + x] = differs(e, a) ? 0xffff0000u : 0xff000000u;
            row[2 * actual.width + x] = a;
        }
    return sheet;
}

} // namespace

void expect_golden(const Image& actual, const std::string& name, double share) {
    const std::filesystem::path file =
        std::filesystem::path(HARMATTAN_TEST_SOURCE) / "tests/render/golden" / (name + ".png");
    if (std::getenv("HARMATTAN_UPDATE_GOLDEN")) {
        write_png(actual, file);
        ADD_FAILURE() << "wrote " << file << "; look at it";
        return;
    }
    std::ifstream stream(file, std::ios::binary);
    ASSERT_TRUE(stream) << "no " << file;
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    const Image expected = decode(std::as_bytes(std::span(bytes)));
    ASSERT_EQ(expected.width, actual.width);
    ASSERT_EQ(expected.height, actual.height);
    std::size_t different = 0;
    for (std::size_t i = 0; i < actual.pixels.size(); ++i) different += differs(expected.pixels[i], actual.pixels[i]);
    if (static_cast<double>(different) <= share * static_cast<double>(actual.pixels.size())) return;
    const std::filesystem::path sheet = std::filesystem::current_path() / ("golden-" + name + ".png");
    write_png(side_by_side(expected, actual), sheet);
    ADD_FAILURE() << different << " pixels differ; expected | difference | actual: " << sheet;
}

} // namespace harmattan::render::test
