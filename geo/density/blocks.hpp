#pragma once
// Sparse rasters: square blocks of values that exist only where somebody asked for them. Two table look-ups a block.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace harmattan::geo {

/// Nodes a block is wide and high.
inline constexpr int block_side = 32;

/// Blocks of `Size` values of T, zero at birth, addressed by block column and row.
template <class T, std::size_t Size>
class SparseBlocks {
public:
    SparseBlocks() = default;
    SparseBlocks(std::size_t columns, std::size_t rows)
        : m_columns(columns), m_rows(rows), m_pages_across((columns + page - 1) / page),
          m_pages(m_pages_across * ((rows + page - 1) / page)) {}

    std::size_t columns() const { return m_columns; } ///< in blocks
    std::size_t rows() const { return m_rows; }
    std::size_t count() const { return m_count; }

    /// Null where there is no such block.
    T* find(std::size_t bx, std::size_t by) const {
        const auto& p = m_pages[by / page * m_pages_across + bx / page];
        return p ? (*p)[by % page * page + bx % page].get() : nullptr;
    }
    /// Not for two threads at once.
    T* make(std::size_t bx, std::size_t by) {
        auto& p = m_pages[by / page * m_pages_across + bx / page];
        if (!p) p = std::make_unique<Page>(page * page);
        auto& block = (*p)[by % page * page + bx % page];
        if (!block) block = std::make_unique<T[]>(Size), ++m_count;
        return block.get();
    }
    void drop(std::size_t bx, std::size_t by) {
        if (auto& p = m_pages[by / page * m_pages_across + bx / page]; p) {
            auto& block = (*p)[by % page * page + bx % page];
            m_count -= block ? 1 : 0;
            block.reset();
        }
    }

private:
    static constexpr std::size_t page = 32;
    using Page = std::vector<std::unique_ptr<T[]>>;

    std::size_t m_columns = 0, m_rows = 0, m_pages_across = 0, m_count = 0;
    std::vector<std::unique_ptr<Page>> m_pages;
};

} // namespace harmattan::geo
