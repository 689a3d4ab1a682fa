#include "geo/events.hpp"

namespace harmattan::geo {

std::string_view precision_key(Precision p) {
    switch (p) {
    case Precision::place: return "place";
    case Precision::near: return "near";
    case Precision::district: return "district";
    case Precision::province: return "province";
    case Precision::unclear: return "unclear";
    case Precision::unstated: return "unstated";
    }
    return "unstated";
}

const TextColumn* Events::find_column(std::string_view name) const {
    for (const TextColumn& column : columns)
        if (column.name == name) return &column;
    return nullptr;
}

} // namespace harmattan::geo
