#pragma once
// The digest of a density raster's cells, kept in the raster's own metadata so that a lone file can be checked.

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace harmattan::geo {

inline constexpr const char* cell_digest_key = "CELLS_XXH3_128";

/// XXH3-128 over the float32 cells as they stand in memory, row after row from the north.
class CellDigest {
public:
    CellDigest();
    ~CellDigest();
    void add(std::span<const float> cells);
    std::string hex() const; ///< 32 digits

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace harmattan::geo
