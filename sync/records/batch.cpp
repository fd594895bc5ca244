#include <algorithm>
#include <set>

#include "sync/records/blind_index.h"
#include "sync/records/inside.h"

namespace foyer {

Store::Batch::Batch(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Store::Batch::Batch(Batch&&) noexcept = default;
Store::Batch::~Batch() = default;

Result<Store::Batch> Store::begin(std::optional<Instant> now) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    return Batch(std::make_unique<Batch::Inside>(Batch::Inside{
        *inside_, std::move(transaction), now.value_or(inside_->clock_mark)}));
}

Result<Taken> Store::Batch::put(const Patient& patient) {
    Store::Inside& store = inside_->store;
    const Alias row = store.patient_alias(patient.id);
    const auto old = TRY(store.database.select_one(
        [&](const Row& found) { return inside_->patient_in(found); },
        "select id, sealed from patient where id = ?1", row));

    Patient now = patient;
    if (old && old->contact_confirmed &&
        (!now.contact_confirmed || *now.contact_confirmed < *old->contact_confirmed))
        now.contact_confirmed = old->contact_confirmed;
    const std::string text = to_text(now);
    if (old && to_text(*old) == text) return Taken::unchanged;

    std::optional<BlindIndex> who;
    if (now.born) who = blind_index(now.family, *now.born, store.device);
    const Bytes sealed = store.seal("patient", row, text);
    TRY(store.database.execute(R"sql(
        insert into patient (id, who, sealed) values (?1, ?2, ?3)
            on conflict (id) do update set who = excluded.who, sealed = excluded.sealed
    )sql",
                               row, who, sealed));
    return inside_->taken(old ? Taken::changed : Taken::added);
}

Result<Taken> Store::Batch::put(const Appointment& appointment) {
    bool known = TRY(inside_->call_off_others(appointment));
    bool changed = known;
    SealedVisit visit;
    visit.appointment = appointment.id;
    visit.starts = appointment.starts;
    visit.ends = appointment.ends;
    visit.status = appointment.status;
    visit.service = appointment.service;
    visit.practitioner = appointment.practitioner;
    visit.location = appointment.location;
    visit.healthcare_service = appointment.healthcare_service;
    visit.virtual_visit = appointment.virtual_visit;
    const std::set<std::string> patients(appointment.patients.begin(),
                                         appointment.patients.end());
    visit.shared = patients.size() > 1;
    for (const std::string& patient : patients) {
        visit.patient = patient;
        const Taken taken = TRY(inside_->put_visit(visit));
        known = known || taken != Taken::added;
        changed = changed || taken != Taken::unchanged;
    }
    if (!changed) return Taken::unchanged;
    return inside_->taken(known ? Taken::changed : Taken::added);
}

/// One patient's part; its row is the same before and after the Appointment is shared.
Result<Taken> Store::Batch::Inside::put_visit(const SealedVisit& visit) {
    const Alias row = store.visit_row(visit.appointment, visit.patient);
    const auto old = TRY(
        store.database.select_one([&](const Row& found) { return visit_in(found); },
                                  "select id, sealed from visit where id = ?1", row));
    if (old == visit) return Taken::unchanged;

    const Bytes sealed = store.seal("visit", row, to_text(visit));
    TRY(store.database.execute(R"sql(
        insert into visit (id, slip, appointment, patient, day, starts_at, sealed)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            on conflict (id) do update
           set slip = excluded.slip, day = excluded.day, starts_at = excluded.starts_at,
               sealed = excluded.sealed
    )sql",
                               row, store.slip_alias(visit),
                               store.site.alias_of("Appointment", visit.appointment),
                               store.patient_alias(visit.patient),
                               store.time.day_of(visit.starts), visit.starts, sealed));
    visits_added = visits_added || !old;
    return old ? Taken::changed : Taken::added;
}

/// The parts of patients whom the Appointment no longer names become cancelled. Theirs
/// are the shared slips from now on, which leaves the Appointment's own slip to who
/// remains.
Result<bool> Store::Batch::Inside::call_off_others(const Appointment& appointment) {
    auto held =
        TRY(store.database.select([&](const Row& found) { return visit_in(found); },
                                  "select id, sealed from visit where appointment = ?1",
                                  store.site.alias_of("Appointment", appointment.id)));
    bool any = false;
    for (SealedVisit& visit : held) {
        if (std::ranges::find(appointment.patients, visit.patient) !=
            appointment.patients.end())
            continue;
        visit.status = AppointmentStatus::cancelled;
        visit.shared = true;
        any = TRY(put_visit(visit)) != Taken::unchanged || any;
    }
    return any;
}

Result<Taken> Store::Batch::put(std::string_view type, std::string_view id,
                                std::string_view json) {
    Store::Inside& store = inside_->store;
    const std::string reference = std::string(type) + "/" + std::string(id);
    const Alias row = store.site.alias_of("Resource", reference);
    const auto is_same = [&](const Row& found) -> Result<bool> {
        const auto text = TRY(store.open("resource", row, found.blob(0)));
        return text.view() == json;
    };
    const auto same = TRY(store.database.select_one(
        is_same, "select sealed from resource where id = ?1", row));
    if (same.value_or(false)) return Taken::unchanged;

    const Bytes sealed = store.seal("resource", row, json);
    TRY(store.database.execute(R"sql(
        insert into resource (id, type, sealed) values (?1, ?2, ?3)
            on conflict (id) do update set sealed = excluded.sealed
    )sql",
                               row, type, sealed));
    return inside_->taken(same ? Taken::changed : Taken::added);
}

Result<void> Store::Batch::commit() {
    if (inside_->visits_added) TRY(inside_->store.hear_waiting(inside_->now));
    if (inside_->changed)
        TRY(inside_->store.audit(AuditAction::schedule_taken, inside_->now));
    return inside_->transaction.commit();
}

Result<std::vector<std::string>> Store::Batch::drop_orphans() {
    Store::Inside& store = inside_->store;
    const auto orphans = TRY(store.database.select(
        [&](const Row& found) { return inside_->visit_in(found); },
        "select id, sealed from visit where patient not in (select id from patient)"));
    std::set<std::string> appointments;
    for (const SealedVisit& orphan : orphans) appointments.insert(orphan.appointment);
    TRY(store.database.execute(
        "delete from visit where patient not in (select id from patient)"));
    inside_->changed = inside_->changed || !appointments.empty();
    return std::vector(appointments.begin(), appointments.end());
}

}  // namespace foyer
