#include "geo/nearest_name.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace harmattan::geo {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1] ? 1 : 0);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

std::string nearest_name(std::string_view wrong, std::span<const std::string> known) {
    const std::string wanted = lower(wrong);
    std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    std::string nearest;
    for (const std::string& name : known) {
        const std::size_t distance = edit_distance(wanted, lower(name));
        if (distance < best) best = distance, nearest = name;
    }
    return nearest;
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string> known) {
    const std::string nearest = nearest_name(wrong, known);
    return nearest.empty() ? std::string() : " (did you mean '" + nearest + "'?)";
}

} // namespace harmattan::geo
