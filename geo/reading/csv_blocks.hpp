#pragma once
// Reads the rows of delimited text block by block, in one thread or several. Blocks without quotes are cut at their
// last line end and read side by side; from the first quote on, where a record ends is known only by reading it, and
// blocks are read one after the other. What is merged, and in which order, is the same for any number of threads.

#include "geo/reading/byte_stream.hpp"
#include "geo/reading/csv_layout.hpp"
#include "geo/reading/row_batch.hpp"

#include <functional>
#include <string_view>

namespace harmattan::geo {

/// A record larger than this is rejected: as a line that is too long, or as a quote that nothing closes.
inline constexpr std::size_t largest_record = 16 << 20;

/// Takes the batches in the order of the file, one at a time; false stops the reading.
using BatchSink = std::function<bool(RowBatch& batch)>;

/// `begun`: text already read from `stream`, from the first data row on.
void read_csv_blocks(ByteStream& stream, std::string_view begun, const CsvLayout& layout, const RowPlan& plan,
                     int threads, const BatchSink& sink);

} // namespace harmattan::geo
