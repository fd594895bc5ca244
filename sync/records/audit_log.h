#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "platform/result.h"
#include "sync/clinic/visit.h"
#include "sync/records/keys.h"

namespace foyer {

class Database;

/// What an entry says was done. Stored by number: none changes, none is used again.
enum class AuditAction : std::int64_t {
    records_made = 1,       ///< the log begins
    schedule_taken = 2,     ///< an import changed something
    checked_in = 3,         ///< subject: the visit
    desk_told = 4,          ///< subject: the visit or patient it is about, if known
    contact_confirmed = 5,  ///< subject: the patient
    purged = 6,             ///< what lay outside the window was deleted
    clock_doubted = 7,      ///< the clock went back
    answer_saved = 8,       ///< an answer of a form; subject: the patient
    safety_noted = 9,       ///< the clinic is to hear of an answer at once; the patient
    form_finished = 10,     ///< subject: the patient
    form_refused = 11,      ///< stopped or declined; subject: the patient
    draft_parked = 12,      ///< a form of another day was sent as far as it was
    contact_proposed = 13,  ///< another phone number or address; the patient
    conflict_noted = 14,    ///< we and the server differ; the visit or patient
    conflict_settled = 15,  ///< by staff; the conflict
    unit_retried = 16,      ///< staff sends a refused unit again; the unit
    unit_given_up = 17,     ///< staff gives a refused unit up; the unit
    class_asked = 18,       ///< a patient wants a seat; the patient
    class_left = 19,        ///< subject: the patient
    arrival_heard = 20,     ///< from another device of the site; the visit
    attended = 21,          ///< a patient went, came back or signed out; the visit
    attendance_attested = 22,  ///< a facilitator says when, by name; the visit
    attendance_amended = 23,   ///< by a facilitator, with a reason; the visit
    attendance_heard = 24,     ///< from another device of the site; the visit
    attendance_closed = 25,    ///< by a facilitator; the visit
    offer_accepted = 30,       ///< of a seat in a class; the patient
    seat_released = 31,        ///< staff gave a seat away whose owner had not come
    seat_offered = 32,         ///< staff offered a seat to the first who waits
    guest_admitted = 40,  ///< a guest goes in with a patient; who that is, if known
};
/// "checked-in"; empty for a number we do not know.
const char* code(AuditAction action);

/// The log: who did what to which record, when. Ids only, and those as aliases.
/// Append-only; each entry's mac (keyed BLAKE2b under the device's audit key) covers
/// its fields and the mac before it, and a head under the same key says where the chain
/// ends, so that a changed, missing, swapped or cut-off entry is seen by
/// verify_audit_log(). What it cannot see is the whole data directory put back as it
/// was earlier: for that a copy of the head goes to the server with every push.
///
/// All three work within the caller's transaction.
Result<void> begin_audit_log(Database& database, const DeviceKeys& keys);
struct AuditEntry {
    Instant at{};
    AuditAction action{};
    std::optional<Alias> subject;
    int device = 0;
};
Result<void> append(Database& database, const AuditEntry& entry,
                    const DeviceKeys& keys);

/// What a check of the whole log found.
struct AuditVerdict {
    std::int64_t entries = 0;  ///< whole ones, from the start
    std::optional<std::int64_t>
        bad_seq;      ///< the first entry that is not as it was written
    std::string why;  ///< empty when all is well
};

/// Recomputes the chain from the raw rows of `directory`, sharing no code with
/// append(). Fails only when the log cannot be read at all.
Result<AuditVerdict> verify_audit_log(const std::filesystem::path& directory,
                                      const DeviceKeys& keys);

/// Every entry as a line of JSON (seq, at, action, subject, device, mac); answers how
/// many.
Result<std::int64_t> export_audit_log(const std::filesystem::path& directory,
                                      std::ostream& out);

}  // namespace foyer
