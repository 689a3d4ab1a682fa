#pragma once
// How a long run shows how far it is: a bar on a terminal, JSON lines, or nothing; always on standard error.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace harmattan::app {

enum class ProgressMode { automatic, json, none };

class Progress {
public:
    /// Automatic: a bar where standard error is a terminal, nothing where it is piped.
    explicit Progress(ProgressMode mode);

    /// `stage`: "tiles heat"; `rate` in units a second; `remaining_s` < 0: not known yet.
    void show(std::string_view stage, std::uint64_t done, std::uint64_t total, double rate, double remaining_s);
    /// Ends the bar's line. Called by the destructor too.
    void finish();
    ~Progress() { finish(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

private:
    enum class Form { bar, json, none } m_form;
    bool m_open = false;
};

} // namespace harmattan::app
