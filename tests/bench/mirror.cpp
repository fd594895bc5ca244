#include "tests/bench/mirror.h"

#include <array>
#include <sqlite3.h>
#include <vector>

namespace foyer {

namespace {

/// The newest row of a table, and the statement that writes it again.
struct Copied {
    const char *select, *write;
};

// In the order in which a check-in writes them.
constexpr std::array copied = {
    Copied{"select day, patient, count, plant, number from call_name"
           " order by day desc, count desc limit 1",
           "insert into call_name (day, patient, count, plant, number)"
           " values (?1, ?2, ?3, ?4, ?5)"},
    Copied{"select visit, day, sealed from check_in"
           " where visit = (select visit from outbox order by seq desc limit 1)",
           "insert into check_in (visit, day, sealed) values (?1, ?2, ?3)"},
    Copied{"select unit, lane, at, visit, patient, sealed from outbox"
           " order by seq desc limit 1",
           "insert into outbox (unit, lane, at, visit, patient, sealed)"
           " values (?1, ?2, ?3, ?4, ?5, ?6)"},
    Copied{"select seq, at, action, subject, device, mac from audit"
           " order by seq desc limit 1",
           "insert into audit (seq, at, action, subject, device, mac)"
           " values (?1, ?2, ?3, ?4, ?5, ?6)"},
    Copied{"select seq, mac from audit_head where id = 1",
           "update audit_head set seq = ?1, mac = ?2 where id = 1"},
};

// What sync/records/database.cpp sets.
constexpr const char* settings = R"sql(
    pragma foreign_keys = on;
    pragma trusted_schema = off;
    pragma cell_size_check = on;
    pragma temp_store = memory;
    pragma mmap_size = 0;
    pragma cache_size = -8000;
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma secure_delete = on;
)sql";

constexpr const char* all_that_counts = R"sql(
    select (select count(*) from check_in) || ' ' || (select count(*) from outbox)
           || ' ' || (select count(*) from call_name)
           || ' ' || (select count(*) from audit)
           || ' ' || (select hex(mac) from audit_head)
)sql";

}  // namespace

struct Mirror::Table {
    sqlite3_stmt* select = nullptr;
    sqlite3_stmt* write = nullptr;
    std::vector<sqlite3_value*> row;

    void forget() {
        for (auto* value : row) sqlite3_value_free(value);
        row.clear();
    }
    ~Table() {
        forget();
        sqlite3_finalize(select);
        sqlite3_finalize(write);
    }
};

Mirror::Mirror(const std::filesystem::path& records,
               const std::filesystem::path& copy) {
    std::error_code failed;
    std::filesystem::copy_file(records, copy, failed);
    if (failed) trouble_ = failed.message();
    expect(sqlite3_open_v2(records.c_str(), &records_, SQLITE_OPEN_READONLY, nullptr),
           SQLITE_OK);
    expect(sqlite3_open_v2(copy.c_str(), &copy_,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr),
           SQLITE_OK);
    run(settings);
    const auto prepare = [&](sqlite3* database, const char* sql) {
        sqlite3_stmt* statement = nullptr;
        expect(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  &statement, nullptr),
               SQLITE_OK);
        return statement;
    };
    begin_ = prepare(copy_, "begin immediate");
    commit_ = prepare(copy_, "commit");
    for (const auto& each : copied) {
        auto table = std::make_unique<Table>();
        table->select = prepare(records_, each.select);
        table->write = prepare(copy_, each.write);
        tables_.push_back(std::move(table));
    }
}

Mirror::~Mirror() {
    sqlite3_finalize(begin_);
    sqlite3_finalize(commit_);
    tables_.clear();
    sqlite3_close(records_);
    sqlite3_close(copy_);
}

void Mirror::expect(int code, int wanted) {
    if (code != wanted && trouble_.empty()) trouble_ = sqlite3_errstr(code);
}

void Mirror::run(const char* sql) {
    expect(sqlite3_exec(copy_, sql, nullptr, nullptr, nullptr), SQLITE_OK);
}

void Mirror::remember() {
    for (const auto& table : tables_) {
        table->forget();
        expect(sqlite3_step(table->select), SQLITE_ROW);
        for (int i = 0; i < sqlite3_column_count(table->select); ++i)
            table->row.push_back(
                sqlite3_value_dup(sqlite3_column_value(table->select, i)));
        expect(sqlite3_reset(table->select), SQLITE_OK);
    }
}

void Mirror::write() {
    const auto step = [this](sqlite3_stmt* statement) {
        expect(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_reset(statement);
    };
    step(begin_);
    for (const auto& table : tables_) {
        for (std::size_t i = 0; i < table->row.size(); ++i)
            sqlite3_bind_value(table->write, int(i) + 1, table->row[i]);
        step(table->write);
    }
    step(commit_);
}

std::string Mirror::summary(sqlite3* database) {
    std::string text;
    sqlite3_exec(
        database, all_that_counts,
        [](void* into, int, char** values, char**) {
            *static_cast<std::string*>(into) = values[0] ? values[0] : "";
            return 0;
        },
        &text, nullptr);
    return text;
}

bool Mirror::is_equal() {
    const auto ours = summary(records_);
    return !ours.empty() && ours == summary(copy_);
}

}  // namespace foyer
