#include "sync/clinic/attendance.h"

#include <algorithm>
#include <tuple>

#include "sync/clinic/standing_events.h"
#include "sync/records/attendance_unit.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

/// So that it fits any carrier (site/sharing.h).
constexpr std::size_t longest_name = 100, longest_reason = 250;

AttendanceEvent event_of(const SealedVisit& visit) {
    AttendanceEvent event;
    event.appointment = visit.appointment;
    event.patient = visit.patient;
    event.service = visit.service;
    event.starts = visit.starts;
    event.ends = visit.ends;
    return event;
}

/// One tap twice: the last that happened is of this kind already. While the clock is in
/// doubt its times are compared with one another; among the rest they may stand
/// anywhere.
const AttendanceEvent* stands_already(const std::vector<AttendanceEvent>& events,
                                      const AttendanceAct& act, int device) {
    const AttendanceEvent* last = nullptr;
    const AttendanceEvent* last_in_doubt = nullptr;
    for (const auto& event : events) {
        last = &event;
        if (event.clock == ClockQuality::untrusted && event.device == device)
            last_in_doubt = &event;
    }
    if (last && last->kind == act.kind) return last;
    const bool doubted = act.clock == ClockQuality::untrusted;
    return doubted && last_in_doubt && last_in_doubt->kind == act.kind ? last_in_doubt
                                                                       : nullptr;
}

/// Of two sign-ins under one act; two devices decide alike, as they do of arrivals. A
/// server may keep no fractions of a second.
bool comes_first(const AttendanceEvent& one, const AttendanceEvent& other) {
    const bool same = one.clock == other.clock &&
                      std::chrono::abs(one.at - other.at) < std::chrono::seconds(1);
    const auto rank = [](const AttendanceEvent& event) {
        return std::tuple(event.clock == ClockQuality::untrusted, event.at);
    };
    return !same && rank(one) < rank(other);
}

}  // namespace

// --- what is said
// ----------------------------------------------------------------------------

Result<AttendanceEvent> Store::attend(const AttendanceAct& act) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto found = TRY(inside_->visit_for(act.visit));
    if (!found)
        return fail(Error::Code::not_found, "records: the visit is gone meanwhile");
    if (!takes_attendance(found->sealed.service))
        return fail(Error::Code::refused, "records: nobody signs in at such a visit");
    if (act.kind == AttendanceKind::sign_in && !found->check_in)
        return fail(Error::Code::bad_input, "records: who signs in first, checks in");
    const auto known = standing(TRY(inside_->attendance_of(found->row)));
    if (const auto* same = stands_already(known, act, inside_->device_index))
        return *same;

    AttendanceEvent event = event_of(found->sealed);
    event.kind = act.kind;
    event.at = event.recorded = act.at;
    event.clock = act.clock;
    event.device = inside_->device_index;
    event.method = act.method;
    event.attested = act.attested;
    event.unit = unit_id(act_of(event));
    TRY(inside_->say(event, AuditAction::attended));
    TRY(transaction.commit());
    return event;
}

Result<AttendanceEvent> Store::attest(const FacilitatorAct& act) {
    if (act.by.empty())
        return fail(Error::Code::bad_input, "records: a facilitator without a name");
    if (act.by.size() > longest_name || act.reason.size() > longest_reason)
        return fail(Error::Code::bad_input, "records: a name or reason is too long");
    if (!act.amends.empty() && act.reason.empty())
        return fail(Error::Code::bad_input, "records: an amendment without a reason");
    if (act.amends.empty() && act.voided)
        return fail(Error::Code::bad_input, "records: only what was said can be void");
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto known =
        TRY(inside_->attendance_of(inside_->visit_row(act.appointment, act.patient)));
    AttendanceEvent event = TRY(act.amends.empty() ? inside_->attested(act, known)
                                                   : inside_->amended(act, known));
    for (const auto& [first, stands] : places_of(known)) {
        const bool same =
            act.amends.empty()
                ? !stands->voided && stands->kind == act.kind && stands->at == act.at
                : first != nullptr && first->unit == event.amends && stands != first &&
                      stands->voided == event.voided && stands->at == event.at;
        if (same) return *stands;
    }
    event.by = act.by;
    event.reason = act.reason;
    event.recorded = act.recorded;
    event.clock = act.clock;
    event.device = inside_->device_index;
    event.method = AttendanceMethod::facilitator;
    event.unit = unit_id(act_of(event));
    TRY(inside_->say(event, act.amends.empty() ? AuditAction::attendance_attested
                                               : AuditAction::attendance_amended));
    TRY(transaction.commit());
    return event;
}

/// Of a visit that has left the schedule, its events still say what it was.
Result<AttendanceEvent> Store::Inside::attested(
    const FacilitatorAct& act, const std::vector<AttendanceEvent>& known) {
    const auto found = TRY(visit_at(visit_row(act.appointment, act.patient)));
    AttendanceEvent event;
    if (found) {
        event = event_of(found->sealed);
    } else if (!known.empty()) {
        event = known.front();
        event.amends = event.sign_up = {};
        event.attested = event.by_hand = event.voided = false;
    } else {
        return fail(Error::Code::not_found, "there is no such appointment of theirs");
    }
    if (!takes_attendance(event.service))
        return fail(Error::Code::bad_input, "nobody signs in at such a visit");
    event.kind = act.kind;
    event.at = act.at;
    return event;
}

/// Amending an amendment amends what stood there first: its unit names the event.
Result<AttendanceEvent> Store::Inside::amended(
    const FacilitatorAct& act, const std::vector<AttendanceEvent>& known) {
    const auto* original = first_of(known, act.amends);
    if (original == nullptr)
        return fail(Error::Code::not_found, "there is no such attendance to amend");
    AttendanceEvent event = *original;
    event.amends = original->unit;
    event.attested = event.by_hand = false;
    event.voided = act.voided;
    if (!act.voided) event.at = act.at;
    return event;
}

