#include "geo/density/verify_cog.hpp"

#include "geo/density/cell_digest.hpp"
#include "geo/error.hpp"
#include "geo/input_file.hpp"
#include "geo/ogr/messages.hpp"

#include <gdal_priv.h>

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <string_view>

namespace harmattan::geo {

namespace {

/// Keys a density raster of ours always carries.
constexpr std::array<const char*, 7> required_keys{"METHOD", "KERNEL", "BANDWIDTH_KM", "UNIT",
                                                   "EVENTS", "LEDGER", cell_digest_key};

std::string text(const char* value) { return value ? value : ""; }

/// Reads all cells of a band; the digest of them, and findings about their values.
void check_cells(GDALRasterBand& band, const std::string& name, CellDigest* digest,
                 std::vector<std::string>& findings) {
    const int columns = band.GetXSize();
    std::vector<float> row(static_cast<std::size_t>(columns));
    int has_nodata = 0;
    band.GetNoDataValue(&has_nodata);
    std::uint64_t negative = 0, undeclared = 0;
    const GdalMessages messages;
    for (int r = 0; r < band.GetYSize(); ++r) {
        if (band.RasterIO(GF_Read, 0, r, columns, 1, row.data(), columns, 1, GDT_Float32, 0, 0, nullptr) != CE_None) {
            findings.push_back(
                fmt::format("{}: row {} cannot be decoded ({})", name, r, messages.first_text("damaged block")));
            return;
        }
        if (digest) digest->add(row);
        for (const float value : row) {
            negative += value < 0 || std::isinf(value) ? 1 : 0;
            undeclared += std::isnan(value) && has_nodata == 0 ? 1 : 0;
        }
    }
    if (negative > 0) findings.push_back(fmt::format("{}: {} cells are negative or infinite", name, negative));
    if (undeclared > 0)
        findings.push_back(
            fmt::format("{}: {} cells are not a number, but no nodata value is declared", name, undeclared));
}

} // namespace

bool is_tiff(const std::filesystem::path& file) {
    std::array<char, 4> magic{};
    std::ifstream(file, std::ios::binary).read(magic.data(), magic.size());
    const std::string_view begin(magic.data(), magic.size());
    using namespace std::string_view_literals;
    return begin == "II*\0"sv || begin == "MM\0*"sv || begin == "II+\0"sv || begin == "MM\0+"sv;
}

std::vector<std::string> verify_cog(const std::filesystem::path& file) {
    require_regular_file(file, "density raster");
    const GdalMessages messages;
    const char* const drivers[] = {"GTiff", nullptr};
    const GDALDatasetUniquePtr raster(
        GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR, drivers, nullptr, nullptr));
    if (!raster)
        throw Error(ErrorKind::bad_data,
                    fmt::format("'{}' cannot be opened: {}", file.string(), messages.first_text("no TIFF")));

    std::vector<std::string> findings;
    if (text(raster->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")) != "COG")
        findings.push_back("layout: not a Cloud Optimized GeoTIFF");
    for (const char* key : required_keys)
        if (text(raster->GetMetadataItem(key)).empty()) findings.push_back(fmt::format("metadata: {} is missing", key));
    if (!raster->GetSpatialRef()) findings.push_back("georeference: no CRS");
    if (raster->GetRasterCount() != 1) {
        findings.push_back(fmt::format("bands: {} instead of one", raster->GetRasterCount()));
        return findings;
    }
    GDALRasterBand& band = *raster->GetRasterBand(1);
    if (band.GetRasterDataType() != GDT_Float32)
        findings.push_back(fmt::format("type: {} instead of Float32", GDALGetDataTypeName(band.GetRasterDataType())));
    if (text(band.GetUnitType()) != "events/km²")
        findings.push_back(fmt::format("unit: '{}' instead of events/km²", band.GetUnitType()));

    CellDigest digest;
    check_cells(band, "cells", &digest, findings);
    if (findings.empty() && digest.hex() != text(raster->GetMetadataItem(cell_digest_key)))
        findings.push_back("cells: they are not those that were written (digest differs)");
    for (int i = 0; i < band.GetOverviewCount(); ++i)
        check_cells(*band.GetOverview(i), fmt::format("overview {}", i + 1), nullptr, findings);
    if (messages.failed() && findings.empty()) findings.push_back(messages.first_text("GDAL reports an error"));
    return findings;
}

} // namespace harmattan::geo
