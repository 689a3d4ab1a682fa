#include "app/site/viewer_files.hpp"

#include "app/data_folder.hpp"
#include "geo/error.hpp"
#include "geo/mapped_file.hpp"
#include "styles/json.hpp"

#include <fmt/format.h>

namespace harmattan::app {

namespace {

std::string text_member(const styles::Value& entry, const char* key) {
    const std::string* text = entry[key].string();
    if (!text) throw geo::Error(geo::ErrorKind::internal, fmt::format("site-files.json: an entry has no '{}'", key));
    return *text;
}

} // namespace

std::vector<ViewerFile> viewer_files() {
    const std::filesystem::path web = web_folder();
    const geo::MappedFile list(web / "site-files.json");
    const styles::Value root = styles::parse_json(list.text(), "site-files.json");
    std::vector<ViewerFile> files;
    for (const char* part : {"files", "vendor"}) {
        const styles::Array* entries = root[part].array();
        if (!entries)
            throw geo::Error(geo::ErrorKind::internal, fmt::format("site-files.json: there is no list '{}'", part));
        for (const styles::Value& entry : *entries)
            files.push_back({web / text_member(entry, "from"), text_member(entry, "to")});
    }
    return files;
}

} // namespace harmattan::app
