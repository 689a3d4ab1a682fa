#pragma once
// Digests of bytes: XXH3-128 for everything we compare ourselves (tiles, records, archives), MD5 and SHA-256 where a
// format or another program's tools expect them. None of them is a signature.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace harmattan::tiles {

/// XXH3-128.
struct Hash128 {
    std::uint64_t high = 0, low = 0;
    auto operator<=>(const Hash128&) const = default;
};

/// For unordered containers: the low half is uniform already.
struct Hash128Hasher {
    std::size_t operator()(const Hash128& hash) const noexcept { return static_cast<std::size_t>(hash.low); }
};

Hash128 digest(std::span<const std::byte> bytes);
std::string to_hex(const Hash128& hash);                     ///< 32 lower-case digits, as xxh128sum prints
std::optional<Hash128> hash_from_hex(std::string_view text); ///< nothing unless 32 lower-case digits

/// XXH3-128 of what is added, in order.
class Digester {
public:
    Digester();
    ~Digester();
    Digester(Digester&&) noexcept;
    Digester& operator=(Digester&&) noexcept;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text); ///< its length first, so that "ab"+"c" is not "a"+"bc"
    void add(std::uint64_t number);  ///< eight bytes, little-endian
    void add(const Hash128& hash);
    Hash128 finish() const; ///< of all so far; adding may go on

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What `harmattan.archive.digest` in an archive's metadata holds: XXH3-128 over (number, length, digest) of every tile
/// in ascending order, so it is the same in every container.
class TilesDigest {
public:
    void add(std::uint64_t number, std::uint64_t length, const Hash128& tile);
    Hash128 finish() const { return m_digester.finish(); }

private:
    Digester m_digester;
};

std::string md5_hex(std::span<const std::byte> bytes);             ///< 32 upper-case digits, as MBTiles tools have it
std::string sha256_hex_of_file(const std::filesystem::path& path); ///< 64 lower-case digits, as sha256sum prints

} // namespace harmattan::tiles
