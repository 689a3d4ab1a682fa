#pragma once
// The Range field of a request against a representation of known size. One range is served; what we do not serve
// (another unit, several ranges, a malformed field) is ignored as RFC 9110 allows, and gets the whole. Source: RFC
// 9110, 14.

#include <cstdint>
#include <string_view>

namespace harmattan::tiles {

enum class RangeKind : std::uint8_t {
    whole,        ///< 200
    part,         ///< 206
    unsatisfiable ///< 416
};

struct ByteRange {
    RangeKind kind = RangeKind::whole;
    std::uint64_t offset = 0, length = 0; ///< bytes to send; within the size, length > 0 for a part; 0 if unsatisfiable
    bool operator==(const ByteRange&) const = default;
};

/// `field`: the value of Range, empty if there is none. Any number of digits is read; positions past 2^64 - 1 count as
/// that.
ByteRange parse_range(std::string_view field, std::uint64_t size);

} // namespace harmattan::tiles
