#pragma once
// A sheet as an image, drawn in stripes, so that memory is bounded by a stripe and not by the sheet (an A0 at 300 dpi has
// 139 million pixels). The sheet's px_per_mm is the resolution that the files state. On white, without clock or text: the same
// sheet gives the same bytes, whatever the height of the stripes.

#include "render/print/byte_sink.hpp"
#include "render/print/georeference.hpp"
#include "render/print/sheet.hpp"
#include "render/print/stripes.hpp"

#include <filesystem>
#include <optional>

namespace harmattan::render {

/// PNG, RGB (RGBA and without ground where `transparent`), with its resolution (pHYs).
void write_sheet_png(const Sheet& sheet, bool transparent, const ByteSink& sink, int stripe_height = stripe_px);
/// WebP: lossless up to `lossless_webp_px`, beyond that of quality 95, for the lossless encoder's memory grows to twenty
/// times the picture. Sides of at most 16,383 px; more throws geo::Error usage.
void write_sheet_webp(const Sheet& sheet, const ByteSink& sink);
inline constexpr std::size_t lossless_webp_px = std::size_t{20} << 20;
/// GeoTIFF of the whole sheet at `file` (not there yet): RGB, deflate, tiled, its CRS and affine from `georeference`.
void write_sheet_geotiff(const Sheet& sheet, const Georeference& georeference, const std::filesystem::path& file);

} // namespace harmattan::render
