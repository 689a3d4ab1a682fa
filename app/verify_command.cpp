// harmattan verify: every number and every tile of an output checked.

#include "app/commands.hpp"
#include "app/describe.hpp"
#include "app/interrupt.hpp"
#include "geo/density/verify_cog.hpp"
#include "geo/error.hpp"
#include "tiles/verify.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

/// A density raster is geo's to check; its findings are told in the same form.
tiles::VerifyReport verify_raster(const std::filesystem::path& file) {
    tiles::VerifyReport report;
    report.container = "cog";
    report.bytes = std::filesystem::file_size(file);
    for (const std::string& finding : geo::verify_cog(file)) report.add("raster", finding);
    return report;
}

class Verify : public Command {
public:
    std::string name() const override { return "verify"; }
    std::string summary() const override {
        return "Check every number and tile of an archive, a directory, a site or a density raster";
    }

    void describe(Arguments& arguments) override {
        arguments.positional("OUT", m_path, true,
                             "PMTiles, MBTiles, a directory of tiles, a site, or a density GeoTIFF");
        arguments.flag("-q,--quiet", m_quiet, "Say nothing where all is well");
    }

    void run() override {
        const tiles::VerifyReport report =
            geo::is_tiff(m_path) ? verify_raster(m_path) : tiles::verify(m_path, {.interrupt = &interrupted()});
        for (const std::string& note : report.notes) fmt::print("note: {}\n", note);
        for (const tiles::Finding& finding : report.findings) fmt::print("{}: {}\n", finding.where, finding.what);
        if (report.more_findings > 0) fmt::print("and {} more\n", report.more_findings);
        if (!report.ok())
            throw geo::Error(geo::ErrorKind::bad_data, fmt::format("'{}' is damaged: {} findings", m_path,
                                                                   report.findings.size() + report.more_findings));
        if (m_quiet) return;
        fmt::print("{}: {} is sound: {:.1f} MB{}\n", m_path, report.container, static_cast<double>(report.bytes) / 1e6,
                   report.tiles > 0 ? fmt::format(", {} tiles decoded", describe_count(report.tiles, Language::en))
                                    : "");
    }

private:
    std::string m_path;
    bool m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_verify() { return std::make_unique<Verify>(); }

} // namespace harmattan::app
