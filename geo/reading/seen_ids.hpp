#pragma once
// The ids of a table, each with the row that had it first: 16 bytes an id in a flat hash table.

#include <cstdint>
#include <vector>

namespace harmattan::geo {

class SeenIds {
public:
    struct First {
        std::uint32_t row_hash;
        std::uint32_t line; ///< 1-based
    };
    /// Remembers the row, or gives the one that had the id before it. Ids are told apart by 64 bits: that two of ten
    /// million differing ids meet has a chance of 3e-6.
    const First* add(std::uint64_t id_hash, First row);

private:
    struct Slot {
        std::uint64_t key = 0; ///< 0: free
        First first{};
    };
    void grow();
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

} // namespace harmattan::geo
