// harmattan density: the density itself, in events per km², as a Cloud Optimized GeoTIFF for a GIS.

#include "app/commands.hpp"
#include "app/estimate.hpp"
#include "app/interrupt.hpp"
#include "app/job_arguments.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "app/prelude.hpp"
#include "app/progress.hpp"
#include "app/texts.hpp"
#include "app/version.hpp"
#include "geo/crs_transform.hpp"
#include "geo/day.hpp"
#include "geo/density/write_cog.hpp"
#include "geo/error.hpp"
#include "tiles/publish.hpp"

#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

/// Coordinates of a user's CRS: no bounds but those of doubles that mean something.
constexpr double any_coordinate = 1e9;

geo::Extent<geo::Projected> parse_extent(const std::string& text) {
    const std::vector<std::string> pieces = split_commas(std::vector<std::string>{text});
    if (pieces.size() != 4)
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("--extent {} should be four numbers: min_x,min_y,max_x,max_y in the CRS", text));
    geo::Extent<geo::Projected> extent;
    extent.min_x = parse_number(pieces[0], -any_coordinate, any_coordinate),
    extent.min_y = parse_number(pieces[1], -any_coordinate, any_coordinate);
    extent.max_x = parse_number(pieces[2], -any_coordinate, any_coordinate),
    extent.max_y = parse_number(pieces[3], -any_coordinate, any_coordinate);
    return extent;
}

class DensityCommand : public Command {
public:
    std::string name() const override { return "density"; }
    std::string summary() const override { return "Write the density, events per km², as a Cloud Optimized GeoTIFF"; }

    void describe(Arguments& arguments) override {
        m_job.describe(arguments, {"map", "events", "density", "run"});
        arguments.group("Output");
        arguments.required("-o,--output", m_output, "OUT.tif", "The raster to write");
        arguments.option("--crs", m_crs, "CRS",
                         "EPSG code or PROJ string; else the analysis grid's equal-area cylinder");
        arguments.option("--extent", m_extent, "X0,Y0,X1,Y1", "Box in that CRS; else all of the density");
        arguments.option("--resolution", m_resolution, "UNITS",
                         "Cell size in units of that CRS; else the grid's own step");
        arguments.flag("--mask", m_mask, "Nodata outside the countries the source covers");
        arguments.flag("--force", m_force, "Replace an existing raster");
        arguments.option("--ledger", m_ledger, "FILE.json", "Write the whole row ledger");
        arguments.option("--progress", m_progress, "auto|json|none", "How progress is shown on standard error");
        arguments.flag("--dry-run", m_dry_run, "Say what would be made: cells, memory");
        arguments.flag("-q,--quiet", m_quiet, "Only errors");
    }

    void run() override {
        const Job job = m_job.job();
        geo::RasterRequest request;
        if (m_crs) request.crs = *m_crs;
        if (m_extent) request.extent = parse_extent(*m_extent);
        if (m_resolution) request.resolution = parse_number(*m_resolution, 1e-9, any_coordinate);
        static const std::vector<std::string> modes{"auto", "json", "none"};
        Progress progress(static_cast<ProgressMode>(m_quiet ? 2 : m_progress ? parse_choice(*m_progress, modes) : 0));

        // What can be known to be wrong is said before anything is read.
        require_distinct(inputs_of(job), {m_output, m_ledger.value_or("")});
        if (m_crs) geo::CrsTransform{*m_crs};
        require_free(m_output, m_force);
        const tiles::OutputLock lock(m_output);
        const Messages messages{m_quiet};
        const Study study = open_study(job, m_ledger, m_force, messages);
        const Density density = estimate_density(study);
        messages.say(describe_method(density.method, Language::en));

        std::optional<geo::FeatureTable> mask;
        if (m_mask) mask = covered_land(study);
        const geo::RasterGrid grid = geo::raster_grid(density.field, request);
        if (m_dry_run) return foretell(study, grid);
        geo::DensityRaster raster(density.field, grid, mask ? &*mask : nullptr, study.job.threads);
        geo::CogOptions options;
        options.metadata = metadata(study, density);
        if (m_mask) options.metadata.emplace_back("MASK", fmt::format("{}", fmt::join(study.covered, ",")));
        options.force = m_force;
        options.threads = study.job.threads;
        options.progress = [&](double share) {
            stop_if_interrupted();
            progress.show("density", static_cast<std::uint64_t>(share * 100), 100, 0, -1);
        };
        geo::write_cog(raster, m_output, options);
        progress.finish();
        if (!m_quiet)
            say_on_stderr(fmt::format("wrote {}: {} × {} cells of {} × {}, events per km², {}", m_output,
                                      raster.grid().columns, raster.grid().rows,
                                      describe_number(raster.grid().step_x, Language::en),
                                      describe_number(raster.grid().step_y, Language::en),
                                      raster.masked() ? "nodata outside the covered countries" : "not masked"));
    }

private:
    static void foretell(const Study& study, const geo::RasterGrid& grid) {
        const geo::FieldCost cost = geo::foretell_field(study.incidents.events, field_options(study));
        fmt::print("cells    {} × {} = {}\n", grid.columns, grid.rows, describe_count(grid.cells(), Language::en));
        fmt::print("bytes    at most {:.0f} MB before compression, with overviews\n",
                   static_cast<double>(grid.cells()) * 4 * 4 / 3 / 1e6);
        fmt::print("memory   at most about {:.0f} MiB for the field\n", static_cast<double>(cost.bytes) / 0x1p20);
    }

    static std::vector<std::pair<std::string, std::string>> metadata(const Study& study, const Density& density) {
        const Method& method = density.method;
        std::vector<std::pair<std::string, std::string>> pairs{
            {"HARMATTAN_VERSION", program_version},
            {"TITLE", study.title},
            {"METHOD", describe_method(method, Language::en)},
            {"KERNEL", std::string(geo::kernel_name(method.kernel))},
            {"BANDWIDTH_KM", fmt::format("{}", method.bandwidth_km)},
            {"UNIT", "events per km²"},
            {"EVENTS", fmt::format("{}", method.events)},
            {"WEIGHT", fmt::format("{}", method.weight)},
            {"EFFECTIVE_EVENTS", fmt::format("{:.3f}", method.effective_events)},
            {"LEDGER", describe_ledger(study.incidents.ledger, Language::en)},
            {"SOURCE_FILE", study.incidents.source.file},
            {"SOURCE_DIGEST_XXH3_128", study.incidents.source.digest},
            {"CREDIT", attribution(study)}};
        if (study.incidents.source.first_day && study.incidents.source.last_day)
            pairs.emplace_back("PERIOD", geo::to_iso(*study.incidents.source.first_day) + "/" +
                                             geo::to_iso(*study.incidents.source.last_day));
        if (study.incidents.source.illustrative) pairs.emplace_back("ILLUSTRATIVE", made_up_note(Language::en));
        return pairs;
    }

    JobArguments m_job;
    std::string m_output;
    std::optional<std::string> m_crs, m_extent, m_resolution, m_ledger, m_progress;
    bool m_mask = false, m_force = false, m_dry_run = false, m_quiet = false;
};

} // namespace

std::unique_ptr<Command> make_density() { return std::make_unique<DensityCommand>(); }

} // namespace harmattan::app
