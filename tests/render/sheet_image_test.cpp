#include "render/print/sheet_image.hpp"

#include "curves.hpp"
#include "geo/error.hpp"
#include "render/encode.hpp"
#include "render/encode_webp.hpp"
#include "render/premultiply.hpp"
#include "support/temp_folder.hpp"

#include <cmath>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <memory>
#include <sys/resource.h>
#include <vips/vips.h>

namespace harmattan::render {

namespace {

using Bytes = std::vector<std::byte>;

/// A round gradient of heat, half translucent at its middle.
Image heat(int side) {
    Image image{side, side, {}};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double r = std::hypot(x - side / 2, y - side / 2) / (side / 2);
            const auto a = static_cast<std::uint8_t>(r < 1 ? 200 * (1 - r) : 0);
            image.pixels.push_back(premultiply({220, static_cast<std::uint8_t>(120 * std::min(1.0, r)), 30, a}));
        }
    return image;
}

/// Land with a coast that leaves the sheet, roads, towns and heat; its elements' boxes meet some stripes only.
class MapSheet {
public:
    MapSheet(double width_mm, double height_mm, double px_per_mm) : m_heat(heat(90)) {
        m_sheet.width_mm = width_mm;
        m_sheet.height_mm = height_mm;
        m_sheet.px_per_mm = px_per_mm;
        const double w = width_mm * px_per_mm, h = height_mm * px_per_mm;
        std::vector<PixelPoint> coast, road;
        for (int i = 0; i <= 200; ++i) {
            const double t = i / 200.0;
            coast.push_back({w * (0.1 + 1.1 * t), h * (0.5 + 0.3 * std::sin(11 * t)) - 9 * std::cos(70 * t)});
            road.push_back({w * (0.9 - 0.5 * t) + 5 * std::sin(40 * t), h * t});
        }
        coast.push_back({w * 1.2, h * 1.1});
        coast.push_back({w * 0.1, h * 1.1});
        coast.push_back(coast.front());
        m_coast.add(coast, true);
        m_road.add(road, false);
        m_sheet.elements = {
            {"land",
             {0, 0, w, h},
             [this](Canvas& on, const PixelExtent&) {
                 on.fill(m_coast.get(), {0.9f, 0.88f, 0.8f, 1});
             }},
            {"heat", {20, 40, 110, 130}, [this](Canvas& on, const PixelExtent&) { on.image(20, 40, view_of(m_heat)); }},
            {"roads",
             {0, 0, w, h},
             [this](Canvas& on, const PixelExtent&) {
                 on.stroke(m_road.get(), {.width = 2.3, .dashes = {9, 4}}, {0.4f, 0.1f, 0.1f, 0.7f});
             }},
            {"towns",
             {w / 2 - 20, h / 2 - 20, w / 2 + 20, h / 2 + 20},
             [w, h](Canvas& on, const PixelExtent&) {
                 on.disc({w / 2, h / 2}, {15, {0, 0, 0, 0.6f}, 3, {1, 1, 1, 1}});
             }},
        };
    }
    MapSheet(const MapSheet&) = delete;
    MapSheet& operator=(const MapSheet&) = delete;
    const Sheet& get() const { return m_sheet; }

private:
    Image m_heat;
    test::Curves m_coast, m_road;
    Sheet m_sheet;
};

/// The oracle: all of the sheet on one canvas.
Image whole(const Sheet& sheet, std::uint32_t ground) {
    Image image{sheet.width_px(), sheet.height_px(), {}};
    image.pixels.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height), ground);
    RasterCanvas canvas({image.pixels.data(), image.width, image.height, image.width}, 0, 0);
    paint(sheet, canvas);
    return image;
}

Bytes png(const Sheet& sheet, bool transparent, int stripe_height = stripe_px) {
    Bytes out;
    write_sheet_png(
        sheet, transparent, [&](std::span<const std::byte> part) { out.insert(out.end(), part.begin(), part.end()); },
        stripe_height);
    return out;
}

