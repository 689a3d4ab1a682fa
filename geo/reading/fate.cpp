#include "geo/reading/fate.hpp"

namespace harmattan::geo {

std::string_view fate_key(Fate fate) {
    switch (fate) {
    case Fate::no_coordinates: return "no_coordinates";
    case Fate::outside_mercator: return "outside_mercator";
    case Fate::date: return "date";
    case Fate::no_date: return "no_date";
    case Fate::where: return "where";
    case Fate::within: return "within";
    case Fate::precision: return "precision";
    case Fate::same_event: return "same_event";
    case Fate::nul_byte: return "nul_byte";
    case Fate::invalid_utf8: return "invalid_utf8";
    case Fate::unclosed_quote: return "unclosed_quote";
    case Fate::stray_quote: return "stray_quote";
    case Fate::long_line: return "long_line";
    case Fate::short_row: return "short_row";
    case Fate::long_row: return "long_row";
    case Fate::bad_longitude: return "bad_longitude";
    case Fate::bad_latitude: return "bad_latitude";
    case Fate::longitude_out_of_range: return "longitude_out_of_range";
    case Fate::latitude_out_of_range: return "latitude_out_of_range";
    case Fate::null_island: return "null_island";
    case Fate::not_a_point: return "not_a_point";
    case Fate::bad_geometry: return "bad_geometry";
    case Fate::bad_date: return "bad_date";
    case Fate::end_before_start: return "end_before_start";
    case Fate::bad_weight: return "bad_weight";
    case Fate::weight_out_of_range: return "weight_out_of_range";
    case Fate::duplicate_id: return "duplicate_id";
    case Fate::conflicting_id: return "conflicting_id";
    default: return {};
    }
}

} // namespace harmattan::geo
