// Density as colour: heatmap-color and -opacity over a field in events per km² (ground mode). The field is the scene's,
// one for all zooms; pixels ask it for the value at their centre. Masked to the scene's heat mask.
#include "geo/density/raster.hpp"
#include "geo/error.hpp"
#include "geo/mercator.hpp"
#include "render/color_scale.hpp"
#include "render/heat_legend.hpp"
#include "render/layers/layer.hpp"
#include "render/raster/raster_canvas.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>

namespace harmattan::render {

namespace {

// A view is sampled in blocks this large, so that blocks without density cost nothing.
constexpr int block_px = 256;
// Levels a mask's edge has (not, half and fully covered): so few that a tile keeps to one palette, see
// ColorScale::steps.
constexpr std::uint32_t mask_levels = 2;

struct ZoomPlan {
    std::array<std::uint32_t, ColorScale::steps + 1> colors{}; ///< of step i − 1, premultiplied, opacity in; 0: none
    std::shared_ptr<const PixelGeometry> mask;                 ///< null: unmasked
};

class HeatLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        const auto found = context.input.heat.find(style().id);
        const styles::Value& mode = style().note("mode");
        if (const std::string* name = mode.string(); name && *name != "ground")
            throw geo::Error(geo::ErrorKind::bad_config,
                             fmt::format("layer '{}': metadata harmattan:mode is '{}'; 'ground' (density in events per "
                                         "km²) is the one that is drawn",
                                         style().id, *name));
        if (found == context.input.heat.end())
            throw geo::Error(geo::ErrorKind::bad_config,
                             fmt::format("layer '{}' is a heatmap and there is no density for it; give it "
                                         "\"harmattan:mode\": \"ground\" in its metadata",
                                         style().id));
        m_input = &found->second;
        m_paper = context.input.paper;
        if (!(m_input->low > 0 && m_input->high > m_input->low))
            throw geo::Error(geo::ErrorKind::bad_config,
                             fmt::format("layer '{}': its colours run from {} to {} events per km²; the first must be "
                                         "above 0 and the second above the first",
                                         style().id, m_input->low, m_input->high));
        m_scale = ColorScale(m_input->low, m_input->high);
        styles::EvaluationContext at;
        for (int i = 0; i < ColorScale::steps; ++i) {
            at.heatmap_density = ColorScale::position(i);
            m_colors.push_back(style().color("heatmap-color", at));
        }
        std::optional<SourceGeometry> mask;
        if (context.input.heat_mask)
            mask = build_source_geometry(*context.input.heat_mask, context.plane().to_world(*context.input.heat_mask),
                                         context.plane().world_px(context.max_zoom()));
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom) {
            if (!context.draws(style(), zoom)) continue;
            at.zoom = context.plane().style_zoom(zoom);
            at.heatmap_density.reset();
            ZoomPlan plan;
            m_opacity = static_cast<float>(style().number("heatmap-opacity", at));
            for (std::size_t i = 0; i < m_colors.size(); ++i) {
                styles::Color color = m_colors[i];
                color.a *= m_opacity;
                plan.colors[i + 1] = styles::to_premultiplied_argb(color);
            }
            if (mask)
                plan.mask =
                    std::make_shared<PixelGeometry>(build_pixel_geometry(*mask, context.plane().world_px(zoom)));
            m_plans[zoom] = std::move(plan);
        }
    }

    void paint(const View& view, Canvas& canvas) const override {
        Image block;
        each_block(view, [&](std::int64_t x, std::int64_t y, int width, int height, std::span<const float> values) {
            paint_block(m_plans.at(view.zoom), x, y, width, height, values, block);
            canvas.image(x, y, view_of(block));
            return true;
        });
    }

    bool varies_in(const View& view) const override {
        bool any = false;
        each_block(view, [&](std::int64_t, std::int64_t, int, int, std::span<const float>) {
            any = true;
            return false;
        });
        return any;
    }

    void add_to(Fingerprint& fingerprint) const override {
        const geo::Field& field = m_input->field;
        for (const double v :
             {m_scale.low(), m_scale.high(), field.bandwidth_m(), field.step_m(), field.mass(), field.peak()})
            fingerprint.add(v);
        fingerprint.add(field.kernel());
        for (const auto& [zoom, plan] : m_plans) {
            fingerprint.add(zoom);
            fingerprint.add_all(std::span<const std::uint32_t>(plan.colors));
            for (std::uint32_t f = 0; plan.mask && f < plan.mask->features(); ++f)
                add_feature(fingerprint, *plan.mask, f);
        }
        // The field itself, at places one bandwidth apart or nearer: what differs between two fields is as wide as
        // that.
        const geo::LonLatBox box = field.extent();
        const double step = std::min(0.1, field.bandwidth_m() / 111'000);
        std::vector<double> lats;
        for (double lat = box.south; lat <= box.north && step > 0; lat += step) lats.push_back(lat);
        const double width = box.east - box.west + (box.west > box.east ? 360 : 0); // a field may lie across 180°
        const std::size_t columns = static_cast<std::size_t>(width / step) + 1;
        std::vector<float> row(columns);
        for (const double& lat : lats) {
            if (field.sample(box.west, step, columns, {&lat, 1}, row)) fingerprint.add_all(std::span<const float>(row));
        }
    }

    void add_to_legend(Legend& legend, std::string_view lang) const override {
        LegendEntry entry;
        entry.id = style().id;
        entry.set = set_name(set());
        entry.symbol = LegendSymbol::ramp;
        entry.label = legend_label(lang);
        if (entry.label.empty()) return;
        std::vector<styles::Color> seen = m_colors;
        for (styles::Color& c : seen) c.a *= m_opacity;
        entry.ramp.push_back(heat_ramp(m_scale, seen, lang));
        legend.entries.push_back(entry);
    }

private:
    // Calls visit(x, y, width, height, values) for every block of the view that is not all zero, until it returns
    // false.
    template <class Visit>
    void each_block(const View& view, Visit visit) const {
        if (m_paper) each_band(view, visit);
        else each_tile_block(view, visit);
    }

    // Of a sheet, in any CRS: bands of whole rows. The raster is always that of the whole frame, so that values do not
    // depend on which part of it a view asks for.
    template <class Visit>
    void each_band(const View& view, Visit visit) const {
        const PaperFrame& f = *m_paper;
        const std::int64_t left = std::max(view.x, f.x), right = std::min(view.x + view.width, f.x + f.width);
        const std::int64_t top = std::max(view.y, f.y), bottom = std::min(view.y + view.height, f.y + f.height);
        if (left >= right || top >= bottom) return;
        const geo::RasterGrid grid{f.crs,
                                   f.x0 + static_cast<double>(f.x) * f.units_per_px,
                                   f.y0 - static_cast<double>(f.y) * f.units_per_px,
                                   f.units_per_px,
                                   f.units_per_px,
                                   f.width,
                                   f.height};
        geo::DensityRaster raster(m_input->field, grid, nullptr, 1);
        const auto width = static_cast<std::size_t>(right - left);
        std::vector<float> rows, values;
        for (std::int64_t y = top; y < bottom; y += block_px) {
            const std::int64_t height = std::min<std::int64_t>(block_px, bottom - y);
            rows.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(f.width));
            raster.read_rows(y - f.y, height, rows);
            values.clear();
            for (std::int64_t r = 0; r < height; ++r) {
                const auto from = rows.begin() + r * f.width + (left - f.x);
                values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(width));
            }
            if (std::none_of(values.begin(), values.end(), [](float v) { return v > 0; })) continue;
            if (!visit(left, y, static_cast<int>(width), static_cast<int>(height), values)) return;
        }
    }

    template <class Visit>
    void each_tile_block(const View& view, Visit visit) const {
        const geo::TileMatrix matrix = view.matrix();
        const auto lonlat = [&](double x, double y) { return geo::to_lonlat(matrix.to_mercator({x, y})); };
        std::vector<float> values;
        std::vector<double> lats;
        for (int top = 0; top < view.height; top += block_px) {
            const int height = std::min(block_px, view.height - top);
            lats.clear();
            for (int i = 0; i < height; ++i) lats.push_back(lonlat(0, static_cast<double>(view.y + top + i) + 0.5).lat);
            for (int left = 0; left < view.width; left += block_px) {
                const int width = std::min(block_px, view.width - left);
                values.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
                const double lon_step = 360 / matrix.world_px(),
                             lon = (static_cast<double>(view.x + left) + 0.5) * lon_step - 180;
                if (!m_input->field.sample(lon, lon_step, static_cast<std::size_t>(width), lats, values)) continue;
                if (!visit(view.x + left, view.y + top, width, height, values)) return;
            }
        }
    }

    void paint_block(const ZoomPlan& plan, std::int64_t x, std::int64_t y, int width, int height,
                     std::span<const float> values, Image& block) const {
        block.width = width;
        block.height = height;
        block.pixels.resize(values.size());
        if (!plan.mask) {
            for (std::size_t i = 0; i < values.size(); ++i)
                block.pixels[i] = plan.colors[static_cast<std::size_t>(m_scale.step(values[i]) + 1)];
            return;
        }
        draw_mask(*plan.mask, x, y, block);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::uint32_t level = ((block.pixels[i] >> 24) * mask_levels + 127) / 255;
            const std::uint32_t color = plan.colors[static_cast<std::size_t>(m_scale.step(values[i]) + 1)];
            block.pixels[i] = level == mask_levels ? color : scale_pixel(color, level * 255 / mask_levels);
        }
    }

    // The mask's coverage, as the alpha of black.
    static void draw_mask(const PixelGeometry& mask, std::int64_t x, std::int64_t y, Image& block) {
        std::fill(block.pixels.begin(), block.pixels.end(), 0u);
        RasterCanvas canvas({block.pixels.data(), block.width, block.height, block.width}, x, y);
        const PixelExtent seen{static_cast<double>(x), static_cast<double>(y), static_cast<double>(x + block.width),
                               static_cast<double>(y + block.height)};
        std::vector<Curve> rings;
        for (std::uint32_t f = 0; f < mask.features(); ++f)
            if (mask.extent[f].meets(seen))
                for (std::uint32_t p = mask.part_begin[f]; p < mask.part_begin[f + 1]; ++p)
                    rings.push_back(mask.curve(p));
        canvas.fill(rings, {0, 0, 0, 1});
    }

    const HeatInput* m_input = nullptr;
    std::optional<PaperFrame> m_paper;
    ColorScale m_scale;
    std::vector<styles::Color> m_colors; ///< per step, as the style says
    float m_opacity = 1;                 ///< at the finest zoom
    std::map<int, ZoomPlan> m_plans;
};

} // namespace

std::unique_ptr<Layer> make_heat_layer(const styles::Layer& style) { return std::make_unique<HeatLayer>(style); }

} // namespace harmattan::render
