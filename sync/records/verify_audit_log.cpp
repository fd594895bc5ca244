#include <sodium.h>

#include <algorithm>
#include <ostream>

#include "sync/clinic/site_time.h"
#include "sync/records/audit_log.h"
#include "sync/records/database.h"

// Nothing here is shared with append(): if the writer's idea of an entry ever changes,
// this reader of raw rows disagrees.

namespace foyer {

namespace {

struct RawEntry {
    std::int64_t seq = 0, at = 0, action = 0, device = 0;
    Bytes subject, mac;
};

Result<RawEntry> raw_entry(const Row& row) {
    const auto bytes = [&](int column) {
        const auto blob = row.blob(column);
        return Bytes(blob.begin(), blob.end());
    };
    return RawEntry{row.integer(0), row.integer(1), row.integer(2),
                    row.integer(4), bytes(3),       bytes(5)};
}

constexpr const char* all_entries = R"sql(
    select seq, at, action, subject, device, mac from audit order by seq
)sql";

Result<Database> open_log(const std::filesystem::path& directory) {
    const auto file = directory / "foyer.db";
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return fail(Error::Code::not_found,
                    "there are no records in " + directory.string());
    return Database::open(file, Database::Access::read_only, std::chrono::seconds(5));
}

void put_number(Bytes& message, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8)
        message.push_back(std::uint8_t(std::uint64_t(number) >> shift));
}

Bytes keyed_hash(const Bytes& message, const DeviceKeys& keys) {
    Bytes hash(32);
    const auto key = keys.audit().bytes();
    crypto_generichash(hash.data(), hash.size(), message.data(), message.size(),
                       key.data(), key.size());
    return hash;
}

/// What the entry after `before` (a mac) must carry.
Bytes expected_mac(const Bytes& before, const RawEntry& entry, const DeviceKeys& keys) {
    Bytes message = {'E'};
    message.insert(message.end(), before.begin(), before.end());
    for (const auto number : {entry.seq, entry.at, entry.action, entry.device})
        put_number(message, number);
    message.insert(message.end(), entry.subject.begin(), entry.subject.end());
    return keyed_hash(message, keys);
}

Bytes expected_head(std::int64_t seq, const Bytes& mac, const DeviceKeys& keys) {
    Bytes message = {'H'};
    put_number(message, seq);
    message.insert(message.end(), mac.begin(), mac.end());
    return keyed_hash(message, keys);
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

}  // namespace

Result<AuditVerdict> verify_audit_log(const std::filesystem::path& directory,
                                      const DeviceKeys& keys) {
    auto database = TRY(open_log(directory));
    AuditVerdict verdict;
    Bytes last(32, 0);
    const auto check = [&](const Row& row) -> Result<bool> {
        const RawEntry entry = TRY(raw_entry(row));
        if (verdict.bad_seq) return true;
        if (entry.seq != verdict.entries + 1) {
            verdict.bad_seq = verdict.entries + 1;
            verdict.why = "the entry is missing";
        } else if (entry.mac != expected_mac(last, entry, keys)) {
            verdict.bad_seq = entry.seq;
            verdict.why = "the entry is not as it was written";
        } else {
            verdict.entries = entry.seq;
            last = entry.mac;
        }
        return true;
    };
    TRY(database.select(check, all_entries));
    if (verdict.bad_seq) return verdict;

    const auto head = TRY(database.select_one(
        [](const Row& row) -> Result<Bytes> {
            const auto mac = row.blob(0);
            return Bytes(mac.begin(), mac.end());
        },
        "select mac from audit_head where id = 1"));
    if (!head || *head != expected_head(verdict.entries, last, keys)) {
        verdict.bad_seq = verdict.entries + 1;
        verdict.why = "the log does not end here: entries are cut off";
    }
    return verdict;
}

Result<std::int64_t> export_audit_log(const std::filesystem::path& directory,
                                      std::ostream& out) {
    auto database = TRY(open_log(directory));
    const auto write = [&](const Row& row) -> Result<bool> {
        const RawEntry entry = TRY(raw_entry(row));
        // Numbers, fixed words and hexadecimal: nothing here needs escaping.
        out << R"({"seq":)" << entry.seq << R"(,"at":")"
            << format_instant(Instant(std::chrono::milliseconds(entry.at)))
            << R"(","action":")" << code(AuditAction(entry.action)) << R"(","subject":)"
            << (entry.subject.empty() ? "null" : "\"" + hex(entry.subject) + "\"")
            << R"(,"device":)" << entry.device << R"(,"mac":")" << hex(entry.mac)
            << "\"}\n";
        return bool(out);
    };
    const auto written = TRY(database.select(write, all_entries));
    if (!out)
        return fail(Error::Code::disk_full, "the audit log could not be written out");
    return std::int64_t(written.size());
}

}  // namespace foyer
