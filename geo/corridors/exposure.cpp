#include "geo/corridors/exposure.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::geo {

namespace {

double overlap_m(const ConvoyStretch& s, double from_m, double to_m) {
    return std::max(0.0, std::min(s.to_m, to_m) - std::max(s.from_m, from_m));
}

} // namespace

Exposure::Exposure(std::vector<ConvoyStretch> stretches) : m_stretches(std::move(stretches)) {
    std::ranges::sort(m_stretches, {}, &ConvoyStretch::from_m);
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        const ConvoyStretch& s = m_stretches[i];
        if (!(s.to_m > s.from_m) || !std::isfinite(s.from_m))
            throw Error(ErrorKind::bad_data,
                        fmt::format("the stretch from km {} to km {} has no length", s.from_m / 1000, s.to_m / 1000));
        if (!(s.convoys >= 0 && std::isfinite(s.convoys)))
            throw Error(ErrorKind::bad_data,
                        fmt::format("{} convoys a month from km {} are no traffic", s.convoys, s.from_m / 1000));
        if (i > 0 && s.from_m < m_stretches[i - 1].to_m)
            throw Error(ErrorKind::bad_data, fmt::format("the stretches from km {} and from km {} overlap",
                                                         m_stretches[i - 1].from_m / 1000, s.from_m / 1000));
    }
}

double Exposure::convoy_km(double from_m, double to_m) const {
    double sum = 0;
    for (const ConvoyStretch& s : m_stretches) sum += s.convoys * overlap_m(s, from_m, to_m) / 1000;
    return sum;
}

bool Exposure::covers(double from_m, double to_m) const {
    double given = 0;
    for (const ConvoyStretch& s : m_stretches) given += overlap_m(s, from_m, to_m);
    return given >= to_m - from_m - 1;
}

} // namespace harmattan::geo
