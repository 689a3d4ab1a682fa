#include "render/fingerprint.hpp"

#include <fmt/format.h>
#include <new>
#include <xxhash.h>

namespace harmattan::render {

struct Fingerprint::State {
    XXH3_state_t* of = XXH3_createState();
    State() {
        if (!of) throw std::bad_alloc();
        XXH3_128bits_reset(of);
    }
    ~State() { XXH3_freeState(of); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Fingerprint::Fingerprint() : m_state(std::make_unique<State>()) {}
Fingerprint::~Fingerprint() = default;

void Fingerprint::add_bytes(const void* data, std::size_t size) {
    if (size > 0) XXH3_128bits_update(m_state->of, data, size);
}

void Fingerprint::add(std::string_view text) {
    add(text.size());
    add_bytes(text.data(), text.size());
}

std::string Fingerprint::text() const {
    const XXH128_hash_t digest = XXH3_128bits_digest(m_state->of);
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

} // namespace harmattan::render
