#include "app/keys.hpp"

#include "app/corridors/road_corridors.hpp"
#include "app/texts.hpp"
#include "geo/error.hpp"
#include "geo/nearest_name.hpp"
#include "render/print/paper_size.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

using Values = std::span<const std::string>;

std::function<void(Job&, Values)> into(std::string Job::*member) {
    return [member](Job& job, Values values) { job.*member = values.front(); };
}

/// What a text that is empty would have to be is said: "the id or name of a corridor".
std::function<void(Job&, Values)> named(std::string Job::*member, const char* what) {
    return [member, what](Job& job, Values values) {
        if (values.front().find_first_not_of(' ') == std::string::npos)
            throw geo::Error(geo::ErrorKind::bad_config, fmt::format("{} is empty; give one, or leave it out", what));
        job.*member = values.front();
    };
}

std::function<void(Job&, Values)> into(std::filesystem::path Job::*member) {
    return [member](Job& job, Values values) {
        if (values.front().empty())
            throw geo::Error(geo::ErrorKind::bad_config, "the name of the file is empty; give one, or leave it out");
        const std::filesystem::path path = values.front();
        job.*member = path.is_absolute() || job.folder.empty() ? path : job.folder / path;
    };
}

std::function<void(Job&, Values)> into(std::vector<std::string> Job::*member) {
    return [member](Job& job, Values values) { job.*member = split_commas(values); };
}

std::function<void(Job&, Values)> into(std::optional<geo::Day> Job::*member) {
    return [member](Job& job, Values values) { job.*member = parse_day(values.front()); };
}

/// An enumeration whose values are numbered as `choices` are.
template <class Enum>
std::function<void(Job&, Values)> choice(Enum Job::*member, std::vector<std::string> choices) {
    return [member, choices = std::move(choices)](Job& job, Values values) {
        job.*member = static_cast<Enum>(parse_choice(values.front(), choices));
    };
}

std::function<void(Job&, Values)> one_of(std::string Job::*member, std::vector<std::string> choices) {
    return [member, choices = std::move(choices)](Job& job, Values values) {
        job.*member = choices[parse_choice(values.front(), choices)];
    };
}

void set_bandwidth(Job& job, Values values) {
    const std::string& text = values.front();
    if (text != "default" && text != "scott" && text != "silverman") {
        if (text.empty() || (text[0] >= 'a' && text[0] <= 'z')) {
            static const std::vector<std::string> rules{"default", "scott", "silverman"};
            parse_choice(text, rules);
        }
        parse_number(text, 0.01, 1000);
    }
    job.bandwidth = text;
}

void set_zooms(Job& job, Values values) { std::tie(job.min_zoom, job.max_zoom) = parse_zooms(values.front()); }

void set_paper(Job& job, Values values) {
    if (!render::find_paper_size(values.front()))
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("'{}' should be A5, A4, A3, A2, A1, A0, Letter, Legal, Tabloid or WxH in mm ({} "
                                     "to {}), such as 297x210",
                                     values.front(), render::least_side_mm, render::greatest_side_mm));
    job.paper = values.front();
}

/// "160mm" or "1200px".
void set_width(Job& job, Values values) {
    const std::string_view text = values.front();
    const bool px = text.ends_with("px"), mm = text.ends_with("mm");
    if (!px && !mm)
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("'{}' should be a width in mm or px, such as 160mm or 1200px", text));
    parse_number(text.substr(0, text.size() - 2), px ? 100 : 20, px ? 20000 : 3000);
    job.figure_width = text;
}

Period parse_period(const std::string& text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos)
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("'{}' should be a period FIRST..LAST, such as 2025-05-01..2025-07-31", text));
    const Period period{parse_day(text.substr(0, dots)), parse_day(text.substr(dots + 2))};
    if (period.first > period.last)
        throw geo::Error(geo::ErrorKind::bad_config, fmt::format("'{}' ends before it begins", text));
    return period;
}

void set_compare(Job& job, Values values) {
    const std::vector<std::string> periods = split_commas(values);
    if (periods.size() != 2) throw geo::Error(geo::ErrorKind::bad_config, "two periods are compared: D1..D2,D3..D4");
    job.compare = {parse_period(periods[0]), parse_period(periods[1])};
}

