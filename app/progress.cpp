#include "app/progress.hpp"

#include "app/messages.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace harmattan::app {

namespace {

std::string duration(double seconds) {
    const auto s = static_cast<std::uint64_t>(seconds + 0.5);
    if (s < 60) return fmt::format("{} s", s);
    if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
    return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

} // namespace

Progress::Progress(ProgressMode mode)
    : m_form(mode == ProgressMode::json                                      ? Form::json
             : mode == ProgressMode::automatic && isatty(STDERR_FILENO) != 0 ? Form::bar
                                                                             : Form::none) {}

void Progress::show(std::string_view stage, std::uint64_t done, std::uint64_t total, double rate, double remaining_s) {
    if (m_form == Form::none) return;
    const double share = total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
    if (m_form == Form::json) {
        const std::string remaining = remaining_s < 0 ? "null" : fmt::format("{:.1f}", remaining_s);
        say_on_stderr(fmt::format(R"({{"stage":"{}","done":{},"total":{},"rate":{:.1f},"remaining_s":{}}})", stage,
                                  done, total, rate, remaining));
        return;
    }
    constexpr int cells = 28;
    const int filled = static_cast<int>(share * cells);
    std::string bar;
    for (int i = 0; i < cells; ++i) bar += i < filled ? "█" : "░";
    const std::string line = fmt::format("\r\033[K{} {} {:3.0f} %  {}/{}  {:.0f}/s  {}", stage, bar, share * 100, done,
                                         total, rate, remaining_s < 0 ? "" : duration(remaining_s) + " left");
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
    m_open = true;
}

void Progress::finish() {
    if (m_open) std::fputs("\r\033[K", stderr);
    m_open = false;
}

} // namespace harmattan::app
