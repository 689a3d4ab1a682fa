#include "app/site/tile_sets.hpp"

#include "app/texts.hpp"
#include "geo/error.hpp"

namespace harmattan::app {

const std::vector<std::string>& set_names() {
    static const std::vector<std::string> names{"base", "heat", "corridors", "points", "labels"};
    return names;
}

std::vector<std::string> asked_sets(const Job& job) {
    for (const std::string& name : job.sets)
        if (name != "all") parse_choice(name, set_names());
    if (job.sets.empty())
        throw geo::Error(geo::ErrorKind::bad_config, "no set is named; --sets all draws everything in one picture");
    return job.sets;
}

render::Sets sets_of(const std::string& name) {
    if (name == "all") return render::Sets::all();
    return render::Set(parse_choice(name, set_names()));
}

} // namespace harmattan::app
