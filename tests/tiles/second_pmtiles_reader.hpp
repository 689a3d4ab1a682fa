#pragma once
// A second reader of PMTiles, written from the specification and sharing nothing with the first: plain recursion, zlib
// instead of libdeflate, the whole file in memory. It is the oracle of the writer; it trusts its input.

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>
#include <zlib.h>

namespace harmattan::test {

class SecondPmtilesReader {
public:
    explicit SecondPmtilesReader(std::string file) : m_file(std::move(file)) {
        if (m_file.size() < 127 || m_file.compare(0, 7, "PMTiles") != 0 || m_file[7] != 3)
            throw std::runtime_error("magic");
    }
    std::uint64_t u64(std::size_t at) const { return number(m_file, at, 8); }
    std::int32_t i32(std::size_t at) const { return static_cast<std::int32_t>(number(m_file, at, 4)); }
    int byte(std::size_t at) const { return static_cast<unsigned char>(m_file.at(at)); }
    std::size_t size() const { return m_file.size(); }

    std::string metadata() const { return inflate(m_file.substr(u64(24), u64(32))); }

    /// Every tile's bytes by number; counts what the header claims.
    std::map<std::uint64_t, std::string> tiles() {
        std::map<std::uint64_t, std::string> all;
        entries = leaves = 0;
        walk(m_file.substr(u64(8), u64(16)), all);
        return all;
    }
    std::uint64_t entries = 0, leaves = 0;

private:
    static std::uint64_t number(const std::string& bytes, std::size_t at, int count) {
        std::uint64_t value = 0;
        for (int i = count - 1; i >= 0; --i)
            value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
        return value;
    }

    static std::string inflate(const std::string& packed) {
        z_stream stream{};
        if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("zlib");
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        stream.avail_in = static_cast<uInt>(packed.size());
        std::string out, block(65536, '\0');
        int result = Z_OK;
        while (result == Z_OK) {
            stream.next_out = reinterpret_cast<Bytef*>(block.data());
            stream.avail_out = static_cast<uInt>(block.size());
            result = ::inflate(&stream, Z_NO_FLUSH);
            out.append(block, 0, block.size() - stream.avail_out);
        }
        inflateEnd(&stream);
        if (result != Z_STREAM_END || stream.avail_in != 0) throw std::runtime_error("gzip");
        return out;
    }

    static std::uint64_t varint(const std::string& bytes, std::size_t& at) {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            const auto b = static_cast<unsigned char>(bytes.at(at++));
            value |= static_cast<std::uint64_t>(b & 127) << shift;
            if (b < 128) return value;
        }
    }

    void walk(const std::string& packed, std::map<std::uint64_t, std::string>& all) {
        const std::string bytes = inflate(packed);
        std::size_t at = 0;
        const std::size_t count = varint(bytes, at);
        std::vector<std::uint64_t> ids(count), runs(count), lengths(count), offsets(count);
        for (std::size_t i = 0; i < count; ++i) ids[i] = varint(bytes, at) + (i > 0 ? ids[i - 1] : 0);
        for (std::uint64_t& run : runs) run = varint(bytes, at);
        for (std::uint64_t& length : lengths) length = varint(bytes, at);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t offset = varint(bytes, at);
            offsets[i] = offset == 0 ? offsets[i - 1] + lengths[i - 1] : offset - 1;
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (runs[i] == 0) {
                ++leaves;
                walk(m_file.substr(u64(40) + offsets[i], lengths[i]), all);
                continue;
            }
            ++entries;
            if (offsets[i] + lengths[i] > u64(64)) throw std::runtime_error("tile outside its section");
            for (std::uint64_t k = 0; k < runs[i]; ++k)
                if (!all.emplace(ids[i] + k, m_file.substr(u64(56) + offsets[i], lengths[i])).second)
                    throw std::runtime_error("twice");
        }
    }

    std::string m_file;
};

} // namespace harmattan::test