Result<std::optional<Store::Inside::Found>> Store::Inside::visit_at(const Alias& row) {
    return database.select_one(
        [&](const Row& found) { return found_from(found); },
        "select v.id, v.slip, v.sealed, null from visit v where v.id = ?1", row);
}

Result<void> Store::Inside::say(const AttendanceEvent& event, AuditAction action) {
    const Alias row = visit_row(event.appointment, event.patient);
    const auto visit = TRY(visit_at(row));
    TRY(keep(event));
    Unit unit = unit_of(event, TRY(is_shared(event, visit)));
    unit.visit = row;
    unit.patient = patient_alias(event.patient);
    TRY(queue(unit));
    return audit(action, event.recorded, visit ? slip_alias(visit->sealed) : row);
}

/// Of a visit that has left the schedule, the check-in says it.
Result<bool> Store::Inside::is_shared(const AttendanceEvent& event,
                                      const std::optional<Found>& visit) {
    if (visit) return visit->sealed.shared;
    const auto alone = TRY(database.select_one(
        [](const Row&) -> Result<bool> { return true; },
        "select 1 from attendance where id = ?1",
        site.alias_of("Unit", unit_id(check_in_act(event.appointment, {}, false)))));
    return !alone;
}

Result<void> Store::Inside::sign_in(const Found& visit, const ArrivalSeen& arrival) {
    if (!takes_attendance(visit.sealed.service)) return {};
    AttendanceEvent event = event_of(visit.sealed);
    event.unit = arrival.unit;
    event.kind = AttendanceKind::sign_in;
    event.at = event.recorded = arrival.check_in.at;
    event.clock = arrival.check_in.clock;
    event.device = arrival.device;
    event.method = arrival.method;
    event.attested = arrival.attested;
    event.by_hand = arrival.by_hand;
    TRY(keep(event));
    return {};
}

Result<Taken> Store::Inside::keep(const AttendanceEvent& event) {
    const Alias row = site.alias_of("Unit", event.unit);
    const auto known = TRY(
        database.select_one([&](const Row& found) { return attendance_row(found); },
                            "select id, sealed from attendance where id = ?1", row));
    const bool two_sign_ins = known && known->kind == AttendanceKind::sign_in &&
                              known->by.empty() && known->amends.empty();
    if (known && !(two_sign_ins && comes_first(event, *known))) return Taken::unchanged;
    std::optional<Alias> visit;
    if (!event.appointment.empty()) visit = visit_row(event.appointment, event.patient);
    TRY(database.execute(R"sql(
        insert into attendance (id, patient, visit, day, sealed)
        values (?1, ?2, ?3, ?4, ?5)
            on conflict (id) do update set sealed = excluded.sealed
    )sql",
                         row, patient_alias(event.patient), visit,
                         time.day_of(event.starts),
                         seal("attendance", row, to_text(event))));
    return known ? Taken::changed : Taken::added;
}

Result<Taken> Store::Inside::hear(const AttendanceEvent& event, Instant now) {
    const Taken taken = TRY(keep(event));
    if (taken == Taken::unchanged) return taken;
    const Alias row = visit_row(event.appointment, event.patient);
    const auto visit = TRY(visit_at(row));
    TRY(audit(AuditAction::attendance_heard, now,
              visit ? slip_alias(visit->sealed) : row));
    return taken;
}

Result<Taken> Store::Batch::put(const AttendanceEvent& event) {
    return inside_->store.hear(event, inside_->now);
}

// --- what is asked
// ---------------------------------------------------------------------------

/// Reads "id, sealed".
Result<AttendanceEvent> Store::Inside::attendance_row(const Row& row) const {
    const auto text = TRY(open("attendance", row.alias(0), row.blob(1)));
    return attendance_from(text.view());
}

Result<std::vector<AttendanceEvent>> Store::Inside::attendance_of(const Alias& visit) {
    auto events = TRY(
        database.select([&](const Row& row) { return attendance_row(row); },
                        "select id, sealed from attendance where visit = ?1", visit));
    std::ranges::sort(events, {}, [](const AttendanceEvent& event) {
        return std::tuple(event.at, event.kind, event.unit);
    });
    return events;
}

Result<std::vector<AttendanceEvent>> Store::attendance_of(const Alias& visit) {
    const auto found = TRY(inside_->visit_for(visit));
    if (!found) return std::vector<AttendanceEvent>();
    return inside_->attendance_of(found->row);
}

Result<std::vector<AttendanceEvent>> Store::attendance_of_patient(const Alias& patient,
                                                                  Date first) {
    return inside_->database.select(
        [&](const Row& row) { return inside_->attendance_row(row); },
        "select id, sealed from attendance where patient = ?1 and day >= ?2", patient,
        first);
}

Result<std::optional<AttendanceEvent>> Store::attendance_event(std::string_view unit) {
    return inside_->database.select_one(
        [&](const Row& row) { return inside_->attendance_row(row); },
        "select id, sealed from attendance where id = ?1",
        inside_->site.alias_of("Unit", unit));
}

Result<std::vector<AttendanceEvent>> Store::attendance_between(Date first, Date last) {
    auto events = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->attendance_row(row); }, R"sql(
        select id, sealed from attendance where day >= ?1 and day <= ?2
    )sql",
        first, last));
    std::ranges::sort(events, {}, [](const AttendanceEvent& event) {
        return std::tuple(event.at, event.kind, event.unit);
    });
    return events;
}

}  // namespace foyer
