#include "app/provenance.hpp"

#include "app/look.hpp"
#include "app/version.hpp"
#include "geo/day.hpp"
#include "styles/json.hpp"

#include <fmt/format.h>

namespace harmattan::app {

namespace {

using styles::Array;
using styles::Object;
using styles::Value;

Value counts(const std::map<std::string, std::uint64_t>& reasons) {
    Object object;
    for (const auto& [reason, count] : reasons) object[reason] = static_cast<double>(count);
    return Value(std::move(object));
}

Object ledger_object(const geo::Ledger& ledger, bool with_examples) {
    Object object;
    object["rows"] = static_cast<double>(ledger.rows);
    object["drawn"] = static_cast<double>(ledger.drawn);
    object["counted"] = counts(ledger.counted);
    object["filtered"] = counts(ledger.filtered);
    object["rejected"] = counts(ledger.rejected);
    if (!with_examples) return object; // examples show values of the table: they stay with who has the table
    Array examples;
    for (const geo::LedgerExample& example : ledger.examples)
        examples.push_back(Value(Object{{"reason", example.reason},
                                        {"file", example.file},
                                        {"line", static_cast<double>(example.line)},
                                        {"column", example.column},
                                        {"value", example.value}}));
    object["examples"] = Value(std::move(examples));
    return object;
}

Object source_object(const geo::EventSource& source) {
    Object object{{"file", source.file},       {"digest_xxh3_128", source.digest},   {"format", source.format},
                  {"schema", source.schema},   {"title", source.schema_title},       {"citation", source.citation},
                  {"licence", source.licence}, {"illustrative", source.illustrative}};
    if (source.first_day) object["first_day"] = geo::to_iso(*source.first_day);
    if (source.last_day) object["last_day"] = geo::to_iso(*source.last_day);
    Object mix;
    for (std::size_t i = 0; i < source.precision_mix.size(); ++i)
        mix[std::string(geo::precision_key(static_cast<geo::Precision>(i)))] =
            static_cast<double>(source.precision_mix[i]);
    object["precision"] = Value(std::move(mix));
    return object;
}

Object method_object(const Density& density) {
    const Method& method = density.method;
    return {{"kernel", std::string(geo::kernel_name(method.kernel))},
            {"bandwidth_km", method.bandwidth_km},
            {"bandwidth_reason", method.bandwidth_reason},
            {"events", static_cast<double>(method.events)},
            {"weight", method.weight},
            {"effective_events", method.effective_events},
            {"unit", "events per km²"},
            {"grid", "cylindrical equal-area"},
            {"grid_step_m", density.field.step_m()},
            {"low", density.low},
            {"high", density.high},
            {"peak", density.field.peak()}};
}

Value filters(const Job& job) {
    Object object;
    if (job.from) object["from"] = geo::to_iso(*job.from);
    if (job.to) object["to"] = geo::to_iso(*job.to);
    object["dates"] = job.dates == geo::DateMatch::start ? "start" : "overlap";
    object["precision"] = job.precision == geo::PrecisionUse::prior   ? "prior"
                          : job.precision == geo::PrecisionUse::point ? "point"
                                                                      : "drop";
    Array where;
    for (const std::string& condition : job.where) where.push_back(Value(condition));
    if (!where.empty()) object["where"] = Value(std::move(where));
    if (job.within) object["within"] = *job.within;
    return Value(std::move(object));
}

Object provenance_object(const Study& study, const std::optional<Density>& density, const render::Legend* legend) {
    const Language language = study.job.language;
    Object root;
    root["program"] = fmt::format("harmattan {}", program_version);
    root["title"] = study.title;
    root["source"] = Value(source_object(study.incidents.source));
    root["ledger"] = Value(ledger_object(study.incidents.ledger, false));
    root["filters"] = filters(study.job);
    if (density) {
        Object method = method_object(*density);
        method["text"] = describe_method(density->method, language);
        root["method"] = Value(std::move(method));
    }
    Array credits, covered;
    for (const Credit& credit : study.credits)
        credits.push_back(Value(Object{{"what", credit.what}, {"text", credit.text}, {"licence", credit.licence}}));
    for (const std::string& country : study.covered) covered.push_back(Value(country));
    root["credits"] = Value(std::move(credits));
    root["covers"] = Value(std::move(covered));
    if (study.incidents.source.illustrative) root["illustrative"] = made_up_note(language);
    if (legend) root["legend"] = styles::parse_json(render::to_json(*legend), "legend");
    return root;
}

} // namespace

std::string provenance_json(const Study& study, const std::optional<Density>& density, const render::Legend* legend) {
    return styles::to_json(Value(provenance_object(study, density, legend)));
}

std::string provenance_json(const Study& study, const SceneParts& parts) {
    Object root = provenance_object(study, parts.density, &parts.legend);
    const Look look = look_of(parts.style, study.job.min_zoom);
    root["look"] = Value(Object{{"background", look.background}, {"theme", look.theme}});
    return styles::to_json(Value(std::move(root)));
}

std::string ledger_file_json(const geo::EventImport& incidents) {
    return styles::to_json(Value(Object{{"ledger", Value(ledger_object(incidents.ledger, true))},
                                        {"source", Value(source_object(incidents.source))}})) +
           "\n";
}

} // namespace harmattan::app
