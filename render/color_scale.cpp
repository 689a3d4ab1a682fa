#include "render/color_scale.hpp"

#include <cmath>

namespace harmattan::render {

ColorScale::ColorScale(double low, double high) : m_low(low), m_high(high), m_border(steps), m_guess() {
    for (int i = 0; i < steps; ++i)
        m_border[static_cast<std::size_t>(i)] =
            static_cast<float>(low * std::pow(high / low, static_cast<double>(i) / steps));
    m_border.push_back(std::numeric_limits<float>::quiet_NaN()); // no value is at or above it
    const auto bucket_of = [](float v) { return std::bit_cast<std::uint32_t>(v) >> bucket_shift; };
    // One bucket before the first border, one after the last: what lies beyond looks up these.
    const std::uint32_t first = bucket_of(m_border[0]) - 1, last = bucket_of(m_border[steps - 1]) + 1;
    m_first_bucket = static_cast<std::int32_t>(first);
    m_last = static_cast<std::int32_t>(last - first);
    std::size_t below = 0; // borders at or below the bucket's smallest value
    for (std::uint32_t bucket = first; bucket <= last; ++bucket) {
        const float smallest = std::bit_cast<float>(bucket << bucket_shift),
                    next = std::bit_cast<float>((bucket + 1) << bucket_shift);
        while (m_border[below] <= smallest) ++below;
        m_guess.push_back(static_cast<std::uint8_t>(below));
        std::size_t inside = below;
        while (m_border[inside] < next) ++inside;
        m_borders_in_a_bucket = std::max(m_borders_in_a_bucket, static_cast<int>(inside - below));
    }
}

} // namespace harmattan::render
