#include "tiles/sqlite.hpp"

#include "tiles/archive_reader.hpp"
#include "tiles/file.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <sqlite3.h>
#include <utility>
#include <vector>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr int reserved_bytes = 8;
constexpr int steps_per_tick = 500; // few: a step may copy a value of max_tile_bytes
constexpr std::chrono::nanoseconds least_time = std::chrono::milliseconds(500), time_per_byte{20};

// A query of ours reads a tile by its index, or walks a table once: some 25 steps for a row, which has 20 bytes at
// least in table and index. So this is ample for an honest file, and little for one with an endless view.
QueryBudget budget_for(std::uint64_t file_bytes) {
    const auto bytes = static_cast<std::int64_t>(file_bytes);
    return {1'000'000 / steps_per_tick + bytes / (steps_per_tick / 4), least_time + bytes * time_per_byte};
}

// Of the processor: a machine that is busy elsewhere does not make a query fail.
std::chrono::nanoseconds thread_time() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

int permit_reading(void*, int action, const char*, const char*, const char*, const char*) {
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION ? SQLITE_OK : SQLITE_DENY;
}

int count_tick(void* query) {
    auto* left = static_cast<QueryBudget*>(query);
    return --left->ticks < 0 || thread_time() > left->time;
}

void refuse_function(sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_error(context, "this function is not permitted in an archive", -1);
}

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

using Functions = std::vector<std::pair<std::string, int>>; // names and numbers of arguments

// All but those that views of tiles use and whose time is linear. why: views and generated columns may call any, and
// instr, replace or glob of long values take minutes within one step, where no limit reaches. Asked of no file: a
// damaged one would have none.
Functions functions_to_refuse() {
    constexpr std::array<std::string_view, 15> plain{"count",    "min",    "max",    "sum",    "total",
                                                     "coalesce", "ifnull", "iif",    "nullif", "length",
                                                     "abs",      "round",  "typeof", "substr", "lower"};
    int result = SQLITE_OK;
    const auto db = open(":memory:", SQLITE_OPEN_READWRITE, result);
    sqlite3_stmt* list = nullptr;
    sqlite3_prepare_v2(db.get(), "SELECT DISTINCT name, narg FROM pragma_function_list", -1, &list, nullptr);
    const std::unique_ptr<sqlite3_stmt, SqliteFinalize> statement(list);
    Functions refused;
    while (list != nullptr && sqlite3_step(list) == SQLITE_ROW) {
        const std::string name(reinterpret_cast<const char*>(sqlite3_column_text(list, 0)));
        if (std::find(plain.begin(), plain.end(), name) == plain.end())
            refused.emplace_back(name, sqlite3_column_int(list, 1));
    }
    if (refused.empty()) throw Error(ErrorKind::internal, "SQLite does not tell its functions");
    return refused;
}

void refuse_functions(sqlite3* db) {
    static const Functions refused = functions_to_refuse(); // the library's: the same for any connection
    for (const auto& [name, arguments] : refused)
        sqlite3_create_function_v2(db, name.c_str(), arguments, SQLITE_UTF8, nullptr, refuse_function, nullptr, nullptr,
                                   nullptr);
}

} // namespace

void SqliteClose::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
void SqliteFinalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Database::Database(std::unique_ptr<sqlite3, SqliteClose> db, std::filesystem::path path, bool writing)
    : m_db(std::move(db)), m_path(std::move(path)), m_writing(writing), m_left(std::make_unique<QueryBudget>()) {}

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
    db.m_budget = budget_for(File::open_read(path).size());
    sqlite3_progress_handler(handle, steps_per_tick, count_tick, db.m_left.get());
    for (const char* pragma : {"cell_size_check=ON", "mmap_size=0", "query_only=ON"})
        db.execute(fmt::format("PRAGMA {}", pragma));
    refuse_functions(handle);
    sqlite3_set_authorizer(handle, permit_reading, nullptr);
    return db;
}

void Database::start_query() {
    if (!m_writing) *m_left = {m_budget.ticks, thread_time() + m_budget.time};
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
    if (!std::exchange(m_under_way, true)) m_db->start_query();
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

void Statement::reset() {
    sqlite3_reset(m_statement.get());
    m_under_way = false;
}

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
