#pragma once
// The arguments every rendering command shares: INPUT, the flags of the keys, --set. Gathers them while the line is
// parsed and makes the Job: defaults, then the map file, then --set, then the flags.

#include "app/arguments.hpp"
#include "app/job.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::app {

class JobArguments {
public:
    /// Describes INPUT, --set and the flags of the named sections of the map file ("events", "density", …) or single
    /// keys
    /// ("paper.dpi").
    void describe(Arguments& arguments, const std::vector<std::string>& sections);

    /// The same without INPUT, for a command that takes inputs of its own.
    void describe_settings(Arguments& arguments, const std::vector<std::string>& sections);

    /// Throws Error bad_config, usage or no_input.
    Job job() const { return job_of(m_input); }
    Job job_of(const std::string& input) const;
    /// A flag of these that the line has; empty if it has none.
    std::string a_given_flag() const;

private:
    struct Given {
        std::string path, flag;
        bool list = false;
        std::optional<std::string> value;
        std::vector<std::string> values;
    };

    void take_flags(Job& job) const;
    static void check(const Job& job); ///< what can be wrong between settings

    std::string m_input;
    std::vector<std::string> m_set;
    std::deque<Given> m_given; ///< a deque: the parser holds references into it
};

/// Whether a name means a map file: it ends in ".toml".
bool is_map_file(std::string_view name);

} // namespace harmattan::app
