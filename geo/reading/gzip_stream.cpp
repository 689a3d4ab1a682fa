#include "geo/error.hpp"
#include "geo/reading/byte_stream.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>

namespace harmattan::geo {

namespace {

constexpr std::uint64_t harmless_bytes = 64 << 20;
constexpr std::uint64_t largest_ratio = 400;

class GzipStream : public ByteStream {
public:
    explicit GzipStream(ByteStream& packed) : m_packed(packed) {
        if (inflateInit2(&m_state, 16 + MAX_WBITS) != Z_OK) // 16: a gzip header and checksum are demanded
            throw Error(ErrorKind::internal, "zlib does not start");
    }
    ~GzipStream() override { inflateEnd(&m_state); }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

    std::size_t read(char* to, std::size_t size) override {
        std::size_t got = 0;
        while (got < size && !m_done) {
            if (m_state.avail_in == 0) refill();
            if (m_between && m_state.avail_in == 0) {
                m_done = true;
                break;
            }
            got += inflate_into(to + got, size - got);
        }
        return got;
    }

private:
    void refill() {
        const std::size_t n = m_packed.read(m_window.data(), m_window.size());
        m_state.next_in = reinterpret_cast<Bytef*>(m_window.data());
        m_state.avail_in = static_cast<uInt>(n);
        m_in += n;
        if (n == 0 && !m_between)
            throw Error(
                ErrorKind::bad_data,
                fmt::format("the gzip stream is cut off after {} bytes; copy or download the file again", m_in));
    }

    std::size_t inflate_into(char* to, std::size_t size) {
        m_state.next_out = reinterpret_cast<Bytef*>(to);
        m_state.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1 << 30));
        const uInt before = m_state.avail_out;
        const int status = inflate(&m_state, Z_NO_FLUSH);
        const std::size_t got = before - m_state.avail_out;
        m_out += got;
        if (status == Z_STREAM_END) {
            inflateReset(&m_state); // another member may follow
            m_between = true;
        } else if (status == Z_OK || status == Z_BUF_ERROR) {
            m_between = false;
        } else {
            throw Error(ErrorKind::bad_data, fmt::format("the gzip stream is damaged near byte {} ({})",
                                                         m_in - m_state.avail_in, m_state.msg ? m_state.msg : "zlib"));
        }
        if (m_out > harmless_bytes && m_out / largest_ratio > m_in)
            throw Error(
                ErrorKind::bad_data,
                fmt::format("the gzip stream grows to more than {} times its size, as no event table does; unpack "
                            "it yourself if you trust it",
                            largest_ratio));
        return got;
    }

    ByteStream& m_packed;
    z_stream m_state{};
    std::array<char, 1 << 16> m_window{};
    std::uint64_t m_in = 0, m_out = 0;
    bool m_between = false; ///< a member has ended: the file may end here
    bool m_done = false;
};

} // namespace

std::unique_ptr<ByteStream> open_gzip(ByteStream& packed) { return std::make_unique<GzipStream>(packed); }

} // namespace harmattan::geo
