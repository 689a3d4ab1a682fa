#pragma once
// Runs of columns in a row: where something is, so that the rest need not be looked at.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace harmattan::geo {

/// Columns first … last − 1.
struct Run {
    std::int64_t first = 0, last = 0;
    bool operator==(const Run&) const = default;
};
using Runs = std::vector<Run>;

/// Sorted, without overlap, touching runs joined.
inline void tidy(Runs& runs) {
    std::ranges::sort(runs, {}, &Run::first);
    std::size_t kept = 0;
    for (const Run& r : runs) {
        if (r.first >= r.last) continue;
        if (kept > 0 && r.first <= runs[kept - 1].last) runs[kept - 1].last = std::max(runs[kept - 1].last, r.last);
        else runs[kept++] = r;
    }
    runs.resize(kept);
}

/// Adds `run` to `runs`, cut to 0 … columns − 1; on a ring of columns what sticks out comes in on the other side.
inline void add_run(Runs& runs, Run run, std::int64_t columns, bool wraps) {
    if (wraps && run.last - run.first >= columns) {
        runs.push_back({0, columns});
        return;
    }
    if (wraps && run.first < 0) runs.push_back({run.first + columns, columns});
    if (wraps && run.last > columns) runs.push_back({0, run.last - columns});
    const Run inside{std::max<std::int64_t>(run.first, 0), std::min(run.last, columns)};
    if (inside.first < inside.last) runs.push_back(inside);
}

/// Every run grown by `by` columns on both sides; tidy.
inline Runs grown(const Runs& runs, std::int64_t by, std::int64_t columns, bool wraps) {
    Runs result;
    for (const Run& r : runs) add_run(result, {r.first - by, r.last + by}, columns, wraps);
    tidy(result);
    return result;
}

} // namespace harmattan::geo
