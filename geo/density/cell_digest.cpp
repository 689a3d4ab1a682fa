#include "geo/density/cell_digest.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace harmattan::geo {

struct CellDigest::State {
    XXH3_state_t* xxh = XXH3_createState();
    State() { XXH3_128bits_reset(xxh); }
    ~State() { XXH3_freeState(xxh); }
};

CellDigest::CellDigest() : m_state(std::make_unique<State>()) {}
CellDigest::~CellDigest() = default;

void CellDigest::add(std::span<const float> cells) {
    XXH3_128bits_update(m_state->xxh, cells.data(), cells.size_bytes());
}

std::string CellDigest::hex() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(m_state->xxh);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

} // namespace harmattan::geo
