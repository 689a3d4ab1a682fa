#include "app/site/site.hpp"

#include "app/output_file.hpp"
#include "app/site/site_texts.hpp"
#include "app/site/viewer_files.hpp"
#include "geo/error.hpp"
#include "tiles/tilejson.hpp"

#include <fmt/format.h>

namespace harmattan::app {

namespace {

void copy_viewer(const std::filesystem::path& folder) {
    for (const ViewerFile& file : viewer_files()) {
        const std::filesystem::path to = folder / file.to;
        std::error_code failed;
        std::filesystem::create_directories(to.parent_path(), failed);
        if (!failed)
            std::filesystem::copy_file(file.from, to, std::filesystem::copy_options::overwrite_existing, failed);
        if (failed)
            throw geo::Error(geo::ErrorKind::no_input,
                             fmt::format("cannot copy the viewer's '{}' ({}); script/setup installs it",
                                         file.from.string(), failed.message()));
    }
}

styles::Array listed(const std::vector<SiteSet>& sets) {
    styles::Array list;
    for (const SiteSet& set : sets)
        list.push_back(styles::Value(styles::Object{{"id", set.set},
                                                    {"archive", fmt::format("tiles/{}.pmtiles", set.set)},
                                                    {"tilejson", fmt::format("tiles/{}.json", set.set)}}));
    return list;
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    write_output_file(file, text, true);
}

} // namespace

void write_site_files(const std::filesystem::path& folder, const Study& study, const SceneParts& parts,
                      const std::vector<SiteSet>& sets) {
    copy_viewer(folder);
    for (const SiteText& file : site_texts(study, parts)) write(folder / file.path, file.text);
    for (const SiteSet& set : sets) {
        // The address MapLibre's pmtiles protocol resolves; relative where no --base-url is given.
        const std::string address = fmt::format("tiles/{}.pmtiles", set.set);
        write(folder / "tiles" / (set.set + ".json"),
              tiles::tilejson(
                  set.info,
                  fmt::format("pmtiles://{}/{{z}}/{{x}}/{{y}}",
                              study.job.base_url.empty() ? address : tiles::joined(study.job.base_url, address))));
    }
    write(folder / site_marker, site_json(study, parts, listed(sets)));
    write(folder / "manifest.json", tiles::manifest(folder));
}

} // namespace harmattan::app
