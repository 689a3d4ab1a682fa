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
    describe_settings(arguments, sections);
}

void JobArguments::describe_settings(Arguments& arguments, const std::vector<std::string>& sections) {
    std::string last;
    for (const std::string& section : sections) {
        const std::string heading = fmt::format("[{}]", section.substr(0, section.find('.')));
        if (heading != last) arguments.group(heading);
        last = heading;
        for (const Key& key : job_keys()) {
            if (key.flag.empty() || (key.path != section && !key.path.starts_with(section + "."))) continue;
            Given& given = m_given.emplace_back(Given{key.path, key.flag, key.type == KeyType::list, {}, {}});
            if (given.list) arguments.list(key.flag, given.values, key.value, key.help);
            else arguments.option(key.flag, given.value, key.value, key.help);
        }
    }
    arguments.group("Any key");
    arguments.list("--set", m_set, "KEY=VALUE",
                   "Sets any key of the map file, such as map.title=Mali (may be repeated)");
}

Job JobArguments::job_of(const std::string& input) const {
    Job job;
    if (is_map_file(input)) {
        read_map_file(job, input);
        job.folder.clear(); // the paths of the flags start from where the user stands
    } else {
        job.events = input;
    }
    try {
        take_flags(job);
    } catch (const geo::Error& error) { // what is wrong on the command line is a usage error
        geo::Error usage(error.kind() == geo::ErrorKind::bad_config ? geo::ErrorKind::usage : error.kind(),
                         error.what());
        for (const std::string& where : error.trail()) usage.at(where);
        throw usage;
    }
    check(job);
    return job;
}

std::string JobArguments::a_given_flag() const {
    for (const Given& given : m_given)
        if (given.value || !given.values.empty()) return given.flag;
    return m_set.empty() ? "" : "--set";
}

void JobArguments::check(const Job& job) {
    const auto refuse = [](const std::string& message) { throw geo::Error(geo::ErrorKind::usage, message); };
    if (job.min_zoom > job.max_zoom)
        refuse(fmt::format("the lowest zoom {} lies above the highest {}", job.min_zoom, job.max_zoom));
    if (job.from && job.to && *job.from > *job.to) refuse("--from is after --to");
    if (job.search_radius_km && job.bandwidth != "default")
        refuse("a bandwidth and a search radius are both given; they say the same thing in two ways, so give one");
}

void JobArguments::take_flags(Job& job) const {
    for (const std::string& setting : m_set) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos)
            throw geo::Error(geo::ErrorKind::usage, fmt::format("--set {} should be KEY=VALUE", setting));
        set_key(job, setting.substr(0, equals), texts_of_toml(setting.substr(equals + 1)), "--set");
    }
    for (const Given& given : m_given) {
        if (given.value) set_key(job, given.path, std::vector<std::string>{*given.value}, given.flag);
        if (!given.values.empty()) set_key(job, given.path, given.values, given.flag);
    }
}

} // namespace harmattan::app
