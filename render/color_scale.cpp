#include "render/color_scale.hpp"

#include <cmath>

namespace harmattan::render {

ColorScale::ColorScale(double low, double high) : m_low(low), m_high(high) {
    for (int i = 0; i < steps; ++i) m_border.push_back(static_cast<float>(low * std::pow(high / low, static_cast<double>(i) / steps)));
    m_first_bucket = std::bit_cast<std::uint32_t>(m_border.front()) >> bucket_shift;
    const std::uint32_t last = std::bit_cast<std::uint32_t>(m_border.back()) >> bucket_shift;
    int i = 0;
    for (std::uint32_t bucket = m_first_bucket; bucket <= last; ++bucket) {
        const float smallest = std::bit_cast<float>(bucket << bucket_shift);
        while (i + 1 < steps && smallest >= m_border[static_cast<std::size_t>(i) + 1]) ++i;
        m_guess.push_back(static_cast<std::uint8_t>(i));
    }
}

} // namespace harmattan::render
