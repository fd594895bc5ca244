#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// What happens to a patient's being there. Events are facts: none is ever changed
/// (sync.md decision 5); what a facilitator corrects is another event.
enum class AttendanceKind { sign_in, break_out, break_in, sign_out };

/// Who says so, and how the patient was known.
enum class AttendanceMethod {
    slip,         ///< the patient, by a paper slip
    name,         ///< the patient, by last name and birth date
    facilitator,  ///< staff, by name (`AttendanceEvent::by`)
};

struct AttendanceEvent {
    std::string unit;         ///< of the act that made it
    std::string appointment;  ///< FHIR id; empty where only the sign-up is known
    std::string sign_up;      ///< of a class: unit of the sign-up; else empty
    std::string patient;      ///< FHIR id
    Service service = Service::other;
    Instant starts{}, ends{};  ///< of the session, as known when it was told
    AttendanceKind kind = AttendanceKind::sign_in;
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    int device = -1;
    AttendanceMethod method = AttendanceMethod::name;
    bool attested = false;  ///< the patient said that it is they who sign
    bool by_hand = false;   ///< and signed the clinic's sheet (Site::sign_by_hand)
    std::string by;         ///< the facilitator's name; empty: the patient
    /// An amendment: the unit of the event in whose place this one stands, why, and
    /// whether that never happened at all. `recorded` decides which of two counts.
    std::string amends;
    std::string reason;
    bool voided = false;
    Instant recorded{};  ///< when it was written down; a patient's own: `at`
    bool operator==(const AttendanceEvent&) const = default;
};

/// Services at which patients sign in and out. A class is one, and its minutes count
/// for nothing (domain.md W6).
bool takes_attendance(Service service);
/// Those of them whose hours count: groups and program days.
bool counts_hours(Service service);

/// What the events of one patient at one session come to.
struct Attended {
    enum class State {
        expected,  ///< not seen
        present,
        on_break,
        gone,
    } state = State::expected;

    struct Span {
        Instant from{}, until{};
        bool operator==(const Span&) const = default;
    };
    /// Present, breaks left out, in order and apart. While nobody said when they left,
    /// the last one ends where the next event or the session says so, and counts only
    /// once somebody confirms it: it is `open` and not among these.
    std::vector<Span> spans;
    std::optional<Instant> open;  ///< present since; nobody has said until when

    /// First sign-in, last sign-out that stand. A patient who came back after signing
    /// out, or has not come yet, has no `out`.
    std::optional<Instant> in, out;
    /// Still there or on a break 10 minutes past the session's end.
    bool missing_sign_out = false;
    bool doubtful = false;  ///< some time in it comes from an untrusted clock
    bool amended = false;
    /// What does not fit, for the facilitator: "out-before-in", "two-sign-ins",
    /// "two-sign-outs", "two-break-outs", "back-without-break", "out-from-break"
    /// (signed out without coming back). Each once. None of it is repaired silently.
    std::vector<std::string> oddities;
};

/// Pure. The events may come in any order and more than once; of equal units one
/// counts. Amendments stand in the place of what they amend, the latest `recorded`
/// (then the greater unit) of several. The order is that of `at`, then kind, then unit.
Attended attended(const std::vector<AttendanceEvent>& events, Instant now);

/// "sign-in", "break-out", ...; "slip", "name", "facilitator".
const char* code(AttendanceKind kind);
const char* code(AttendanceMethod method);
std::optional<AttendanceKind> attendance_kind(std::string_view code);
std::optional<AttendanceMethod> attendance_method(std::string_view code);

}  // namespace foyer
