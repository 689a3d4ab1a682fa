#pragma once
// Bytes as text in the standard alphabet, padded (RFC 4648, section 4).

#include <cstddef>
#include <span>
#include <string>

namespace harmattan::render {

void append_base64(std::string& to, std::span<const std::byte> bytes);

} // namespace harmattan::render
