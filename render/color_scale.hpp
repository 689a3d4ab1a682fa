#pragma once
// From a density to a colour: a table of colours over equal ratios between two densities. Values below `low` have no
// colour, values from `high` on have the last. Borders between colours are float numbers fixed once, so the same value
// has the same colour on every machine.

#include "styles/color.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace harmattan::render {

class ColorScale {
public:
    /// Number of colours a scale has: steps too small to be seen, and so few that a picture of them, each also half covered
    /// at a mask's edge, and nothing, has a palette of 255.
    static constexpr int steps = 127;
    static constexpr int none = -1;

    ColorScale() = default;
    /// 0 < low < high.
    ColorScale(double low, double high);

    double low() const { return m_low; }
    double high() const { return m_high; }
    /// Middle of step i on the scale, 0…1.
    static double position(int i) { return (i + 0.5) / steps; }

    /// Step of a value: 0 … steps − 1, or none.
    int step(float value) const {
        if (!(value >= m_border[0])) return none;
        const std::uint32_t bucket = std::bit_cast<std::uint32_t>(value) >> bucket_shift;
        if (bucket >= m_first_bucket + m_guess.size()) return steps - 1;
        int i = m_guess[bucket - m_first_bucket];
        while (i + 1 < steps && value >= m_border[static_cast<std::size_t>(i) + 1]) ++i;
        return i;
    }

private:
    static constexpr int bucket_shift = 16; // buckets of 1/128 octave
    double m_low = 0, m_high = 0;
    std::vector<float> m_border;        // lower border of each step
    std::uint32_t m_first_bucket = 0;
    std::vector<std::uint8_t> m_guess;  // per bucket of float bits: the step of its smallest value (0 below the scale)
};

} // namespace harmattan::render
