#include "geo/ogr/field_value.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogr_feature.h>

#include <charconv>
#include <cmath>
#include <iterator>

namespace harmattan::geo {

namespace {

std::string date_text(const OGRField& f, FieldKind kind) {
    std::string out;
    if (kind != FieldKind::time)
        fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", f.Date.Year, f.Date.Month, f.Date.Day);
    if (kind == FieldKind::date) return out;
    if (kind == FieldKind::date_time) out += 'T';
    const double seconds = static_cast<double>(f.Date.Second);
    fmt::format_to(std::back_inserter(out), "{:02}:{:02}:", f.Date.Hour, f.Date.Minute);
    if (seconds == std::floor(seconds)) fmt::format_to(std::back_inserter(out), "{:02}", static_cast<int>(seconds));
    else fmt::format_to(std::back_inserter(out), "{:06.3f}", seconds);
    // OGR: 0 unknown, 1 local time, 100 UTC, else quarters of an hour from UTC
    if (f.Date.TZFlag == 100) {
        out += 'Z';
    } else if (f.Date.TZFlag > 1) {
        const int minutes = (f.Date.TZFlag - 100) * 15;
        fmt::format_to(std::back_inserter(out), "{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                       std::abs(minutes) % 60);
    }
    return out;
}

double shortest_as_double(float value) {
    char digits[32];
    const char* end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    double out = static_cast<double>(value);
    std::from_chars(digits, end, out);
    return out;
}

} // namespace

FieldKind field_kind(OGRFieldDefn& definition) {
    switch (definition.GetType()) {
    case OFTInteger: return definition.GetSubType() == OFSTBoolean ? FieldKind::boolean : FieldKind::integer;
    case OFTInteger64: return FieldKind::integer;
    case OFTReal: return definition.GetSubType() == OFSTFloat32 ? FieldKind::real32 : FieldKind::real;
    case OFTDate: return FieldKind::date;
    case OFTTime: return FieldKind::time;
    case OFTDateTime: return FieldKind::date_time;
    case OFTString:
    case OFTWideString: return FieldKind::text;
    case OFTIntegerList:
    case OFTInteger64List:
    case OFTRealList:
    case OFTStringList:
    case OFTWideStringList: return FieldKind::list;
    case OFTBinary: return FieldKind::none;
    }
    return FieldKind::none;
}

PropertyValue field_value(OGRFeature& feature, int field, FieldKind kind) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (kind == FieldKind::none || !feature.IsFieldSetAndNotNull(field)) return {};
    switch (kind) {
    case FieldKind::boolean: return feature.GetFieldAsInteger(field) != 0;
    case FieldKind::integer: {
        const std::int64_t value = feature.GetFieldAsInteger64(field);
        if (value > exact || value < -exact) return fmt::format("{}", value);
        return static_cast<double>(value);
    }
    case FieldKind::real: return feature.GetFieldAsDouble(field);
    case FieldKind::real32: return shortest_as_double(static_cast<float>(feature.GetFieldAsDouble(field)));
    case FieldKind::date:
    case FieldKind::time:
    case FieldKind::date_time: return date_text(*feature.GetRawFieldRef(field), kind);
    case FieldKind::list: {
        char* json = feature.GetFieldAsSerializedJSon(field);
        std::string out = json ? json : "";
        CPLFree(json);
        return out;
    }
    default: return std::string(feature.GetFieldAsString(field));
    }
}

void field_text(OGRFeature& feature, int field, FieldKind kind, std::string& out) {
    out.clear();
    if (kind == FieldKind::text) {
        if (feature.IsFieldSetAndNotNull(field)) out = feature.GetFieldAsString(field);
        return;
    }
    const PropertyValue value = field_value(feature, field, kind);
    if (const auto* text = std::get_if<std::string>(&value)) out = *text;
    else if (const auto* number = std::get_if<double>(&value)) fmt::format_to(std::back_inserter(out), "{}", *number);
    else if (const auto* flag = std::get_if<bool>(&value)) out = *flag ? "true" : "false";
}

} // namespace harmattan::geo
