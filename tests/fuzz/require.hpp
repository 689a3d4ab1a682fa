#pragma once
// What must hold whatever the input: else the target aborts, which is how libFuzzer is told.

#include "geo/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace harmattan::fuzz {

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "must hold: %s\n", what);
    std::abort();
}

/// Runs `read`; an input that is refused is refused as data that is bad, and not otherwise.
template <class Read>
void read_or_refuse(const Read& read) {
    try {
        read();
    } catch (const geo::Error& error) { require(error.kind() == geo::ErrorKind::bad_data, error.what()); }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline std::span<const std::byte> bytes_of(const std::uint8_t* data, std::size_t size) {
    return std::as_bytes(std::span(data, size));
}

} // namespace harmattan::fuzz
