#pragma once
// An OGR field as one of our values. Numbers keep every digit they have, dates become ISO text.

#include "geo/features.hpp"

#include <string>

class OGRFeature;
class OGRFieldDefn;

namespace harmattan::geo {

enum class FieldKind { boolean, integer, real, real32, date, time, date_time, text, list, none };

FieldKind field_kind(OGRFieldDefn& definition);

/// Null for unset and null fields and for binary ones. Integers beyond ±2^53 become text, so that no digit is lost;
/// dates "2025-09-14", times "08:30:00", both joined by T with the offset where one is given; lists JSON.
/// Text is returned as it is, valid UTF-8 or not.
PropertyValue field_value(OGRFeature& feature, int field, FieldKind kind);

/// The same as a table's cell, written into `out`: shortest decimal form, "true", "false", empty for null.
void field_text(OGRFeature& feature, int field, FieldKind kind, std::string& out);

} // namespace harmattan::geo
