#pragma once
// Small charts on a sheet: bars by month, a ranking of units (along a corridor: strip_chart). Zero-based, one hue,
// every one with its title (n, unit, period). What they show comes as numbers and texts; nothing is counted here.

#include "render/print/lettering.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace harmattan::render {

struct MonthBar {
    int year = 0, month = 0;
    double value = 0;
    bool partial = false; ///< only partly covered by the data: hatched
};

struct MonthBars {
    std::string title;
    std::string note; ///< under the chart: what hatched bars mean, what is not in them
    std::vector<MonthBar> bars;
};

/// Throws nothing; without bars an empty block of that size with the title.
Block month_bars_block(const Lettering& lettering, const MonthBars& chart, double width_mm, double height_mm,
                       double size_pt);

struct RankingRow {
    std::string name;
    double value = 0;
    std::string text; ///< the value as written
};

Block ranking_block(const Lettering& lettering, const std::string& title, const std::vector<RankingRow>& rows,
                    double width_mm, double size_pt);

/// A step of round numbers (1, 2, 5 times a power of ten) that gives at most `most` steps up to `greatest`.
double round_step(double greatest, int most);

} // namespace harmattan::render
