#include "geo/reading/seen_ids.hpp"

namespace harmattan::geo {

const SeenIds::First* SeenIds::add(std::uint64_t id_hash, First row) {
    if (m_used * 10 >= m_slots.size() * 7) grow();
    const std::uint64_t key = id_hash == 0 ? 1 : id_hash;
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = key & mask;; i = (i + 1) & mask) {
        Slot& slot = m_slots[i];
        if (slot.key == key) return &slot.first;
        if (slot.key != 0) continue;
        slot = {key, row};
        ++m_used;
        return nullptr;
    }
}

void SeenIds::grow() {
    std::vector<Slot> old(m_slots.empty() ? 1024 : 2 * m_slots.size());
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        if (slot.key == 0) continue;
        std::size_t i = slot.key & mask;
        while (m_slots[i].key != 0) i = (i + 1) & mask;
        m_slots[i] = slot;
    }
}

} // namespace harmattan::geo