Bytes webp(const Sheet& sheet, int stripe_height = stripe_px) {
    Bytes out;
    write_sheet_webp(
        sheet, [&](std::span<const std::byte> part) { out.insert(out.end(), part.begin(), part.end()); },
        stripe_height);
    return out;
}

/// The Sahel in Albers' cone, 200 m a pixel.
Georeference sahel(const Sheet& sheet) {
    return {"+proj=aea +lat_1=8 +lat_2=22 +lat_0=0 +lon_0=-1 +datum=WGS84 +units=m",
            {0, 0, static_cast<double>(sheet.width_px()), static_cast<double>(sheet.height_px())},
            -1'250'000.5,
            2'400'000.25,
            200};
}

/// Stands in for a full disk: writing beyond `bytes` fails.
class FileSizeLimit {
public:
    explicit FileSizeLimit(std::uintmax_t bytes) : m_old_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_old);
        rlimit less = m_old;
        less.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &less);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_old_handler);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    void (*m_old_handler)(int);
    rlimit m_old{};
};

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, decltype(&pclose)> pipe(popen(command.c_str(), "r"), pclose);
    std::string out;
    char part[4096];
    while (const std::size_t n = pipe ? std::fread(part, 1, sizeof part, pipe.get()) : 0) out.append(part, n);
    return out;
}

std::uint32_t u32(const Bytes& bytes, std::size_t at) {
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i) v = v << 8 | std::to_integer<std::uint32_t>(bytes.at(at + i));
    return v;
}

/// Types of the chunks in order, runs of equal ones once.
std::string chunks(const Bytes& png) {
    std::string types;
    for (std::size_t at = 8; at < png.size(); at += 12 + u32(png, at)) {
        const std::string type(reinterpret_cast<const char*>(&png.at(at + 4)), 4);
        if (!types.ends_with(type)) types += (types.empty() ? "" : " ") + type;
    }
    return types;
}

constexpr std::size_t phys_at = 8 + 25; // after signature and IHDR

Sheet blank(double width_mm, double height_mm, double px_per_mm) { return {width_mm, height_mm, px_per_mm, {}}; }

} // namespace

TEST(SheetPng, IsTheSheetDrawnAtOnceOnWhite) {
    const MapSheet sheet(31.3, 47.9, 10);
    const Image image = decode(png(sheet.get(), false));
    ASSERT_EQ(image.width, 313);
    ASSERT_EQ(image.height, 479);
    EXPECT_EQ(image.pixels, whole(sheet.get(), white_ground).pixels);
    EXPECT_NE(image.pixels, whole(blank(31.3, 47.9, 10), white_ground).pixels);
}

TEST(SheetPng, KeepsTheAlphaOfASheetWithoutGround) {
    const MapSheet sheet(31.3, 47.9, 10);
    const Bytes made = png(sheet.get(), true);
    EXPECT_EQ(std::to_integer<int>(made.at(25)), 6); // RGBA
    const Image image = decode(made);
    EXPECT_EQ(image.pixels, whole(sheet.get(), no_ground).pixels);
    EXPECT_EQ(image.pixels.front(), 0u);
}

TEST(SheetPng, IsTheSameBytesWhateverTheHeightOfStripes) {
    const MapSheet sheet(31.3, 47.9, 10);
    for (const bool transparent : {false, true}) {
        const Bytes usual = png(sheet.get(), transparent);
        for (const int height : {1, 37, 479, 5000}) EXPECT_EQ(png(sheet.get(), transparent, height), usual) << height;
    }
}

TEST(SheetPng, StatesItsResolutionAndNothingElse) {
    const Bytes made = png(blank(210, 297, 300 / 25.4), false);
    EXPECT_EQ(chunks(made), "IHDR pHYs IDAT IEND");
    EXPECT_EQ(u32(made, phys_at + 8), 11811u);
    EXPECT_EQ(u32(made, phys_at + 12), 11811u);
    EXPECT_EQ(std::to_integer<int>(made.at(phys_at + 16)), 1);
    EXPECT_EQ(u32(made, 16), 2480u);
    EXPECT_EQ(u32(made, 20), 3508u);
}

