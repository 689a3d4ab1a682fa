#pragma once
// SQLite's handles as objects, its errors as geo::Error, and the two ways we open a database: to make one quickly in a
// hidden file, and to read one that may be anybody's. Also the checksum at the end of each page.

#include "geo/error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace harmattan::tiles {

struct SqliteClose {
    void operator()(sqlite3* db) const noexcept;
};
struct SqliteFinalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
};

class Database;

/// A prepared statement. Bound bytes and text must live until `step` or `run` returns. Not thread-safe.
class Statement {
public:
    Statement(Database& db, std::string_view sql);

    Statement& bind(int index, std::int64_t value); ///< indexes from 1
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, std::span<const std::byte> blob);
    bool step(); ///< whether there is a row; where it throws, the statement is reset
    void run();  ///< to its end, then ready to be bound again
    void reset();

    // Columns from 0; views are valid until the next call.
    bool is_integer(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    std::span<const std::byte> blob(int column) const;

private:
    Database* m_db;
    std::unique_ptr<sqlite3_stmt, SqliteFinalize> m_statement;
    bool m_under_way = false; ///< stepped since the last reset
};

/// What a query may take, or has left.
struct QueryBudget {
    std::int64_t ticks = 0; ///< of some hundred steps of SQLite's machine
    std::chrono::nanoseconds time{};
};

class Database {
public:
    /// New, at `path`, without journal or syncs: a crash loses it, so it must be a hidden file. Pages keep 8 bytes free
    /// for write_page_checksums.
    static Database create(const std::filesystem::path& path);
    /// Read only, trusting nothing: no triggers, a few plain functions alone, no memory map, SELECT alone permitted and
    /// no recursion, values of at most max_tile_bytes, and a limit on the steps and the time of each query.
    static Database open_untrusted(const std::filesystem::path& path);

    void execute(const std::string& sql);
    /// "ok", or the first lines of what PRAGMA integrity_check says. Throws bad_data if it cannot even be asked.
    std::string integrity();
    /// An integer pragma's value ("application_id").
    std::int64_t pragma(const std::string& name);

    geo::Error error(std::string_view doing) const;
    sqlite3* handle() const { return m_db.get(); }

private:
    Database(std::unique_ptr<sqlite3, SqliteClose> db, std::filesystem::path path, bool writing);

    std::unique_ptr<sqlite3, SqliteClose> m_db;
    std::filesystem::path m_path;
    bool m_writing;
    friend class Statement;
    QueryBudget m_budget;                ///< of each query
    std::unique_ptr<QueryBudget> m_left; ///< of the one under way; on the heap because SQLite keeps its address
    void start_query();
};

/// Fills the 8 bytes at each page's end with the checksum of the rest, as SQLite's "checksum VFS" has it
/// (sqlite.org/cksumvfs.html), so that the extension of that name and `verify` find any changed byte.
class File;
void write_page_checksums(File& file);
/// The first page (from 1) whose checksum is wrong, or 0. Throws bad_data if the file does not keep room for them or
/// its size is not that of its pages.
std::uint64_t find_bad_page(const File& file);

} // namespace harmattan::tiles
