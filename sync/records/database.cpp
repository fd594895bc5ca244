#include "sync/records/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <cerrno>
#include <sqlite3.h>
#include <system_error>
#include <unordered_map>

namespace foyer {

namespace {

namespace fs = std::filesystem;

/// Out of room by errno: SQLite itself knows only ENOSPC.
bool out_of_room(int system_error) {
    return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

Error::Code code_of(int sqlite_code, int system_error) {
    switch (sqlite_code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Error::Code::busy;
        case SQLITE_FULL:
            return Error::Code::disk_full;
        case SQLITE_IOERR:
            return out_of_room(system_error) ? Error::Code::disk_full
                                             : Error::Code::corrupt;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return out_of_room(system_error) ? Error::Code::disk_full
                                             : Error::Code::read_only;
        default:
            return Error::Code::corrupt;
    }
}

/// errno is SQLite's own only if it was 0 before; sqlite3_system_errno() does not know
/// of failed writes.
tl::unexpected<Error> refusal(const SQLite::Exception& fault) {
    return fail(code_of(fault.getErrorCode(), errno),
                std::string("records: ") + fault.what());
}

// A device can lose power at any moment, and its file could have been touched by
// anybody. The cache (8 MB; SQLite's default is 2) holds what one batch of an import
// touches.
constexpr const char* settings = R"sql(
    pragma foreign_keys = on;
    pragma trusted_schema = off;
    pragma cell_size_check = on;
    pragma temp_store = memory;
    pragma mmap_size = 0;
    pragma cache_size = -8000;
)sql";
constexpr const char* writer_settings = R"sql(
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma secure_delete = on;
)sql";

/// SQLite would make it 0644. A file that is there is not touched: closing a descriptor
/// of it would drop every lock this process holds on it (POSIX), and the next process
/// to close the records would take their WAL away while we write to it.
void make_private_file(const fs::path& file) {
    const int descriptor =
        ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

struct Database::Inside {
    SQLite::Database connection;
    std::unordered_map<const char*, SQLite::Statement> prepared = {};
    std::function<void()> committed = {};

    SQLite::Statement& statement(const char* sql) {
        const auto found = prepared.find(sql);
        if (found != prepared.end()) return found->second;
        return prepared.emplace(sql, SQLite::Statement(connection, sql)).first->second;
    }
};

Argument::Argument(Date day)
    : value_(std::int64_t(std::chrono::sys_days(day).time_since_epoch().count())) {}

bool Row::null(int column) const {
    return statement_.isColumnNull(column);
}
std::int64_t Row::integer(int column) const {
    return statement_.getColumn(column).getInt64();
}
std::string Row::text(int column) const {
    return statement_.getColumn(column).getString();
}
std::span<const std::uint8_t> Row::blob(int column) const {
    const auto value = statement_.getColumn(column);
    const auto* bytes = static_cast<const std::uint8_t*>(value.getBlob());
    return {bytes, bytes ? std::size_t(value.getBytes()) : 0};
}
Alias Row::alias(int column) const {
    Alias alias;
    const auto bytes = blob(column);
    std::copy_n(bytes.begin(), std::min(bytes.size(), alias.bytes.size()),
                alias.bytes.begin());
    return alias;
}
Instant Row::instant(int column) const {
    return Instant(std::chrono::milliseconds(integer(column)));
}

Result<Database> Database::open(const fs::path& file, Access access,
                                std::chrono::milliseconds busy_timeout) {
    const bool writes = access == Access::read_write;
    if (writes) make_private_file(file);
    const int flags =
        SQLite::OPEN_NOMUTEX |
        (writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY);
    std::unique_ptr<Inside> inside;  // closed after errno is read
    errno = 0;
    try {
        inside = std::make_unique<Inside>(
            Inside{SQLite::Database(file.string(), flags, int(busy_timeout.count()))});
        // SQLite opens a file it may not write for reading, without a word.
        if (writes && sqlite3_db_readonly(inside->connection.getHandle(), "main") == 1)
            return fail(Error::Code::read_only,
                        "records: " + file.string() + " cannot be written");
        inside->connection.exec(settings);
        if (writes) inside->connection.exec(writer_settings);
        return Database(std::move(inside));
    } catch (const SQLite::Exception& fault) {
        return refusal(fault);
    }
}

Database::Database(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<std::int64_t> Database::run(const char* sql,
                                   std::initializer_list<Argument> arguments,
                                   const Each& each) {
    SQLite::Statement* statement = nullptr;
    // A statement left in the middle would keep its snapshot. (Its bindings, views that
    // live as long as this call, are bound anew before the next step.)
    struct Rewind {
        SQLite::Statement*& statement;
        ~Rewind() {
            if (statement) statement->tryReset();
        }
    } rewind{statement};

    errno = 0;
    try {
        statement = &inside_->statement(sql);
        int place = 0;
        for (const Argument& argument : arguments) {
            ++place;
            if (const auto* number = std::get_if<std::int64_t>(&argument.value_)) {
                statement->bind(place, *number);
            } else if (const auto* text =
                           std::get_if<std::string_view>(&argument.value_)) {
                statement->bind(place, std::string(*text));
            } else if (const auto* bytes = std::get_if<std::span<const std::uint8_t>>(
                           &argument.value_)) {
                statement->bindNoCopy(place, bytes->data(), int(bytes->size()));
            } else {
                statement->bind(place);
            }
        }
        if (!each) {
            statement->exec();
            return std::int64_t(inside_->connection.getChanges());
        }
        std::int64_t rows = 0;
        while (statement->executeStep()) {
            ++rows;
            if (!TRY(each(Row(*statement)))) break;
        }
        return rows;
    } catch (const SQLite::Exception& fault) {
        return refusal(fault);
    }
}

Result<void> Database::script(const std::string& sql) {
    errno = 0;
    try {
        inside_->connection.exec(sql);
        return {};
    } catch (const SQLite::Exception& fault) {
        return refusal(fault);
    }
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(inside_->connection.getHandle()) == 0;
}

void Database::on_commit(std::function<void()> told) {
    inside_->committed = std::move(told);
}

Result<Transaction> Transaction::begin(Database& database) {
    if (database.in_transaction())
        return fail(Error::Code::busy, "records: another change is under way");
    TRY(database.execute("begin immediate"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    // After some faults SQLite has rolled back by itself.
    if (database_ && database_->in_transaction()) {
        const auto undone = database_->execute("rollback");
        static_cast<void>(undone);
    }
}

Result<void> Transaction::commit() {
    TRY(database_->execute("commit"));
    const Database& database = *std::exchange(database_, nullptr);
    if (database.inside_->committed) database.inside_->committed();
    return {};
}

}  // namespace foyer