TEST(SheetPng, GoesOutInPiecesThatAreSmallerThanTheWhole) {
    // Noise, so that the data fill several chunks; the decoder then proves their order and checksums.
    Image noise{400, 700, {}};
    std::uint32_t state = 1;
    for (int i = 0; i < 400 * 700; ++i)
        noise.pixels.push_back(0xff000000u | (state = state * 1664525u + 1013904223u) >> 8);
    Sheet sheet = blank(40, 70, 10);
    sheet.elements.push_back(
        {"noise", {0, 0, 400, 700}, [&](Canvas& on, const PixelExtent&) { on.image(0, 0, view_of(noise)); }});
    Bytes out;
    std::size_t largest = 0;
    write_sheet_png(sheet, false, [&](std::span<const std::byte> part) {
        largest = std::max(largest, part.size());
        out.insert(out.end(), part.begin(), part.end());
    });
    EXPECT_LT(largest, out.size() / 2);
    EXPECT_EQ(decode(out).pixels, noise.pixels);
}

TEST(SheetWebp, IsLosslessWhereTheSheetIsNotLarge) {
    const MapSheet sheet(31.3, 47.9, 10);
    EXPECT_EQ(decode(webp(sheet.get())).pixels, whole(sheet.get(), white_ground).pixels);
}

TEST(SheetWebp, IsTheSameBytesWhateverTheHeightOfStripes) {
    const MapSheet sheet(31.3, 47.9, 10);
    const Bytes usual = webp(sheet.get());
    for (const int height : {1, 37, 5000}) EXPECT_EQ(webp(sheet.get(), height), usual) << height;
}

TEST(SheetWebp, StatesItsResolution) {
    start_vips();
    Bytes made = webp(blank(100, 50, 300 / 25.4));
    VipsImage* raw = nullptr;
    ASSERT_EQ(vips_webpload_buffer(made.data(), made.size(), &raw, nullptr), 0) << vips_error_buffer();
    const std::unique_ptr<VipsImage, decltype(&g_object_unref)> image(raw, g_object_unref);
    const auto said = [&](const char* field) {
        const char* text = nullptr;
        return vips_image_get_string(raw, field, &text) == 0 ? std::string(text) : std::string();
    };
    EXPECT_TRUE(said("exif-ifd0-XResolution").starts_with("300000/1000 ")) << said("exif-ifd0-XResolution");
    EXPECT_TRUE(said("exif-ifd0-YResolution").starts_with("300000/1000 ")) << said("exif-ifd0-YResolution");
    EXPECT_TRUE(said("exif-ifd0-ResolutionUnit").starts_with("2 (Inch")) << said("exif-ifd0-ResolutionUnit");
    EXPECT_EQ(said("exif-ifd0-DateTime"), "");
}

TEST(SheetWebp, OfALargeSheetIsCloseAndTheSameWhateverTheHeightOfStripes) {
    const MapSheet sheet(701, 601, 10); // 42.1 million pixels, odd sides
    const Bytes usual = webp(sheet.get());
    EXPECT_EQ(webp(sheet.get(), 701), usual);
    const Image got = decode(usual), wanted = whole(sheet.get(), white_ground);
    ASSERT_EQ(got.pixels.size(), wanted.pixels.size());
    EXPECT_NE(got.pixels, wanted.pixels);
    double sum = 0;
    for (std::size_t i = 0; i < got.pixels.size(); ++i)
        for (const int shift : {0, 8, 16})
            sum += std::abs(static_cast<int>(got.pixels[i] >> shift & 255u) -
                            static_cast<int>(wanted.pixels[i] >> shift & 255u));
    EXPECT_LT(sum / (3.0 * static_cast<double>(got.pixels.size())), 0.5);
    EXPECT_GT(sum, 0.0);
}

