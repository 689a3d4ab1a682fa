#include "geo/density/rows.hpp"

#include <algorithm>
#include <cstring>

namespace harmattan::geo {

void wrap_pads(double* row, std::int64_t columns, std::int64_t pad) {
    std::copy_n(row + columns - pad, pad, row - pad);
    std::copy_n(row, pad, row + columns);
}

void clear_row(double* row, const Runs& runs, std::int64_t columns, std::int64_t pad) {
    for (const Run& r : runs) std::fill(row + r.first, row + r.last, 0.0);
    std::fill_n(row - pad, pad, 0.0);
    std::fill_n(row + columns, pad, 0.0);
}

void add_convolved(const double* in, double* out, std::int64_t count, std::span<const double> taps,
                   std::int64_t first) {
    constexpr std::int64_t lanes = 16;
    const auto n = static_cast<std::int64_t>(taps.size());
    const double centre = first == 0 && n > 0 ? taps[0] : 0;
    const std::int64_t start = std::max<std::int64_t>(first, 1);
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        double sum[lanes];
        for (std::int64_t k = 0; k < lanes; ++k) sum[k] = out[i + k] + centre * in[i + k];
        for (std::int64_t t = start; t < n; ++t) {
            const double w = taps[static_cast<std::size_t>(t)];
            const double *left = in + i - t, *right = in + i + t;
            for (std::int64_t k = 0; k < lanes; ++k) sum[k] += w * (left[k] + right[k]);
        }
        std::memcpy(out + i, sum, sizeof sum);
    }
    for (; i < count; ++i) {
        double sum = out[i] + centre * in[i];
        for (std::int64_t t = start; t < n; ++t) sum += taps[static_cast<std::size_t>(t)] * (in[i - t] + in[i + t]);
        out[i] = sum;
    }
}

} // namespace harmattan::geo
