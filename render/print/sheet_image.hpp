#pragma once
// A sheet as an image, drawn in stripes, so that memory is bounded by a stripe and not by the sheet (an A0 at 300 dpi
// has 139 million pixels). The sheet's px_per_mm is the resolution that the files state. On white, without clock or
// text: the same sheet gives the same bytes, whatever the height of the stripes.

#include "render/print/byte_sink.hpp"
#include "render/print/georeference.hpp"
#include "render/print/sheet.hpp"
#include "render/print/stripes.hpp"

#include <cstddef>
#include <filesystem>

namespace harmattan::render {

/// PNG, RGB (RGBA and without ground where `transparent`), with its resolution (pHYs).
void write_sheet_png(const Sheet& sheet, bool transparent, const ByteSink& sink, int stripe_height = stripe_px);
/// WebP with its resolution (Exif): lossless up to `lossless_webp_px`, beyond that of quality 95, since the lossless
/// encoder takes up to 17 bytes a pixel. Sides of at most 16,383 px; more throws geo::Error usage.
void write_sheet_webp(const Sheet& sheet, const ByteSink& sink, int stripe_height = stripe_px);
inline constexpr std::size_t lossless_webp_px = std::size_t{40} << 20; ///< an A2 at 300 dpi has 35 million
/// GeoTIFF of the whole sheet at `file` (not there yet; removed again on failure): RGB, deflate, tiled, its CRS and
/// affine from `georeference`, with its resolution. On disk and read back when it returns; throws geo::Error
/// cannot_create, io, or what geo::CrsTransform has to say of the CRS.
void write_sheet_geotiff(const Sheet& sheet, const Georeference& georeference, const std::filesystem::path& file,
                         int stripe_height = stripe_px);

} // namespace harmattan::render
