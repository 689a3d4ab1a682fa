#include "geo/ledger.hpp"

#include <numeric>

namespace harmattan::geo {

namespace {
std::uint64_t total(const std::map<std::string, std::uint64_t>& reasons) {
    return std::accumulate(reasons.begin(), reasons.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& reason) { return sum + reason.second; });
}
} // namespace

std::uint64_t Ledger::counted_total() const { return total(counted); }
std::uint64_t Ledger::filtered_total() const { return total(filtered); }
std::uint64_t Ledger::rejected_total() const { return total(rejected); }

} // namespace harmattan::geo
