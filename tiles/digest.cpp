#include "tiles/digest.hpp"

#include "tiles/file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fmt/format.h>
#include <glib.h>
#include <vector>
#include <xxhash.h>

namespace harmattan::tiles {

namespace {

Hash128 from_xxh(XXH128_hash_t hash) { return {hash.high64, hash.low64}; }

struct ChecksumDeleter {
    void operator()(GChecksum* checksum) const noexcept { g_checksum_free(checksum); }
};
using Checksum = std::unique_ptr<GChecksum, ChecksumDeleter>;

void update(GChecksum* checksum, std::span<const std::byte> bytes) {
    g_checksum_update(checksum, reinterpret_cast<const guchar*>(bytes.data()), static_cast<gssize>(bytes.size()));
}

} // namespace

Hash128 digest(std::span<const std::byte> bytes) { return from_xxh(XXH3_128bits(bytes.data(), bytes.size())); }

std::string to_hex(const Hash128& hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

std::optional<Hash128> hash_from_hex(std::string_view text) {
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (text.size() != 32 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    Hash128 hash;
    std::from_chars(text.data(), text.data() + 16, hash.high, 16);
    std::from_chars(text.data() + 16, text.data() + 32, hash.low, 16);
    return hash;
}

struct Digester::State {
    XXH3_state_t* xxh = XXH3_createState();
    State() { XXH3_128bits_reset(xxh); }
    ~State() { XXH3_freeState(xxh); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Digester::Digester() : m_state(std::make_unique<State>()) {}
Digester::~Digester() = default;
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;

void Digester::add(std::span<const std::byte> bytes) { XXH3_128bits_update(m_state->xxh, bytes.data(), bytes.size()); }

void Digester::add(std::string_view text) {
    add(std::uint64_t{text.size()});
    add(std::as_bytes(std::span(text)));
}

void Digester::add(std::uint64_t number) {
    std::array<std::byte, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(number >> (8 * i));
    add(std::span<const std::byte>(bytes));
}

void Digester::add(const Hash128& hash) {
    add(hash.high);
    add(hash.low);
}

Hash128 Digester::finish() const { return from_xxh(XXH3_128bits_digest(m_state->xxh)); }

void TilesDigest::add(std::uint64_t number, std::uint64_t length, const Hash128& tile) {
    m_digester.add(number);
    m_digester.add(length);
    m_digester.add(tile);
}

std::string md5_hex(std::span<const std::byte> bytes) {
    const Checksum checksum(g_checksum_new(G_CHECKSUM_MD5));
    update(checksum.get(), bytes);
    std::string text = g_checksum_get_string(checksum.get());
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::string sha256_hex_of_file(const std::filesystem::path& path) {
    const File file = File::open_read(path);
    const Checksum checksum(g_checksum_new(G_CHECKSUM_SHA256));
    std::vector<std::byte> block(1 << 20);
    const std::uint64_t size = file.size();
    for (std::uint64_t at = 0; at < size; at += block.size()) {
        const std::span part(block.data(), static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), size - at)));
        file.read_at(at, part);
        update(checksum.get(), part);
    }
    return g_checksum_get_string(checksum.get());
}

} // namespace harmattan::tiles
