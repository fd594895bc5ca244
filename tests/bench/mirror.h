#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace foyer {

/// Writes the rows of a Foyer's check-ins once more with SQLite alone: the same values
/// into the same tables of a copy of the same database, under the same settings.
class Mirror {
public:
    /// `records` is a foyer.db that nobody has open; it is copied to `copy`. Both stay
    /// as long as this does.
    Mirror(const std::filesystem::path& records, const std::filesystem::path& copy);
    ~Mirror();
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;

    /// Empty if all went well so far, else what SQLite said.
    const std::string& trouble() const { return trouble_; }
    /// Remembers the rows that the last check-in wrote.
    void remember();
    /// Writes them, in one transaction, by statements prepared before.
    void write();
    /// Whether the copy holds as many check-ins, units and audit entries, and the same
    /// head of the audit log.
    bool is_equal();

private:
    struct Table;
    void expect(int code, int wanted);
    void run(const char* sql);
    std::string summary(sqlite3* database);

    sqlite3* records_ = nullptr;
    sqlite3* copy_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
    std::vector<std::unique_ptr<Table>> tables_;
    std::string trouble_;
};

}  // namespace foyer
