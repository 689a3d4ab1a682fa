#pragma once
// A density raster as a Cloud Optimized GeoTIFF.

#include "geo/density/raster.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace harmattan::geo {

struct CogOptions {
    std::vector<std::pair<std::string, std::string>>
        metadata;                                     ///< keys (A–Z and _) and values, in the file's own metadata
    std::string description = "density of incidents"; ///< of the band
    std::string unit = "events/km²";
    bool force = false; ///< replace what is there
    int threads = 1;
    std::size_t memory_bytes = std::size_t{256} << 20; ///< larger rasters go through a scratch file beside the output
    std::function<void(double share)> progress;        ///< 0 … 1; may be empty; throw from it to stop
};

/// float32, tiles of 512, DEFLATE with the floating-point predictor, overviews by averaging, nodata NaN where the
/// raster has any. Values are rounded to 15 bits after the leading one (1.5e-5 of the value, a hundredth of what the
/// field itself is good for), which takes a third off the file. The same bytes for any number of threads. Made beside
/// `file` under a hidden name, brought to disk, opened again, and renamed. Throws Error cannot_create (it exists; no
/// such folder; no permission), io (disk full and the like).
void write_cog(DensityRaster& raster, const std::filesystem::path& file, const CogOptions& options);

} // namespace harmattan::geo
