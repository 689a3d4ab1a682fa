#include "geo/reading/csv_blocks.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace harmattan::geo {

namespace {

// Half of a core's second-level cache, so that a block is still there when its rows are read.
constexpr std::size_t block_bytes = 512 << 10;

class Blocks {
public:
    Blocks(ByteStream& stream, std::string_view begun, const CsvLayout& layout, const RowPlan& plan,
           const BatchSink& sink)
        : m_stream(stream), m_layout(layout), m_plan(plan), m_sink(sink), m_carry(begun) {}

    /// The work of one thread: block after block until none is left.
    void work() try {
        Block block;
        RowReader reader(m_plan);
        while (take(block, reader)) {
            if (!block.read) read_rows(block, reader, true);
            merge(block);
        }
    } catch (...) {
        const std::scoped_lock lock(m_merge_mutex);
        if (!m_failure) m_failure = std::current_exception();
        m_stopped = true;
        m_merged.notify_all();
    }

    void rethrow() const {
        if (m_failure) std::rethrow_exception(m_failure);
    }

private:
    struct Block {
        std::uint64_t number = 0;
        std::vector<char> text; ///< `size` bytes and the scanner's padding
        std::size_t size = 0;
        bool last = false, read = false;
        RowBatch batch;
        CsvRecord record;
    };

    /// Cuts the next block off the text; reads it too where its end cannot be known otherwise.
    bool take(Block& block, RowReader& reader) {
        const std::scoped_lock lock(m_take_mutex);
        if (m_stopped || (m_ended && m_carry.empty())) return false;
        block.number = m_taken++;
        block.batch.clear();
        block.batch.columns.resize(m_plan.kept_columns.size());
        block.read = false;
        if (m_skipping) skip_line(block);
        block.size = 0;
        append(block, m_carry);
        m_carry.clear();
        for (std::size_t wanted = std::max(block_bytes, block.size + block_bytes / 2);; wanted = 2 * block.size) {
            fill(block, std::min(wanted, largest_record));
            block.last = m_ended;
            const char* const begin = block.text.data();
            m_quotes = m_quotes || std::memchr(begin, '"', block.size);
            if (m_quotes) {
                const std::size_t used = read_rows(block, reader, false);
                if (used > 0 || block.last) return keep_rest(block, used);
            } else {
                if (block.last) return true;
                const void* const line_end = ::memrchr(begin, m_layout.dialect.newline, block.size);
                if (line_end)
                    return keep_rest(block, static_cast<std::size_t>(static_cast<const char*>(line_end) - begin) + 1);
            }
            if (block.size >= largest_record) return keep_rest(block, give_up(block, reader));
        }
    }

    void append(Block& block, std::string_view text) {
        if (block.text.size() < block.size + text.size() + scanner_padding)
            block.text.resize(block.size + text.size() + scanner_padding);
        std::memcpy(block.text.data() + block.size, text.data(), text.size());
        block.size += text.size();
    }

    void fill(Block& block, std::size_t size) {
        if (block.text.size() < size + scanner_padding) block.text.resize(size + scanner_padding);
        if (m_ended || block.size >= size) return;
        const std::size_t wanted = size - block.size;
        const std::size_t got = m_stream.read(block.text.data() + block.size, wanted);
        block.size += got;
        m_ended = got < wanted;
    }

    bool keep_rest(Block& block, std::size_t used) {
        m_carry.assign(block.text.data() + used, block.size - used);
        block.size = used;
        return true;
    }

    /// Returns the bytes that were consumed. Without `whole` the block may end inside a record.
    std::size_t read_rows(Block& block, RowReader& reader, bool whole) const {
        const char* const begin = block.text.data();
        CsvRecords records(begin, begin + block.size, m_layout.dialect, m_plan.columns.size(), m_layout.surplus_empty,
                           whole || block.last);
        const std::uint64_t lines_before = block.batch.lines;
        while (records.next(block.record)) {
            block.record.line += lines_before;
            reader.add(block.record, block.batch);
        }
        const auto used = static_cast<std::size_t>(records.at() - begin);
        if (used > 0) block.read = true;
        block.batch.lines += records.lines();
        block.batch.blank_lines += records.blank_lines();
        return used;
    }

    /// Rejects the record that fills the whole block.
    std::size_t give_up(Block& block, RowReader& reader) {
        const char* const begin = block.text.data();
        CsvRecords records(begin, begin + block.size, m_layout.dialect, m_plan.columns.size(), m_layout.surplus_empty,
                           false);
        records.next(block.record); // comes to the same end, and knows then which quote is open
        m_skipping = !records.give_up(block.record);
        block.record.line += block.batch.lines;
        reader.add(block.record, block.batch);
        block.read = true;
        block.batch.lines += records.lines();
        return static_cast<std::size_t>(records.at() - begin);
    }

    /// Passes over the rest of a line that was rejected as too long.
    void skip_line(Block& block) {
        while (m_carry.empty() && !m_ended) {
            m_carry.resize(block_bytes);
            const std::size_t got = m_stream.read(m_carry.data(), block_bytes);
            m_ended = got < block_bytes;
            m_carry.resize(got);
            const std::size_t line_end = m_carry.find(m_layout.dialect.newline);
            m_carry.erase(0, line_end == m_carry.npos ? m_carry.size() : line_end + 1);
            if (line_end != m_carry.npos) break;
        }
        block.batch.lines += 1;
        m_skipping = false;
    }

    void merge(Block& block) {
        std::unique_lock lock(m_merge_mutex);
        m_merged.wait(lock, [&] { return m_next_merge == block.number || m_stopped; });
        if (m_stopped) return;
        if (!m_sink(block.batch)) m_stopped = true;
        ++m_next_merge;
        m_merged.notify_all();
    }

    ByteStream& m_stream;
    const CsvLayout& m_layout;
    const RowPlan& m_plan;
    const BatchSink& m_sink;

    std::mutex m_take_mutex; // guards the next five
    std::string m_carry;
    std::uint64_t m_taken = 0;
    bool m_ended = false, m_quotes = false, m_skipping = false;

    std::mutex m_merge_mutex; // guards the next two
    std::uint64_t m_next_merge = 0;
    std::exception_ptr m_failure;
    std::condition_variable m_merged;
    std::atomic<bool> m_stopped = false;
};

} // namespace

void read_csv_blocks(ByteStream& stream, std::string_view begun, const CsvLayout& layout, const RowPlan& plan,
                     int threads, const BatchSink& sink) {
    Blocks blocks(stream, begun, layout, plan, sink);
    {
        std::vector<std::jthread> helpers;
        for (int i = 1; i < threads; ++i) helpers.emplace_back([&blocks] { blocks.work(); });
        blocks.work();
    }
    blocks.rethrow();
}

} // namespace harmattan::geo
