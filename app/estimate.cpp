#include "app/estimate.hpp"

#include "geo/density/bandwidth.hpp"
#include "geo/density/colour_range.hpp"

namespace harmattan::app {

namespace {

geo::Bandwidth bandwidth_of(const Study& study) {
    if (study.job.search_radius_km) return geo::bandwidth_of_radius(study.job.kernel, *study.job.search_radius_km);
    return geo::choose_bandwidth(study.incidents.events, study.job.bandwidth);
}

Method method_of(const Study& study, const geo::Bandwidth& bandwidth) {
    const geo::Events& events = study.incidents.events;
    Method method;
    method.kernel = study.job.kernel;
    method.bandwidth_km = bandwidth.sigma_m / 1000;
    method.bandwidth_rule = bandwidth.rule;
    method.bandwidth_reason = bandwidth.explanation;
    method.events = events.size();
    method.precision = study.job.precision;
    method.dates = study.job.dates;
    method.weighted = !events.weight.empty();
    double squares = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double weight = events.weight_of(i);
        method.weight += weight;
        squares += weight * weight;
    }
    method.effective_events = squares > 0 ? method.weight * method.weight / squares : 0;
    return method;
}

} // namespace

geo::FieldOptions field_options(const Study& study) {
    geo::FieldOptions options;
    options.kernel = study.job.kernel;
    options.bandwidth_m = bandwidth_of(study).sigma_m;
    options.widen_by_precision = study.job.precision == geo::PrecisionUse::prior;
    options.memory_bytes = study.job.memory_bytes;
    options.threads = study.job.threads;
    return options;
}

Density estimate_density(const Study& study) {
    const geo::Field field = geo::build_field(study.incidents.events, field_options(study));
    const geo::ColourRange range = geo::colour_range(field);
    Density density{field, method_of(study, bandwidth_of(study)), range.low, range.high};
    if (study.job.domain) density.low = study.job.domain->first / 1000, density.high = study.job.domain->second / 1000;
    return density;
}

} // namespace harmattan::app