TEST(SheetWebp, SaysThatASideIsTooLong) {
    try {
        webp(blank(10, 1638.4, 10));
        FAIL() << "nothing thrown";
    } catch (const geo::Error& e) {
        EXPECT_EQ(e.kind(), geo::ErrorKind::usage);
        EXPECT_NE(std::string(e.what()).find("100 × 16384 pixels"), std::string::npos) << e.what();
        EXPECT_NE(std::string(e.what()).find("16383"), std::string::npos) << e.what();
    }
    EXPECT_NO_THROW(webp(blank(1, 1638.3, 10)));
}

TEST(SheetGeotiff, HoldsTheSheetDrawnAtOnce) {
    const harmattan::test::TempFolder folder;
    const MapSheet sheet(71.3, 47.9, 10); // several tiles each way, none of them whole at the edges
    const auto file = folder.path() / "sheet.tif";
    write_sheet_geotiff(sheet.get(), sahel(sheet.get()), file);
    const GDALDatasetUniquePtr tiff(GDALDataset::Open(file.c_str()));
    ASSERT_TRUE(tiff);
    const int width = tiff->GetRasterXSize(), height = tiff->GetRasterYSize();
    ASSERT_EQ(width, 713);
    ASSERT_EQ(height, 479);
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(width * height) * 3);
    ASSERT_EQ(tiff->RasterIO(GF_Read, 0, 0, width, height, rgb.data(), width, height, GDT_Byte, 3, nullptr, 3,
                             std::int64_t{3} * width, 1, nullptr),
              CE_None);
    Image image{width, height, {}};
    for (std::size_t i = 0; i < rgb.size(); i += 3)
        image.pixels.push_back(premultiply({rgb[i], rgb[i + 1], rgb[i + 2], 255}));
    EXPECT_EQ(image.pixels, whole(sheet.get(), white_ground).pixels);
}

TEST(SheetGeotiff, LiesWhereItsGeoreferenceSays) {
    const harmattan::test::TempFolder folder;
    const Sheet sheet = blank(100, 50, 300 / 25.4);
    const auto file = folder.path() / "sheet.tif";
    write_sheet_geotiff(sheet, sahel(sheet), file);
    const std::string info = output_of("gdalinfo -proj4 " + file.string() + " 2>&1");
    for (const char* said :
         {"Size is 1181, 591", "+proj=aea +lat_0=0 +lon_0=-1 +lat_1=8 +lat_2=22", "Data axis to CRS axis mapping: 1,2",
          "Origin = (-1250000.500000000000000,2400000.250000000000000)",
          "Pixel Size = (200.000000000000000,-200.000000000000000)", "TIFFTAG_XRESOLUTION=300\n",
          "TIFFTAG_YRESOLUTION=300\n", "TIFFTAG_RESOLUTIONUNIT=2 (pixels/inch)", "COMPRESSION=DEFLATE",
          "ColorInterp=Red", "ColorInterp=Blue"})
        EXPECT_NE(info.find(said), std::string::npos) << said << " is not in " << info;
    EXPECT_EQ(info.find("DATETIME"), std::string::npos) << info;

    const auto geographic = folder.path() / "degrees.tif";
    write_sheet_geotiff(sheet, {"EPSG:4326", {0, 0, 1, 1}, -17.5, 25, 0.01}, geographic);
    const std::string degrees = output_of("gdalinfo " + geographic.string() + " 2>&1");
    for (const char* said : {"ID[\"EPSG\",4326]", "Data axis to CRS axis mapping: 2,1",
                             "Origin = (-17.500000000000000,25.000000000000000)"})
        EXPECT_NE(degrees.find(said), std::string::npos) << said << " is not in " << degrees;
}

TEST(SheetGeotiff, IsTheSameBytesWhateverTheHeightOfStripes) {
    const harmattan::test::TempFolder folder;
    const MapSheet sheet(71.3, 61.9, 10);
    const auto written = [&](int height) {
        const auto file = folder.path() / fmt::format("{}.tif", height);
        write_sheet_geotiff(sheet.get(), sahel(sheet.get()), file, height);
        return harmattan::test::read_bytes(file);
    };
    const std::string usual = written(stripe_px);
    for (const int height : {1, 256, 300, 5000}) EXPECT_TRUE(written(height) == usual) << height;
}

