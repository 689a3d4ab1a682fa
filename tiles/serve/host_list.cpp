#include "tiles/serve/host_list.hpp"

#include "geo/error.hpp"
#include "tiles/serve/field_list.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace harmattan::tiles {

namespace {

constexpr std::size_t max_name = 253; // RFC 1035

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_name_char(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= max_name && text[0] != '.' && text[0] != '-' &&
           std::all_of(text.begin(), text.end(), is_name_char);
}

/// As inet_pton has it: dotted decimal with four parts, or IPv6 without zone.
bool is_address(std::string_view text, int family) {
    std::array<char, INET6_ADDRSTRLEN + 1> terminated{};
    std::array<std::uint8_t, 16> address;
    if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return false;
    std::copy(text.begin(), text.end(), terminated.begin());
    return inet_pton(family, terminated.data(), address.data()) == 1;
}

/// ":" and a port number, which may be left out, or nothing.
bool is_port(std::string_view text) {
    if (text.empty()) return true;
    if (text[0] != ':' || text.size() > 6 || !std::all_of(text.begin() + 1, text.end(), is_digit)) return false;
    int port = 0;
    for (const char c : text.substr(1)) port = 10 * port + (c - '0');
    return port <= 65535;
}

} // namespace

HostList::HostList(std::vector<std::string> names) : m_names(std::move(names)) {
    for (const std::string& name : m_names)
        if (!is_name(name))
            throw geo::Error(
                geo::ErrorKind::usage,
                fmt::format("\"{}\" is not a host name; give it like maps.example.org, without scheme, port "
                            "or path",
                            name));
}

bool HostList::allows(std::string_view host) const {
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        return end != std::string_view::npos && is_address(host.substr(1, end - 1), AF_INET6) &&
               is_port(host.substr(end + 1));
    }
    const std::size_t colon = std::min(host.find(':'), host.size());
    const std::string_view name = host.substr(0, colon);
    if (!is_port(host.substr(colon))) return false;
    return equals_ignoring_case(name, "localhost") || is_address(name, AF_INET) ||
           std::any_of(m_names.begin(), m_names.end(),
                       [&](const std::string& ours) { return equals_ignoring_case(name, ours); });
}

} // namespace harmattan::tiles
