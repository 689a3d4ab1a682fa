#include "app/job_arguments.hpp"

#include "app/keys.hpp"
#include "app/map_file.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::app {

bool is_map_file(std::string_view name) { return name.ends_with(".toml"); }

void JobArguments::describe(Arguments& arguments, const std::vector<std::string>& sections) {
    arguments.positional("INPUT", m_input, false, "A map file (*.toml) or an event table; without it: the demo table");
    for (const std::string& section : sections) {
        arguments.group("[" + section + "]");
        for (const Key& key : job_keys()) {
            if (key.flag.empty() || !key.path.starts_with(section + ".")) continue;
            Given& given = m_given.emplace_back(Given{key.path, key.flag, key.type == KeyType::list, {}, {}});
            if (given.list) arguments.list(key.flag, given.values, key.value, key.help);
            else arguments.option(key.flag, given.value, key.value, key.help);
        }
    }
    arguments.group("Any key");
    arguments.list("--set", m_set, "KEY=VALUE", "Sets any key of the map file, such as map.title=Mali (may be repeated)");
}

Job JobArguments::job() const {
    Job job;
    if (is_map_file(m_input)) {
        read_map_file(job, m_input);
        job.folder.clear(); // the paths of the flags start from where the user stands
    } else {
        job.events = m_input;
    }
    for (const std::string& setting : m_set) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos)
            throw geo::Error(geo::ErrorKind::usage, fmt::format("--set {} should be KEY=VALUE", setting));
        const std::vector<std::string> value{setting.substr(equals + 1)};
        set_key(job, setting.substr(0, equals), value, "--set");
    }
    for (const Given& given : m_given) {
        if (given.value) set_key(job, given.path, std::vector<std::string>{*given.value}, given.flag);
        if (!given.values.empty()) set_key(job, given.path, given.values, given.flag);
    }
    if (job.min_zoom > job.max_zoom)
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("the lowest zoom {} lies above the highest {}", job.min_zoom, job.max_zoom));
    return job;
}

} // namespace harmattan::app