TEST(SheetGeotiff, LeavesNothingBehindWhenItFailsAndNothingHarmedThatWasThere) {
    const harmattan::test::TempFolder folder;
    const auto file = folder.path() / "sheet.tif";
    Sheet sheet = blank(10, 100, 10);
    const auto kind_of = [&](const Georeference& where, const std::filesystem::path& to) {
        try {
            write_sheet_geotiff(sheet, where, to);
        } catch (const geo::Error& e) { return e.kind(); }
        return geo::ErrorKind::internal;
    };
    EXPECT_EQ(kind_of({"EPSG:1", {}, 0, 0, 1}, file), geo::ErrorKind::usage);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(kind_of(sahel(sheet), folder.path() / "missing" / "sheet.tif"), geo::ErrorKind::io);
    sheet.elements.push_back({"far", {0, 300, 100, 310}, [](Canvas&, const PixelExtent&) {
                                  throw geo::Error(geo::ErrorKind::bad_data, "far");
                              }});
    EXPECT_EQ(kind_of(sahel(sheet), file), geo::ErrorKind::bad_data);
    EXPECT_FALSE(std::filesystem::exists(file));
    std::ofstream(file) << "mine";
    EXPECT_EQ(kind_of(sahel(sheet), file), geo::ErrorKind::cannot_create);
    EXPECT_EQ(harmattan::test::read_bytes(file), "mine");
}

TEST(SheetGeotiff, SaysThatTheDiskIsFull) {
    const harmattan::test::TempFolder folder;
    const auto file = folder.path() / "sheet.tif";
    Image noise{600, 600, {}};
    std::uint32_t state = 1;
    for (int i = 0; i < 600 * 600; ++i)
        noise.pixels.push_back(0xff000000u | (state = state * 1664525u + 1013904223u) >> 8);
    Sheet sheet = blank(60, 60, 10);
    sheet.elements.push_back(
        {"noise", {0, 0, 600, 600}, [&](Canvas& on, const PixelExtent&) { on.image(0, 0, view_of(noise)); }});
    write_sheet_geotiff(sheet, sahel(sheet), file);
    const std::uintmax_t size = std::filesystem::file_size(file);
    std::filesystem::remove(file);

    // Full at the start, among the tiles, and where only the directory is still to be written.
    for (const std::uintmax_t room : {std::uintmax_t{100}, size / 2, size - 10}) {
        const FileSizeLimit limit(room);
        EXPECT_THROW(write_sheet_geotiff(sheet, sahel(sheet), file), geo::Error) << room << " of " << size;
        EXPECT_FALSE(std::filesystem::exists(file)) << room;
    }
    write_sheet_geotiff(sheet, sahel(sheet), file);
    EXPECT_EQ(std::filesystem::file_size(file), size);
}

TEST(SheetImage, PassesOnWhatAnElementOrTheSinkThrows) {
    Sheet sheet = blank(10, 100, 10);
    EXPECT_THROW(
        write_sheet_png(sheet, false, [](std::span<const std::byte>) { throw geo::Error(geo::ErrorKind::io, "full"); }),
        geo::Error);
    // In the third stripe, which the second thread draws.
    sheet.elements.push_back({"far", {0, 300, 100, 310}, [](Canvas&, const PixelExtent&) {
                                  throw geo::Error(geo::ErrorKind::bad_data, "far");
                              }});
    try {
        png(sheet, false);
        FAIL() << "nothing thrown";
    } catch (const geo::Error& e) { EXPECT_EQ(e.kind(), geo::ErrorKind::bad_data); }
}

TEST(SheetImage, OfNoPixelsIsAnError) {
    EXPECT_THROW(png(blank(0.01, 10, 10), false), geo::Error);
    EXPECT_THROW(png(blank(10, 0.01, 10), false), geo::Error);
}

} // namespace harmattan::render
