#include "geo/corridors/sections.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::geo {

namespace {

struct Candidate {
    Section section;
    double off_middle = 0; ///< metres from the section's middle to the mean chainage of its events
};

double off_middle(const CorridorProfile& profile, const Section& s) {
    double moment = 0;
    for (std::size_t k = s.first_bin; k < s.last_bin; ++k)
        moment += profile.bins[k].sum().expected() * (profile.bins[k].from_m + profile.bins[k].to_m) / 2;
    return std::abs(moment / s.count.expected() - (s.from_m + s.to_m) / 2);
}

bool worse(const Candidate& a, const Candidate& b) {
    const double rate_a = a.section.expected_per_km(), rate_b = b.section.expected_per_km();
    if (std::abs(rate_a - rate_b) > 1e-9 * std::max(rate_a, rate_b)) return rate_a > rate_b;
    return a.off_middle + 1 < b.off_middle; // a metre is no difference
}

} // namespace

Section section_of(const CorridorProfile& profile, std::size_t first_bin, std::size_t last_bin) {
    Section s{first_bin, last_bin, profile.bins[first_bin].from_m, profile.bins[last_bin - 1].to_m, {}};
    for (std::size_t k = first_bin; k < last_bin; ++k) s.count = s.count + profile.bins[k].sum();
    return s;
}

std::vector<Section> worst_sections(const CorridorProfile& profile, const std::vector<bool>& usable, double length_m,
                                    std::size_t most) {
    const std::size_t bins = profile.bins.size();
    const double bin_m = profile.bins.front().length_m();
    const std::size_t width = std::min(bins, static_cast<std::size_t>(std::max(1.0, std::round(length_m / bin_m))));
    std::vector<Candidate> candidates;
    for (std::size_t first = 0; first + width <= bins; ++first) {
        if (!std::all_of(usable.begin() + static_cast<std::ptrdiff_t>(first),
                         usable.begin() + static_cast<std::ptrdiff_t>(first + width), [](bool u) { return u; }))
            continue;
        Candidate candidate{section_of(profile, first, first + width), 0};
        if (candidate.section.count.events == 0) continue;
        candidate.off_middle = off_middle(profile, candidate.section);
        candidates.push_back(std::move(candidate));
    }
    std::vector<Section> chosen;
    while (chosen.size() < most && !candidates.empty()) {
        auto worst = candidates.begin(); // no sort: with its tolerance `worse` is no order
        for (auto it = worst + 1; it != candidates.end(); ++it)
            if (worse(*it, *worst)) worst = it;
        const Section section = worst->section;
        chosen.push_back(section);
        std::erase_if(candidates, [&](const Candidate& c) {
            return c.section.first_bin < section.last_bin && section.first_bin < c.section.last_bin;
        });
    }
    return chosen;
}

} // namespace harmattan::geo
