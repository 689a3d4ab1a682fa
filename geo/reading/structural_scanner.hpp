#pragma once
// Finds the bytes of delimited text that mean something (delimiter, line end, quote, zero byte), 64 bytes at a step,
// and notes on the way where bytes beyond ASCII are. SSE2, which every x86-64 has.

#include <bit>
#include <cstdint>
#include <emmintrin.h>

namespace harmattan::geo {

/// How a delimited file is written.
struct CsvDialect {
    char delimiter = ',';
    char newline = '\n'; ///< '\r' in files that know no '\n'; a '\r' before '\n' belongs to the line end
};

/// Bytes that must be readable (not meaningful) behind the end of scanned text.
inline constexpr std::size_t scanner_padding = 64;

class StructuralScanner {
public:
    StructuralScanner(const char* begin, const char* end, CsvDialect dialect)
        : m_end(end), m_delimiter(_mm_set1_epi8(dialect.delimiter)), m_newline(_mm_set1_epi8(dialect.newline)) {
        seek(begin);
    }

    /// The next meaningful byte, or the end.
    const char* next() {
        while (m_mask == 0) {
            if (m_end - m_window <= 64) {
                m_window = m_end, m_mask = 0;
                return m_end;
            }
            m_window += 64;
            load();
        }
        const char* const at = m_window + std::countr_zero(m_mask);
        m_mask &= m_mask - 1;
        return at;
    }

    /// Goes on from `at`.
    void seek(const char* at) {
        m_window = at;
        m_mask = 0;
        if (at < m_end) load();
    }

    /// No byte beyond ASCII has been passed at or behind this place (64 bytes coarse).
    const char* ascii_from() const { return m_ascii_from; }

private:
    void load() {
        const __m128i quote = _mm_set1_epi8('"'), zero = _mm_setzero_si128();
        std::uint64_t found = 0, high = 0;
        for (int i = 0; i < 4; ++i) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(m_window + 16 * i));
            const __m128i hits =
                _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, m_delimiter), _mm_cmpeq_epi8(bytes, m_newline)),
                             _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, zero)));
            found |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hits))} << (16 * i);
            high |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(bytes))} << (16 * i);
        }
        if (m_end - m_window < 64) {
            const std::uint64_t valid = (std::uint64_t{1} << (m_end - m_window)) - 1;
            found &= valid, high &= valid;
        }
        m_mask = found;
        if (high) m_ascii_from = m_window + 64;
    }

    const char* m_window = nullptr;
    const char* m_end;
    const char* m_ascii_from = nullptr;
    std::uint64_t m_mask = 0;
    __m128i m_delimiter, m_newline;
};

} // namespace harmattan::geo
