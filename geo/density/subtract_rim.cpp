#include "geo/density/layer.hpp"
#include "geo/density/sample.hpp"

#include <algorithm>

namespace harmattan::geo {

void subtract_rim(Layer& layer, const Layer& rim, Workers& workers) {
    const LayerGrid& g = layer.grid;
    std::vector<double> mass(layer.blocks.rows());
    workers.each(layer.blocks.rows(), [&](std::size_t by, int) {
        std::vector<double> xs, ys(block_side);
        std::vector<float> sampled;
        for (std::size_t j = 0; j < block_side; ++j) ys[j] = g.y0 - static_cast<double>(by * block_side + j) * g.dy;
        for_block_runs(layer, by, [&](std::size_t first, std::size_t last) {
            xs.resize((last - first) * block_side);
            for (std::size_t i = 0; i < xs.size(); ++i)
                xs[i] = g.x0 + static_cast<double>(first * block_side + i) * g.dx;
            sampled.resize(xs.size() * block_side);
            const bool any = sample_mesh({&rim, 1}, xs, ys, sampled);
            for (std::size_t bx = first; bx < last; ++bx) {
                float* block = layer.blocks.find(bx, by);
                for (std::size_t j = 0; j < block_side; ++j)
                    for (std::size_t i = 0; i < block_side; ++i) {
                        float& node = block[j * block_side + i];
                        if (any) node = std::max(0.0f, node - sampled[j * xs.size() + (bx - first) * block_side + i]);
                        mass[by] += static_cast<double>(node);
                    }
            }
        });
    });
    layer.mass = 0;
    for (const double m : mass) layer.mass += m;
    layer.mass *= g.dx * g.dy / 1e6;
}

} // namespace harmattan::geo
