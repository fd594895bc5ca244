#include "sync/records/audit_log.h"

#include <sodium.h>

#include <algorithm>

#include "sync/records/database.h"

namespace foyer {

namespace {

using Mac = std::array<std::uint8_t, 32>;

struct Head {
    std::int64_t seq = 0;
    Mac mac{};
};

// What is hashed begins with what it is, and numbers are 8 bytes, most significant
// first.
class Hash {
public:
    Hash(const DeviceKeys& keys, char purpose) {
        const auto key = keys.audit().bytes();
        crypto_generichash_init(&state_, key.data(), key.size(), Mac().size());
        add(std::span(reinterpret_cast<const std::uint8_t*>(&purpose), 1));
    }
    Hash& add(std::span<const std::uint8_t> bytes) {
        crypto_generichash_update(&state_, bytes.data(), bytes.size());
        return *this;
    }
    Hash& add(std::int64_t number) {
        std::array<std::uint8_t, 8> bytes{};
        for (int i = 0; i < 8; ++i)
            bytes[std::size_t(i)] = std::uint8_t(std::uint64_t(number) >> (56 - 8 * i));
        return add(bytes);
    }
    Mac done() {
        Mac mac{};
        crypto_generichash_final(&state_, mac.data(), mac.size());
        return mac;
    }

private:
    crypto_generichash_state state_;
};

Mac entry_mac(const Head& before, const AuditEntry& entry, const DeviceKeys& keys) {
    Hash hash(keys, 'E');
    hash.add(before.mac).add(before.seq + 1);
    hash.add(std::int64_t(entry.at.time_since_epoch().count()));
    hash.add(std::int64_t(entry.action)).add(std::int64_t(entry.device));
    if (entry.subject) hash.add(entry.subject->bytes);
    return hash.done();
}

/// The head is not the last mac itself: whoever cuts the tail knows the mac before it.
Mac head_mac(const Head& last, const DeviceKeys& keys) {
    return Hash(keys, 'H').add(last.seq).add(last.mac).done();
}

Result<Head> last_entry(Database& database) {
    const auto last = TRY(database.select_one(
        [](const Row& row) -> Result<Head> {
            Head head{.seq = row.integer(0)};
            const auto mac = row.blob(1);
            std::copy_n(mac.begin(), std::min(mac.size(), head.mac.size()),
                        head.mac.begin());
            return head;
        },
        "select seq, mac from audit order by seq desc limit 1"));
    return last.value_or(Head());
}

}  // namespace

const char* code(AuditAction action) {
    switch (action) {
        case AuditAction::records_made:
            return "records-made";
        case AuditAction::schedule_taken:
            return "schedule-taken";
        case AuditAction::checked_in:
            return "checked-in";
        case AuditAction::desk_told:
            return "desk-told";
        case AuditAction::contact_confirmed:
            return "contact-confirmed";
        case AuditAction::purged:
            return "purged";
        case AuditAction::clock_doubted:
            return "clock-doubted";
        case AuditAction::answer_saved:
            return "answer-saved";
        case AuditAction::safety_noted:
            return "safety-noted";
        case AuditAction::form_finished:
            return "form-finished";
        case AuditAction::form_refused:
            return "form-refused";
        case AuditAction::draft_parked:
            return "draft-parked";
        case AuditAction::contact_proposed:
            return "contact-proposed";
        case AuditAction::conflict_noted:
            return "conflict-noted";
        case AuditAction::conflict_settled:
            return "conflict-settled";
        case AuditAction::unit_retried:
            return "unit-retried";
        case AuditAction::unit_given_up:
            return "unit-given-up";
        case AuditAction::class_asked:
            return "class-asked";
        case AuditAction::offer_accepted:
            return "offer-accepted";
        case AuditAction::seat_released:
            return "seat-released";
        case AuditAction::seat_offered:
            return "seat-offered";
        case AuditAction::class_left:
            return "class-left";
        case AuditAction::arrival_heard:
            return "arrival-heard";
        case AuditAction::attended:
            return "attended";
        case AuditAction::attendance_attested:
            return "attendance-attested";
        case AuditAction::attendance_amended:
            return "attendance-amended";
        case AuditAction::attendance_heard:
            return "attendance-heard";
        case AuditAction::attendance_closed:
            return "attendance-closed";
        case AuditAction::guest_admitted:
            return "guest-admitted";
    }
    return "";
}

Result<void> begin_audit_log(Database& database, const DeviceKeys& keys) {
    TRY(database.execute("insert into audit_head (id, seq, mac) values (1, 0, ?1)",
                         std::span<const std::uint8_t>(head_mac(Head(), keys))));
    return {};
}

Result<void> append(Database& database, const AuditEntry& entry,
                    const DeviceKeys& keys) {
    const Head before = TRY(last_entry(database));
    const Head now{before.seq + 1, entry_mac(before, entry, keys)};
    const Mac head = head_mac(now, keys);
    TRY(database.execute(R"sql(
        insert into audit (seq, at, action, subject, device, mac)
        values (?1, ?2, ?3, ?4, ?5, ?6)
    )sql",
                         now.seq, entry.at, std::int64_t(entry.action), entry.subject,
                         entry.device, std::span<const std::uint8_t>(now.mac)));
    TRY(database.execute("update audit_head set seq = ?1, mac = ?2 where id = 1",
                         now.seq, std::span<const std::uint8_t>(head)));
    return {};
}

}  // namespace foyer
