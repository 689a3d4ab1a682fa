#include "geo/density/write_cog.hpp"

#include "geo/crs_transform.hpp"
#include "geo/density/cell_digest.hpp"
#include "geo/error.hpp"
#include "geo/ogr/messages.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <limits>
#include <unistd.h>

namespace harmattan::geo {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t tile = 512;
constexpr unsigned kept_bits = 15;

/// To the nearest, halves to the even neighbour; NaN stays.
float rounded(float value) {
    constexpr unsigned drop = 23 - kept_bits;
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if (std::isnan(value)) return value;
    return std::bit_cast<float>((bits + (1u << (drop - 1)) - 1 + ((bits >> drop) & 1u)) & ~((1u << drop) - 1));
}

/// A file that is removed unless it is kept.
class Scratch {
public:
    explicit Scratch(fs::path path) : m_path(std::move(path)) { remove(); }
    ~Scratch() {
        if (!m_kept) remove();
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& path() const { return m_path; }
    void keep() { m_kept = true; }

private:
    void remove() {
        std::error_code ignored; // what cannot be removed shows when it is written
        fs::remove(m_path, ignored);
        for (const char* of_gdal : {".ovr.tmp", ".msk.tmp", ".aux.xml"}) fs::remove(m_path.string() + of_gdal, ignored);
    }
    fs::path m_path;
    bool m_kept = false;
};

fs::path beside(const fs::path& file, const char* suffix) {
    return file.parent_path() / fmt::format(".{}{}", file.filename().string(), suffix);
}

[[noreturn]] void fail(const GdalMessages& messages, const fs::path& file, std::string_view what) {
    throw Error(ErrorKind::io, fmt::format("cannot write {}: {}; check the space left on the disk", file.string(),
                                           messages.first_text(std::string(what))));
}

/// Where the cells wait for the COG driver, which goes over them twice: memory, or a tiled file.
GDALDatasetUniquePtr make_source(const RasterGrid& grid, std::vector<float>& cells, const fs::path& scratch,
                                 bool in_memory) {
    const int columns = static_cast<int>(grid.columns), rows = static_cast<int>(grid.rows);
    GDALDriverManager* drivers = GetGDALDriverManager();
    CPLStringList options;
    if (!in_memory) {
        options.SetNameValue("TILED", "YES");
        options.SetNameValue("BLOCKXSIZE", "512");
        options.SetNameValue("BLOCKYSIZE", "512");
        options.SetNameValue("COMPRESS", "LZW");
        options.SetNameValue("BIGTIFF", "YES");
        return GDALDatasetUniquePtr(
            drivers->GetDriverByName("GTiff")->Create(scratch.c_str(), columns, rows, 1, GDT_Float32, options.List()));
    }
    cells.resize(static_cast<std::size_t>(grid.cells()));
    GDALDatasetUniquePtr source(drivers->GetDriverByName("MEM")->Create("", columns, rows, 0, GDT_Float32, nullptr));
    options.SetNameValue("DATAPOINTER", fmt::format("{}", static_cast<const void*>(cells.data())).c_str());
    if (source) source->AddBand(GDT_Float32, options.List());
    return source;
}

void describe(GDALDataset& source, const DensityRaster& raster, const CogOptions& options) {
    const RasterGrid& g = raster.grid();
    double corner[6] = {g.min_x, g.step_x, 0, g.max_y, 0, -g.step_y};
    source.SetGeoTransform(corner);
    OGRSpatialReference crs;
    crs.importFromWkt(CrsTransform(g.crs).wkt().c_str());
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    source.SetSpatialRef(&crs);
    for (const auto& [key, value] : options.metadata) source.SetMetadataItem(key.c_str(), value.c_str());
    GDALRasterBand* band = source.GetRasterBand(1);
    band->SetDescription(options.description.c_str());
    band->SetUnitType(options.unit.c_str());
}

/// Cells into the source, a row of tiles at a time; nodata is declared where there is some or a mask could have made
/// some.
void fill(GDALDataset& source, DensityRaster& raster, std::vector<float>& cells,
          const std::function<void(double)>& progress) {
    const RasterGrid& g = raster.grid();
    const bool in_memory = !cells.empty();
    std::vector<float> band;
    bool nodata = raster.masked();
    CellDigest digest;
    for (std::int64_t first = 0; first < g.rows; first += tile) {
        const std::int64_t rows = std::min(tile, g.rows - first);
        const auto n = static_cast<std::size_t>(rows * g.columns);
        if (!in_memory) band.resize(n);
        const std::span<float> part =
            in_memory ? std::span(cells).subspan(static_cast<std::size_t>(first * g.columns), n) : std::span(band);
        raster.read_rows(first, rows, part);
        for (float& v : part) nodata |= std::isnan(v), v = rounded(v);
        digest.add(part);
        if (!in_memory &&
            source.GetRasterBand(1)->RasterIO(GF_Write, 0, static_cast<int>(first), static_cast<int>(g.columns),
                                              static_cast<int>(rows), band.data(), static_cast<int>(g.columns),
                                              static_cast<int>(rows), GDT_Float32, 0, 0, nullptr) != CE_None)
            return;
        if (progress) progress(0.5 * static_cast<double>(first + rows) / static_cast<double>(g.rows));
    }
    source.SetMetadataItem(cell_digest_key, digest.hex().c_str());
    if (nodata) source.GetRasterBand(1)->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
}

/// One level of half the size: means of what is not NaN among 2 × 2 cells.
bool halve(GDALRasterBand& from, GDALRasterBand& to) {
    const int columns = from.GetXSize(), half = to.GetXSize();
    constexpr int at_once = static_cast<int>(tile) / 2;
    std::vector<float> cells(static_cast<std::size_t>(columns) * tile), means(static_cast<std::size_t>(half) * at_once);
    for (int first = 0; first < to.GetYSize(); first += at_once) {
        const int rows = std::min(at_once, to.GetYSize() - first),
                  read = std::min(2 * rows, from.GetYSize() - 2 * first);
        if (from.RasterIO(GF_Read, 0, 2 * first, columns, read, cells.data(), columns, read, GDT_Float32, 0, 0,
                          nullptr) != CE_None)
            return false;
        for (int r = 0; r < rows; ++r) {
            const float* upper = cells.data() + std::int64_t{2} * r * columns;
            const float* lower = 2 * r + 1 < read ? upper + columns : upper;
            float* mean = means.data() + std::int64_t{r} * half;
            for (int c = 0; c < half; ++c) {
                const int left = 2 * c, right = std::min(left + 1, columns - 1);
                float sum = 0, n = 0;
                for (const float v : {upper[left], upper[right], lower[left], lower[right]})
                    if (!std::isnan(v)) sum += v, n += 1;
                mean[c] = rounded(sum / n); // NaN of none
            }
        }
        if (to.RasterIO(GF_Write, 0, first, half, rows, means.data(), half, rows, GDT_Float32, 0, 0, nullptr) !=
            CE_None)
            return false;
    }
    return true;
}

/// Overviews until a tile holds the whole. why here: the COG driver would make them itself in a scratch file that it
/// compresses, which takes a quarter of the time of it all; and drivers differ in what they average a second level
/// from.
void build_overviews(GDALDataset& source) {
    std::vector<int> factors;
    for (int f = 2; std::max(source.GetRasterXSize(), source.GetRasterYSize()) * std::int64_t{2} / f > tile; f *= 2)
        factors.push_back(f);
    const auto levels = static_cast<int>(factors.size());
    if (levels == 0 || source.BuildOverviews("NONE", levels, factors.data(), 0, nullptr, nullptr, nullptr) != CE_None)
        return;
    GDALRasterBand* band = source.GetRasterBand(1);
    for (int k = 0; k < levels; ++k)
        if (!halve(k == 0 ? *band : *band->GetOverview(k - 1), *band->GetOverview(k))) return;
    source.FlushCache();
}

/// To disk, and then readable: GDAL's close reports nothing.
void check_written(const fs::path& part, const RasterGrid& grid, const fs::path& file) {
    const int fd = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (!synced) throw Error(ErrorKind::io, fmt::format("cannot write {}: {}", file.string(), std::strerror(error)));
    GdalMessages messages;
    const char* const drivers[] = {"GTiff", nullptr};
    const GDALDatasetUniquePtr again(GDALDataset::Open(part.c_str(), GDAL_OF_RASTER, drivers, nullptr, nullptr));
    float corner = 0;
    if (!again || again->GetRasterXSize() != grid.columns || again->GetRasterYSize() != grid.rows ||
        again->GetRasterBand(1)->RasterIO(GF_Read, static_cast<int>(grid.columns) - 1, static_cast<int>(grid.rows) - 1,
                                          1, 1, &corner, 1, 1, GDT_Float32, 0, 0, nullptr) != CE_None)
        fail(messages, file, "it cannot be read back");
}

void publish(const fs::path& part, const fs::path& file, bool force) {
    const int failed = force ? ::rename(part.c_str(), file.c_str())
                             : ::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE);
    if (failed == 0) return;
    if (errno == EEXIST)
        throw Error(ErrorKind::cannot_create,
                    fmt::format("{} has appeared meanwhile; use --force to replace it", file.string()));
    throw Error(ErrorKind::io, fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
}

} // namespace

void write_cog(DensityRaster& raster, const fs::path& file, const CogOptions& options) {
    if (!options.force && fs::exists(fs::symlink_status(file)))
        throw Error(ErrorKind::cannot_create,
                    fmt::format("{} exists; use --force to replace it, or another -o", file.string()));
    const fs::path folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
    if (!fs::is_directory(folder))
        throw Error(ErrorKind::cannot_create,
                    fmt::format("cannot make {}: there is no folder {}", file.string(), folder.string()));
    if (::access(folder.c_str(), W_OK) != 0)
        throw Error(ErrorKind::cannot_create, fmt::format("cannot make {}: {}", file.string(), std::strerror(errno)));

    const RasterGrid& grid = raster.grid();
    const bool in_memory = grid.cells() * sizeof(float) <= options.memory_bytes;
    Scratch part(beside(file, ".part")), cells_file(beside(file, ".cells"));
    std::vector<float> cells;
    GdalMessages messages;
    {
        const GDALDatasetUniquePtr source = make_source(grid, cells, cells_file.path(), in_memory);
        if (!source) fail(messages, file, "no scratch raster");
        describe(*source, raster, options);
        fill(*source, raster, cells, options.progress);
        source->FlushCache();
        build_overviews(*source);
        if (messages.failed()) fail(messages, file, "the scratch raster cannot be written");

        CPLStringList how;
        how.SetNameValue("BLOCKSIZE", "512");
        how.SetNameValue("COMPRESS", "DEFLATE");
        how.SetNameValue("LEVEL", "1"); // why: level 6 is 3 % smaller and takes 1.7 times as long
        how.SetNameValue("PREDICTOR", "3");
        how.SetNameValue("NUM_THREADS", std::to_string(std::max(1, options.threads)).c_str());
        struct Watch {
            const std::function<void(double)>& tell;
            std::exception_ptr stopped;
        } watch{options.progress, nullptr};
        const auto tell = [](double share, const char*, void* p) -> int {
            auto& w = *static_cast<Watch*>(p);
            if (!w.tell) return TRUE;
            try {
                w.tell(0.5 + share / 2);
                return TRUE;
            } catch (...) { // through C code, so carried by hand
                w.stopped = std::current_exception();
                return FALSE;
            }
        };
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("COG");
        GDALDatasetUniquePtr cog(
            driver->CreateCopy(part.path().c_str(), source.get(), FALSE, how.List(), tell, &watch));
        if (watch.stopped) std::rethrow_exception(watch.stopped);
        if (!cog) fail(messages, file, "GDAL gives no reason");
        cog.reset(); // the last blocks are written here, and errors show only as messages
        if (messages.failed()) fail(messages, file, "GDAL gives no reason");
    }
    check_written(part.path(), grid, file);
    publish(part.path(), file, options.force);
    part.keep();
}

} // namespace harmattan::geo