void set_bands(Job& job, Values values) {
    std::vector<double> bands;
    for (const std::string& piece : split_commas(values)) {
        bands.push_back(parse_number(piece, 0.1, 100));
        if (bands.size() > 1 && bands.back() <= bands[bands.size() - 2])
            throw geo::Error(geo::ErrorKind::bad_config,
                             fmt::format("the bands end at {} km; give distances that rise, such as 2,5,10,25",
                                         fmt::join(split_commas(values), ", ")));
    }
    if (bands.empty())
        throw geo::Error(geo::ErrorKind::bad_config, "give the outer edges of the bands in km, such as 2,5,10,25");
    job.corridor_bands_km = bands;
}

/// A number stays one; a file of the map file lies beside it.
void set_exposure(Job& job, Values values) {
    const std::filesystem::path path = values.front();
    const bool file = path.extension() == ".csv";
    if (!file) parse_number(values.front(), 0, 1e9);
    job.exposure = file && path.is_relative() && !job.folder.empty() ? (job.folder / path).string() : values.front();
}

void set_via(Job& job, Values values) {
    places_of_via(values.front());
    job.via = values.front();
}

void set_scale(Job& job, Values values) { job.scale = parse_integer(values.front(), 1, 2); }

std::vector<Key> make_keys() {
    using enum KeyType;
    return {
        {"map.title", text, "--title", "TEXT", "Title of the map", "\"Attacks, July to October 2025\"",
         into(&Job::title)},
        {"map.description", text, "", "TEXT", "One sentence under the title", "\"\"", into(&Job::description)},
        {"map.credit", list, "--credit", "TEXT", "Credit line for your own boundaries or corridors (may be repeated)",
         "[\"Boundaries: OCHA COD-AB\"]",
         [](Job& job, Values values) { job.credit.insert(job.credit.end(), values.begin(), values.end()); }},
        {"map.lang", text, "--lang", "en|fr", "Language of names, legend and viewer", "\"en\"",
         choice(&Job::language, {"en", "fr"})},

        {"events.file", text, "", "FILE", "The event table: CSV, GeoJSON, GeoPackage, Shapefile, FlatGeobuf, XLSX",
         "\"events.csv\"", into(&Job::events)},
        {"events.schema", text, "--schema", "NAME", "Input schema; else detected from the header", "\"acled\"",
         named(&Job::schema, "the name of the schema")},
        {"events.lon", text, "--lon", "COLUMN", "Column of the longitude", "\"longitude\"",
         named(&Job::lon, "the column of the longitude")},
        {"events.lat", text, "--lat", "COLUMN", "Column of the latitude", "\"latitude\"",
         named(&Job::lat, "the column of the latitude")},
        {"events.date", text, "--date", "COLUMN", "Column of the (start) date", "\"event_date\"",
         named(&Job::date, "the column of the date")},
        {"events.date_order", text, "--date-order", "dmy|mdy",
         "How dates like 05/06/2023 are meant; else as the column proves", "\"dmy\"",
         one_of(&Job::date_order, {"dmy", "mdy"})},
        {"events.weight", text, "--weight", "COLUMN", "Column events are weighted by; else each counts one",
         "\"fatalities\"", named(&Job::weight, "the column of the weight")},
        {"events.from", text, "--from", "DATE", "First day taken, YYYY-MM-DD", "\"2025-07-01\"", into(&Job::from)},
        {"events.to", text, "--to", "DATE", "Last day taken, YYYY-MM-DD", "\"2025-10-31\"", into(&Job::to)},
        {"events.dates", text, "--dates", "start|overlap",
         "Whether an event's first day or its whole span must meet the period", "\"start\"",
         choice(&Job::dates, {"start", "overlap"})},
        {"events.where", list, "--where", "COLUMN=VALUE", "Only rows that fit (may be repeated; or a MapLibre filter)",
         "[\"event_type=Battles\"]",
         [](Job& job, Values values) { job.where.insert(job.where.end(), values.begin(), values.end()); }},
        {"events.within", list, "--within", "W,S,E,N|UNIT", "Only events inside a box or unit: changes the estimate",
         "\"ML\"", [](Job& job, Values values) { job.within = fmt::format("{}", fmt::join(values, ",")); }},
        {"events.precision", text, "--precision", "prior|point|drop",
         "Imprecise events: spread, taken at their point, or left out", "\"prior\"",
         choice(&Job::precision, {"prior", "point", "drop"})},
        {"events.max_reject", text, "--max-reject", "SHARE", "Stop when more rows than this are rejected", "\"1%\"",
         [](Job& job, Values values) { job.max_reject = parse_share(values.front()); }},
        {"events.covers", list, "", "ISO,…", "Countries the source covers; else told from the table",
         "[\"ML\", \"BF\", \"NE\"]", into(&Job::covers)},

        {"frame.bbox", list, "--bbox", "W,S,E,N", "What is drawn, in degrees; never changes the estimate",
         "[-12.3, 9.4, 16.0, 25.0]",
         [](Job& job, Values values) {
             job.bbox = parse_box(values);
             job.region.clear(); // the later of the two counts: a flag over the map file
             if (job.bbox->west > job.bbox->east)
                 throw geo::Error(geo::ErrorKind::bad_config,
                                  "west lies east of east; a frame across the antimeridian is not supported");
         }},
        {"frame.region", list, "--region", "ML[,BF,…]",
         "What is drawn, by countries or units: ISO codes, names, P-codes", "[\"ML\", \"BF\", \"NE\"]",
         [](Job& job, Values values) {
             job.region = split_commas(values);
             if (job.region.empty() && !values.empty())
                 throw geo::Error(geo::ErrorKind::bad_config, "the region is empty; give one, or leave it out");
             job.bbox.reset();
         }},

        {"density.kernel", text, "--kernel", "NAME", "gaussian, quartic or epanechnikov", "\"gaussian\"",
         choice(&Job::kernel, {"gaussian", "quartic", "epanechnikov"})},
        {"density.bandwidth_km", text, "--bandwidth-km", "KM|RULE",
         "Standard deviation in km, or scott; else chosen and printed", "20", set_bandwidth},
        {"density.search_radius_km", number, "--search-radius-km", "KM",
         "The kernel's support in km, instead of a bandwidth", "60",
         [](Job& job, Values values) { job.search_radius_km = parse_number(values.front(), 0.1, 20000); }},
        {"density.domain", list, "--domain", "LO,HI", "Colour range in events per 1,000 km²", "[0.05, 5]",
         [](Job& job, Values values) { job.domain = parse_range(values); }},

        {"layers.boundaries", text, "--boundaries", "FILE",
         "Units to count in and draw, instead of the embedded first level", "\"adm2.geojson\"", into(&Job::boundaries)},
        {"layers.corridors", text, "--corridors", "FILE", "Corridor lines, instead of the embedded schematic ones",
         "\"corridors.geojson\"", into(&Job::corridors)},

        {"corridors.via", text, "--via", "PLACES",
         "The corridor is the shortest way by road through these towns (or longitude,latitude), in place of lines",
         "\"Dakar;Kayes;Bamako\"", set_via},
        {"corridors.roads", text, "--roads", "FILE", "The road network for --via and --network", "\"roads.geojson\"",
         into(&Job::roads)},
        {"corridors.ways", number, "--ways", "N",
         "So many different ways between the two places of --via, to be compared", "3",
         [](Job& job, Values values) { job.ways = parse_integer(values.front(), 1, 10); }},
        {"corridors.bin_km", number, "--bin-km", "KM", "Length of the bins along a corridor", "10",
         [](Job& job, Values values) { job.corridor_bin_km = parse_number(values.front(), 0.1, 1000); }},
        {"corridors.bands", list, "--bands", "KM,…",
         "Outer edges of the bands of distance from a corridor; below 10 km only where its line is a real road",
         "[2, 5, 10, 25]", set_bands},
        {"corridors.section_km", number, "--section-km", "KM", "Length of the sections that are ranked", "50",
         [](Job& job, Values values) { job.corridor_section_km = parse_number(values.front(), 0.1, 20000); }},
        {"corridors.worst", number, "--worst", "N", "How many sections are ranked", "10",
         [](Job& job, Values values) { job.corridor_worst = parse_integer(values.front(), 1, 1000); }},
        {"corridors.smooth_km", number, "--smooth-km", "KM", "Standard deviation of the smoothing along a corridor",
         "10", [](Job& job, Values values) { job.corridor_smooth_km = parse_number(values.front(), 0.1, 20000); }},
        {"corridors.exposure", text, "--exposure", "N|FILE.csv",
         "Convoys a month: a number, or a table with from_km, to_km, convoys (and corridor)", "\"convoys.csv\"",
         set_exposure},
        {"corridors.checkpoints", text, "--checkpoints", "FILE",
         "Points along the corridors that are named beside the towns, by their name", "\"checkpoints.geojson\"",
         into(&Job::checkpoints)},

        {"style.name", text, "--style", "NAME|FILE", "Shipped style (light, dark, print) or a MapLibre style file",
         "\"light\"", into(&Job::style)},

        {"paper.crs", text, "--crs", "CRS",
         "EPSG code or PROJ string; else an equal-area projection fitted to the frame", "\"EPSG:32630\"",
         into(&Job::crs)},
        {"paper.scale_denominator", number, "--scale-denominator", "N",
         "Exact scale 1:N at the map's centre; else the largest round scale that fits", "5000000",
         [](Job& job, Values values) { job.scale_denominator = parse_number(values.front(), 100, 1e9); }},
        {"paper.dpi", number, "--dpi", "N", "Pixels per inch of images (300) and of the heat in vector formats (200)",
         "300", [](Job& job, Values values) { job.dpi = parse_number(values.front(), 24, 1200); }},
        {"paper.as_of", text, "--as-of", "DATE", "Until when the data are known, YYYY-MM-DD; else the newest event",
         "\"2025-10-31\"", into(&Job::as_of)},
        {"paper.created", text, "--created", "DATE",
         "Date of making, printed and in the file; else SOURCE_DATE_EPOCH; else none", "\"2025-11-03\"",
         into(&Job::created)},
        {"paper.accessed", text, "--accessed", "DATE", "When the event table was got from its source", "\"2025-11-02\"",
         into(&Job::accessed)},
        {"paper.corridor", text, "--corridor", "ID|NAME",
         "Corridor by its id or name; a strip without it shows that of the frame with most incidents per km, the "
         "command corridors takes all",
         "\"C01\"", named(&Job::corridor, "the id or name of a corridor")},
        {"paper.url", text, "--url", "URL", "Address of the live map: printed with a QR code",
         "\"https://maps.example.org/sahel\"", into(&Job::url)},

        {"page.paper", text, "--paper", "SIZE", "A5, A4, A3, A2, A1, A0, Letter, Legal, Tabloid or WxH in mm", "\"A4\"",
         set_paper},
        {"page.orientation", text, "--orientation", "auto|portrait|landscape", "auto: whichever shows the frame larger",
         "\"auto\"", one_of(&Job::orientation, {"auto", "portrait", "landscape"})},
        {"page.blocks", list, "--blocks", "NAMES",
         "Further blocks on the page: bars (by month), ranking (of units), strip (along a corridor)",
         "[\"bars\", \"ranking\"]",
         [](Job& job, Values values) {
             job.blocks = split_commas(values);
             static const std::vector<std::string> known{"bars", "ranking", "strip"};
             for (const std::string& block : job.blocks) {
                 parse_choice(block, known);
                 if (std::count(job.blocks.begin(), job.blocks.end(), block) > 1)
                     throw geo::Error(geo::ErrorKind::bad_config, fmt::format("'{}' is named twice", block));
             }
         }},
        {"page.number", text, "--map-number", "TEXT", "Map number, such as MLI012", "\"MLI012\"",
         into(&Job::map_number)},
        {"page.version", text, "--map-version", "TEXT", "Its version, such as v03", "\"v03\"", into(&Job::map_version)},
        {"page.glide", text, "--glide", "TEXT", "GLIDE number of the emergency", "\"CE-2025-000123-MLI\"",
         into(&Job::glide)},
        {"page.organisation", text, "--organisation", "NAME",
         "Whose opinion the map does not express, in the disclaimer", "\"Example Aid\"", into(&Job::organisation)},
        {"page.producer", text, "--producer", "TEXT", "Who made the map", "\"Example Aid, information management\"",
         into(&Job::producer)},
        {"page.contact", text, "--contact", "TEXT", "Where to write to", "\"maps@example.org\"", into(&Job::contact)},
        {"page.feedback", text, "--feedback", "TEXT", "Where corrections are welcome",
         "\"https://example.org/feedback\"", into(&Job::feedback)},
        {"page.access", text, "--access", "TEXT", "Who may see it: Public, Restricted, Internal", "\"Public\"",
         into(&Job::access)},
        {"page.logo", text, "--logo", "FILE", "Picture for the logo slot; empty by default", "\"logo.png\"",
         into(&Job::logo)},
        {"page.notes", list, "--note", "TEXT", "A note of your own beside those the rules add (may be repeated)",
         "[\"Roads closed since 3 July.\"]",
         [](Job& job, Values values) { job.page_notes.insert(job.page_notes.end(), values.begin(), values.end()); }},
        {"page.disclaimers", list, "--disclaimer", "NAMES",
         "Named wordings: un (only if you are entitled to it; it replaces no clearance)", "[\"un\"]",
         [](Job& job, Values values) {
             job.disclaimers = split_commas(values);
             static const std::vector<std::string> known{"un"};
             for (const std::string& name : job.disclaimers) parse_choice(name, known);
         }},

        {"figure.kind", text, "--kind", "KIND",
         "map, multiples (a map a month), compare (two periods), bars (by month), strip (along a corridor), "
         "strip-months",
         "\"map\"", one_of(&Job::figure_kind, {"map", "multiples", "compare", "bars", "strip", "strip-months"})},
        {"figure.width", text, "--width", "MM|PX", "Width, such as 160mm or 1200px (laid out at --dpi, 150 then)",
         "\"160mm\"", set_width},
        {"figure.legend", text, "--legend", "PLACE", "inside, beside, below or none", "\"below\"",
         one_of(&Job::legend_place, {"inside", "beside", "below", "none"})},
        {"figure.columns", number, "--columns", "N", "Maps beside each other", "3",
         [](Job& job, Values values) { job.columns = parse_integer(values.front(), 1, 12); }},
        {"figure.compare", list, "--compare", "D1..D2,D3..D4", "Two periods to compare, with both their ends",
         "[\"2025-05-01..2025-07-31\", \"2025-08-01..2025-10-31\"]", set_compare},
        {"figure.zoom", number, "--zoom", "Z",
         "Draw the exact Web Mercator frame of the tiles at this zoom (with --bbox)", "6",
         [](Job& job, Values values) { job.figure_zoom = parse_integer(values.front(), 0, 16); }},

        {"tiles.zooms", text, "-z,--zooms", "MIN-MAX", "Zooms, such as 3-9 or 8", "\"3-9\"", set_zooms},
        {"tiles.min_zoom", number, "--min-zoom", "Z", "Lowest zoom", "3",
         [](Job& job, Values values) { job.min_zoom = parse_integer(values.front(), 0, 22); }},
        {"tiles.max_zoom", number, "--max-zoom", "Z", "Highest zoom", "9",
         [](Job& job, Values values) { job.max_zoom = parse_integer(values.front(), 0, 22); }},
        {"tiles.format", text, "--format", "png|webp", "Picture format of tiles", "\"png\"",
         one_of(&Job::format, {"png", "webp"})},
        {"tiles.scale", number, "--scale", "1|2", "2: tiles of 512 px for sharp screens", "1", set_scale},
        {"tiles.sets", list, "--sets", "SETS",
         "What -o draws: all in one picture, or any of base,heat,corridors,points,labels, an archive each; a site has "
         "each",
         "[\"all\"]", into(&Job::sets)},
        {"tiles.base_url", text, "--base-url", "URL", "Where a site will be served, for absolute TileJSON addresses",
         "\"https://maps.example.org/sahel\"", into(&Job::base_url)},

        {"run.threads", number, "--threads", "N", "Threads; 0: as many as there are cores. Never changes the output",
         "0", [](Job& job, Values values) { job.threads = parse_integer(values.front(), 0, 1024); }},
        {"run.memory", text, "--memory", "SIZE", "Bound of the density field and of tiles in flight", "\"1G\"",
         [](Job& job, Values values) { job.memory_bytes = parse_size(values.front()); }},
    };
}

} // namespace

const std::vector<Key>& job_keys() {
    static const std::vector<Key> keys = make_keys();
    return keys;
}

const Key* find_key(std::string_view path) {
    for (const Key& key : job_keys())
        if (key.path == path) return &key;
    return nullptr;
}

void set_key(Job& job, std::string_view path, std::span<const std::string> values, const std::string& where) {
    const Key* key = find_key(path);
    if (!key) {
        std::vector<std::string> known;
        for (const Key& k : job_keys()) known.push_back(k.path);
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("there is no key '{}'{}", path, geo::did_you_mean(path, known)))
            .at(where);
    }
    try {
        key->set(job, values);
    } catch (geo::Error& error) {
        error.at(fmt::format("{} ({})", key->path, where));
        throw;
    }
}

} // namespace harmattan::app
