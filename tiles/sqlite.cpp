#include "tiles/sqlite.hpp"

#include "tiles/archive_reader.hpp"
#include "tiles/file.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <utility>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr int reserved_bytes = 8;
constexpr int steps_per_tick = 100'000;
// A query of ours reads a tile by its index, or walks a table once: some 25 steps for a row, which has 20 bytes at
// least in table and index. So this is ample for an honest file, and little time for one with an endless view.
std::int64_t ticks_for(std::uint64_t file_bytes) {
    return 10 + static_cast<std::int64_t>(file_bytes / (steps_per_tick / 4));
}

int permit_reading(void*, int action, const char*, const char*, const char*, const char*) {
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION ? SQLITE_OK : SQLITE_DENY;
}

int count_tick(void* ticks_left) { return --*static_cast<std::int64_t*>(ticks_left) < 0; }

// "file:" URI with everything escaped that means something in one.
std::string uri_of(const std::filesystem::path& path, std::string_view query) {
    std::string uri = "file:";
    for (const char c : path.string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                           c == '.' || c == '_' || c == '-';
        if (plain) uri += c;
        else uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri.append(query);
}

std::unique_ptr<sqlite3, SqliteClose> open(const std::string& uri, int flags, int& result) {
    sqlite3* db = nullptr;
    result = sqlite3_open_v2(uri.c_str(), &db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             nullptr);
    return std::unique_ptr<sqlite3, SqliteClose>(db);
}

} // namespace

void SqliteClose::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
void SqliteFinalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Database::Database(std::unique_ptr<sqlite3, SqliteClose> db, std::filesystem::path path, bool writing)
    : m_db(std::move(db)), m_path(std::move(path)), m_writing(writing),
      m_ticks_left(std::make_unique<std::int64_t>(0)) {}

Database Database::create(const std::filesystem::path& path) {
    std::error_code code;
    std::filesystem::remove(path, code);
    int result = SQLITE_OK;
    Database db(open(uri_of(path, ""), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, result), path, true);
    if (result != SQLITE_OK)
        throw Error(ErrorKind::cannot_create,
                    fmt::format("cannot create {}: {}", path.string(), sqlite3_errstr(result)));
    int reserved = reserved_bytes;
    sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    for (const char* pragma : {"page_size=4096", "journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE",
                               "temp_store=MEMORY", "mmap_size=0", "encoding='UTF-8'"})
        db.execute(fmt::format("PRAGMA {}", pragma));
    return db;
}

Database Database::open_untrusted(const std::filesystem::path& path) {
    int result = SQLITE_OK;
    Database db(open(uri_of(path, "?mode=ro&immutable=1"), SQLITE_OPEN_READONLY, result), path, false);
    if (result != SQLITE_OK)
        throw Error(result == SQLITE_CANTOPEN ? ErrorKind::no_input : ErrorKind::io,
                    fmt::format("cannot open {}: {}", path.string(), sqlite3_errstr(result)));
    sqlite3* handle = db.handle();
    for (const auto& [setting, value] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                         {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                         {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}})
        sqlite3_db_config(handle, setting, value, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, static_cast<int>(max_tile_bytes));
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    db.m_ticks = ticks_for(File::open_read(path).size());
    sqlite3_progress_handler(handle, steps_per_tick, count_tick, db.m_ticks_left.get());
    for (const char* pragma : {"cell_size_check=ON", "mmap_size=0", "query_only=ON"})
        db.execute(fmt::format("PRAGMA {}", pragma));
    sqlite3_set_authorizer(handle, permit_reading, nullptr);
    return db;
}

void Database::execute(const std::string& sql) {
    start_query();
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw error("run a statement");
}

std::string Database::integrity() {
    sqlite3_set_authorizer(handle(), nullptr, nullptr);
    std::string result;
    {
        Statement statement(*this, "PRAGMA integrity_check(3)");
        while (statement.step()) result.append(result.empty() ? "" : "; ").append(statement.text(0));
    }
    if (!m_writing) sqlite3_set_authorizer(handle(), permit_reading, nullptr);
    return result;
}

std::int64_t Database::pragma(const std::string& name) {
    sqlite3_set_authorizer(handle(), nullptr, nullptr);
    std::int64_t value = 0;
    {
        Statement statement(*this, "PRAGMA " + name);
        if (statement.step()) value = statement.integer(0);
    }
    if (!m_writing) sqlite3_set_authorizer(handle(), permit_reading, nullptr);
    return value;
}

Error Database::error(std::string_view doing) const {
    return Error(m_writing ? ErrorKind::io : ErrorKind::bad_data,
                 fmt::format("{}: SQLite cannot {}: {}", m_path.string(), doing, sqlite3_errmsg(handle())));
}

Statement::Statement(Database& db, std::string_view sql) : m_db(&db) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    m_statement.reset(statement);
    if (result != SQLITE_OK) throw db.error("prepare a statement");
}

Statement& Statement::bind(int index, std::int64_t value) {
    if (sqlite3_bind_int64(m_statement.get(), index, value) != SQLITE_OK) throw m_db->error("bind a number");
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    if (sqlite3_bind_text64(m_statement.get(), index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
        SQLITE_OK)
        throw m_db->error("bind a text");
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::byte> blob) {
    if (sqlite3_bind_blob64(m_statement.get(), index, blob.data(), blob.size(), SQLITE_STATIC) != SQLITE_OK)
        throw m_db->error("bind bytes");
    return *this;
}

bool Statement::step() {
    m_db->start_query();
    const int result = sqlite3_step(m_statement.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        const Error error = m_db->error(m_db->m_writing ? "write" : "read");
        reset(); // why: else it could not be bound again, and one damaged row would be the end of all reading
        throw error;
    }
    return result == SQLITE_ROW;
}

void Statement::run() {
    while (step()) {}
    reset();
}

void Statement::reset() { sqlite3_reset(m_statement.get()); }

bool Statement::is_integer(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_INTEGER;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
                : "";
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    return {bytes, bytes ? static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)) : 0};
}

} // namespace harmattan::tiles
