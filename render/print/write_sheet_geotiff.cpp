#include "render/print/sheet_image.hpp"

#include "geo/crs_transform.hpp"
#include "geo/error.hpp"
#include "geo/ogr/messages.hpp"

#include <algorithm>
#include <cerrno>
#include <cpl_string.h>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace harmattan::render {

namespace {

namespace fs = std::filesystem;

constexpr int tile = 256, bands = 3;

[[noreturn]] void fail(const geo::GdalMessages& messages, const fs::path& file, std::string_view what) {
    throw geo::Error(geo::ErrorKind::io, fmt::format("cannot write {}: {}; check the space left on the disk",
                                                     file.string(), messages.first_text(std::string(what))));
}

GDALDatasetUniquePtr create(const Sheet& sheet, const fs::path& file) {
    CPLStringList how;
    how.SetNameValue("TILED", "YES");
    how.SetNameValue("BLOCKXSIZE", std::to_string(tile).c_str());
    how.SetNameValue("BLOCKYSIZE", std::to_string(tile).c_str());
    how.SetNameValue("INTERLEAVE", "PIXEL");
    how.SetNameValue("PHOTOMETRIC", "RGB");
    how.SetNameValue("COMPRESS", "DEFLATE"); // why: no predictor, which makes a map's flat colours a quarter larger
    how.SetNameValue("BIGTIFF", "IF_SAFER"); // why: IF_NEEDED looks at uncompressed files only
    return GDALDatasetUniquePtr(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        file.c_str(), sheet.width_px(), sheet.height_px(), bands, GDT_Byte, how.List()));
}

void describe(GDALDataset& tiff, const Sheet& sheet, const Georeference& where) {
    double affine[6] = {where.x0, where.units_per_px, 0, where.y0, 0, -where.units_per_px};
    tiff.SetGeoTransform(affine);
    OGRSpatialReference crs;
    crs.importFromWkt(geo::CrsTransform(where.crs).wkt().c_str());
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    tiff.SetSpatialRef(&crs);
    const std::string per_inch = fmt::format("{:.3f}", sheet.px_per_mm * 25.4);
    tiff.SetMetadataItem("TIFFTAG_XRESOLUTION", per_inch.c_str());
    tiff.SetMetadataItem("TIFFTAG_YRESOLUTION", per_inch.c_str());
    tiff.SetMetadataItem("TIFFTAG_RESOLUTIONUNIT", "2 (pixels/inch)");
}

void pack_rgb(const std::uint32_t* row, int width, std::uint8_t* to) {
    for (int x = 0; x < width; ++x) {
        *to++ = static_cast<std::uint8_t>(row[x] >> 16);
        *to++ = static_cast<std::uint8_t>(row[x] >> 8);
        *to++ = static_cast<std::uint8_t>(row[x]);
    }
}

/// Rows gathered to rows of tiles, each of which goes to disk before the next: the order of the tiles does not depend
/// on the stripes, and memory is one row of tiles.
class TileRows {
public:
    TileRows(GDALDataset& tiff, const geo::GdalMessages& messages, const fs::path& file)
        : m_tiff(tiff), m_messages(messages), m_file(file), m_width(tiff.GetRasterXSize()),
          m_rgb(static_cast<std::size_t>(m_width) * tile * bands) {}

    void add(const std::uint32_t* row) {
        pack_rgb(row, m_width,
                 m_rgb.data() + static_cast<std::size_t>(m_gathered) * static_cast<std::size_t>(m_width) * bands);
        ++m_gathered;
        if (m_gathered == tile || m_written + m_gathered == m_tiff.GetRasterYSize()) write();
    }

private:
    void write() {
        const CPLErr written =
            m_tiff.RasterIO(GF_Write, 0, m_written, m_width, m_gathered, m_rgb.data(), m_width, m_gathered, GDT_Byte,
                            bands, nullptr, bands, std::int64_t{bands} * m_width, 1, nullptr);
        m_tiff.FlushCache();
        if (written != CE_None || m_messages.failed()) fail(m_messages, m_file, "its rows are not taken");
        m_written += m_gathered;
        m_gathered = 0;
    }

    GDALDataset& m_tiff;
    const geo::GdalMessages& m_messages;
    const fs::path& m_file;
    const int m_width;
    int m_written = 0, m_gathered = 0;
    std::vector<std::uint8_t> m_rgb;
};

/// To disk, and then readable: GDAL's close reports nothing.
void check_written(const fs::path& file, const Sheet& sheet) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (!synced)
        throw geo::Error(geo::ErrorKind::io, fmt::format("cannot write {}: {}", file.string(), std::strerror(error)));
    geo::GdalMessages messages;
    const char* const drivers[] = {"GTiff", nullptr};
    const GDALDatasetUniquePtr again(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER, drivers, nullptr, nullptr));
    const int width = sheet.width_px(), height = sheet.height_px();
    std::uint8_t corner[bands];
    if (!again || again->GetRasterXSize() != width || again->GetRasterYSize() != height ||
        again->RasterIO(GF_Read, width - 1, height - 1, 1, 1, corner, 1, 1, GDT_Byte, bands, nullptr, 0, 0, 0,
                        nullptr) != CE_None)
        fail(messages, file, "it cannot be read back");
}

void write(const Sheet& sheet, const Georeference& georeference, const fs::path& file, int stripe_height) {
    geo::GdalMessages messages;
    GDALDatasetUniquePtr tiff = create(sheet, file);
    if (!tiff) fail(messages, file, "GDAL gives no reason");
    describe(*tiff, sheet, georeference);
    TileRows rows(*tiff, messages, file);
    paint_in_stripes(sheet, white_ground, stripe_height, [&](ImageView stripe, int) {
        for (int y = 0; y < stripe.height; ++y) rows.add(stripe.row(y));
    });
    tiff.reset(); // the directory is written here, and errors show only as messages
    if (messages.failed()) fail(messages, file, "GDAL gives no reason");
    check_written(file, sheet);
}

} // namespace

void write_sheet_geotiff(const Sheet& sheet, const Georeference& georeference, const fs::path& file,
                         int stripe_height) {
    if (fs::exists(fs::symlink_status(file)))
        throw geo::Error(geo::ErrorKind::cannot_create, fmt::format("{} exists", file.string()));
    try {
        write(sheet, georeference, file, stripe_height);
    } catch (...) {
        std::error_code ignored; // the first error is the one to tell
        fs::remove(file, ignored);
        throw;
    }
}

} // namespace harmattan::render
