#pragma once
// From a density to a colour: a table of colours over equal ratios between two densities. Values below `low` have no
// colour, values from `high` on have the last. Borders between colours are float numbers fixed once, so the same value
// has the same colour on every machine.

#include "styles/color.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace harmattan::render {

class ColorScale {
public:
    /// Number of colours a scale has: steps too small to be seen, and so few that a picture of them, each also half
    /// covered at a mask's edge, and nothing, has a palette of 255.
    static constexpr int steps = 127;
    static constexpr int none = -1;

    ColorScale() = default;
    /// 0 < low < high.
    ColorScale(double low, double high);

    double low() const { return m_low; }
    double high() const { return m_high; }
    /// Middle of step i on the scale, 0…1.
    static double position(int i) { return (i + 0.5) / steps; }

    /// Step of a value: 0 … steps − 1, or none; below the scale, negative or not a number is none. Without branches.
    int step(float value) const {
        const float v = value > 0 ? value : 0;
        const auto bucket = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(v) >> bucket_shift) - m_first_bucket;
        int i = m_guess[static_cast<std::size_t>(std::clamp(bucket, 0, m_last))];
        for (int k = 0; k < m_borders_in_a_bucket; ++k) i += v >= m_border[static_cast<std::size_t>(i)];
        return i - 1;
    }

private:
    static constexpr int bucket_shift = 15; // buckets of 1/256 octave
    double m_low = 0, m_high = 0;
    std::vector<float> m_border{
        std::numeric_limits<float>::quiet_NaN()}; ///< lower border of each step, then NaN: never reached
    std::int32_t m_first_bucket = 0, m_last = 0;  ///< the first bucket of m_guess; its last place
    std::vector<std::uint8_t> m_guess{0};         ///< per bucket of float bits: step + 1 of its smallest value
    int m_borders_in_a_bucket = 0;                ///< at most; 1 unless the scale is very short
};

} // namespace harmattan::render
