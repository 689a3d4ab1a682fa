#include "tiles/verify.hpp"

#include "geo/error.hpp"
#include "tiles/file.hpp"
#include "tiles/tilejson.hpp"
#include "tiles/verify_parts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::size_t most_findings = 100;
constexpr std::size_t most_manifest_bytes = std::size_t{64} << 20;

void verify_container(VerifyReport& report, const fs::path& path, const VerifyOptions& options) {
    if (report.container == "pmtiles") verify_pmtiles(report, path, options);
    else if (report.container == "mbtiles") verify_mbtiles(report, path, options);
    else verify_directory(report, path, options);
}

// Files against the manifest, both ways; then the archives among them.
void verify_site(VerifyReport& report, const fs::path& folder, const VerifyOptions& options) {
    report.ours = true;
    std::vector<ManifestFile> listed, there;
    if (!checked(report, "manifest.json", [&] {
            listed = parse_manifest(read_text(folder / "manifest.json", most_manifest_bytes));
            there = list_files(folder);
        }))
        return;
    const auto find = [](const std::vector<ManifestFile>& files, const std::string& path) {
        const auto at = std::lower_bound(files.begin(), files.end(), path,
                                         [](const auto& file, const auto& p) { return file.path < p; });
        return at != files.end() && at->path == path ? &*at : nullptr;
    };
    for (const ManifestFile& file : listed) {
        const ManifestFile* found = find(there, file.path);
        if (found == nullptr) report.add(file.path, "is in the manifest but not there");
        else if (*found != file)
            report.add(file.path, fmt::format("has {} bytes with SHA-256 {}, the manifest says {} and {}", found->bytes,
                                              found->sha256, file.bytes, file.sha256));
    }
    for (const ManifestFile& file : there) {
        report.bytes += file.bytes;
        if (find(listed, file.path) == nullptr) report.add(file.path, "is there but not in the manifest");
        const bool is_archive = file.path.ends_with(".pmtiles") || file.path.ends_with(".mbtiles");
        const bool is_folder = file.path.ends_with("/metadata.json");
        if (!is_archive && !is_folder) continue;
        const fs::path part = is_folder ? fs::path(file.path).parent_path() : fs::path(file.path);
        checked(report, part.string(), [&] { report.take(verify(folder / part, options), part.string()); });
    }
}

} // namespace

void VerifyReport::add(std::string where, std::string what) {
    if (findings.size() < most_findings) findings.push_back({std::move(where), std::move(what)});
    else ++more_findings;
}

void VerifyReport::take(const VerifyReport& part, const std::string& prefix) {
    tiles += part.tiles;
    for (const Finding& finding : part.findings) add(prefix + ": " + finding.where, finding.what);
    more_findings += part.more_findings;
    for (const std::string& note : part.notes) notes.push_back(prefix + ": " + note);
}

bool checked(VerifyReport& report, const std::string& where, const std::function<void()>& check) {
    try {
        check();
        return true;
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        report.add(where, error.line());
    } catch (const fs::filesystem_error& error) { report.add(where, error.code().message()); }
    return false;
}

VerifyReport verify(const fs::path& path, const VerifyOptions& options) {
    VerifyReport report;
    if (fs::is_directory(path) && fs::is_regular_file(path / "manifest.json")) {
        report.container = "site";
        verify_site(report, path, options);
        return report;
    }
    report.container = detect_container(path);
    if (report.container.empty())
        throw Error(ErrorKind::bad_data,
                    fmt::format("{} is no output this program can verify: neither PMTiles, nor MBTiles, "
                                "nor a folder with metadata.json or manifest.json",
                                path.string()));
    verify_container(report, path, options);
    return report;
}

} // namespace harmattan::tiles
