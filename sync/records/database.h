#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/visit.h"

namespace SQLite {
class Statement;
}

namespace foyer {

using Bytes = std::vector<std::uint8_t>;

/// A value for one "?" of a statement. A view: what it was made from must live until
/// the statement has run.
class Argument {
public:
    explicit Argument(std::int64_t number) : value_(number) {}
    explicit Argument(int number) : value_(std::int64_t(number)) {}
    explicit Argument(bool flag) : value_(std::int64_t(flag)) {}
    explicit Argument(Instant at)
        : value_(std::int64_t(at.time_since_epoch().count())) {}
    explicit Argument(Date day);
    explicit Argument(std::string_view text) : value_(text) {}
    explicit Argument(std::span<const std::uint8_t> bytes) : value_(bytes) {}
    explicit Argument(const Bytes& bytes)
        : Argument(std::span<const std::uint8_t>(bytes)) {}
    explicit Argument(const Alias& alias)
        : Argument(std::span<const std::uint8_t>(alias.bytes)) {}
    explicit Argument(const BlindIndex& who)
        : Argument(std::span<const std::uint8_t>(who.bytes)) {}
    template <class Value>
    explicit Argument(const std::optional<Value>& value)
        : value_(value ? Argument(*value).value_ : Variant()) {}

private:
    friend class Database;
    using Variant = std::variant<std::monostate, std::int64_t, std::string_view,
                                 std::span<const std::uint8_t>>;
    Variant value_;
};

/// A row of a result, columns counted from 0. Good until the next row.
class Row {
public:
    explicit Row(SQLite::Statement& statement) : statement_(statement) {}

    bool null(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::span<const std::uint8_t> blob(int column) const;
    Alias alias(int column) const;
    Instant instant(int column) const;

private:
    SQLite::Statement& statement_;
};

/// One connection to SQLite; all that is known of the library outside database.cpp.
/// Every statement is prepared once, on first use, and known by the address of its
/// text: SQL is always a string literal. Used by one thread at a time.
///
/// Library faults become `busy`, `disk_full`, `read_only` or `corrupt`.
class Database {
public:
    enum class Access {
        read_write,  ///< makes the file (0600) when it is missing
        read_only,
    };

    /// `busy_timeout` is how long a statement waits for another process's lock.
    static Result<Database> open(const std::filesystem::path& file, Access access,
                                 std::chrono::milliseconds busy_timeout);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// All rows, each through `read(const Row&)`, which answers a Result; its first
    /// failure ends it.
    template <class Read, class... Arguments>
    auto select(Read read, const char* sql, const Arguments&... arguments) {
        using Value = Read_value<Read>;
        std::vector<Value> values;
        const auto done =
            run(sql, {Argument(arguments)...}, [&](const Row& row) -> Result<bool> {
                values.push_back(TRY(read(row)));
                return true;
            });
        return done ? Result<std::vector<Value>>(std::move(values))
                    : Result<std::vector<Value>>(tl::unexpected(done.error()));
    }

    /// The first row, or none.
    template <class Read, class... Arguments>
    auto select_one(Read read, const char* sql, const Arguments&... arguments) {
        using Value = Read_value<Read>;
        std::optional<Value> value;
        const auto done =
            run(sql, {Argument(arguments)...}, [&](const Row& row) -> Result<bool> {
                value = TRY(read(row));
                return false;
            });
        return done ? Result<std::optional<Value>>(std::move(value))
                    : Result<std::optional<Value>>(tl::unexpected(done.error()));
    }

    /// A statement without rows; answers how many rows it changed.
    template <class... Arguments>
    Result<std::int64_t> execute(const char* sql, const Arguments&... arguments) {
        return run(sql, {Argument(arguments)...}, nullptr);
    }

    /// Several statements at once, not kept.
    Result<void> script(const std::string& sql);

    bool in_transaction() const;

    /// Called after each Transaction's commit, with no lock held.
    void on_commit(std::function<void()> told);

private:
    friend class Transaction;
    template <class Read>
    using Read_value = std::remove_cvref_t<
        decltype(*std::declval<std::invoke_result_t<Read, const Row&>>())>;
    using Each = std::function<Result<bool>(const Row&)>;  ///< false: enough rows

    Result<std::int64_t> run(const char* sql, std::initializer_list<Argument> arguments,
                             const Each& each);

    struct Inside;
    explicit Database(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// All or nothing: undone when dropped without commit(). Takes the write lock at once,
/// so that `busy` comes before any work. `busy` too when one is open on this
/// connection.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;  ///< null once over
};

}  // namespace foyer
