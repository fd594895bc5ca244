#include <nlohmann/json.hpp>

#include "sync/records/inside.h"

namespace foyer {

Result<void> Store::Batch::saw(const Known& known) {
    Store::Inside& store = inside_->store;
    const Alias row = store.held_as(known.type, known.id);
    const std::string text =
        nlohmann::json{{"id", known.id}, {"version", known.version}}.dump();
    TRY(store.database.execute(R"sql(
        insert into known (id, type, read_at, sealed) values (?1, ?2, ?3, ?4)
            on conflict (id) do update
           set read_at = excluded.read_at, sealed = excluded.sealed
    )sql",
                               row, known.type, known.read,
                               store.seal("known", row, text)));
    return {};
}

Result<void> Store::Batch::gone(std::string_view type, std::string_view id) {
    Store::Inside& store = inside_->store;
    const Alias held = store.held_as(type, id);
    TRY(store.database.execute("delete from known where id = ?1", held));
    if (type == "Appointment") return inside_->visits_gone(held);
    const auto changed =
        type == "Patient"
            // Whoever is here today, or has a visit, stays until the visits go.
            ? TRY(store.database.execute(R"sql(
                  delete from patient
                   where id = ?1
                     and id not in (select patient from visit)
                     and id not in
                         (select patient from outbox where patient is not null)
              )sql",
                                         held))
            : TRY(store.database.execute("delete from resource where id = ?1", held));
    inside_->changed = inside_->changed || changed > 0;
    return {};
}

/// A visit that nobody came for goes; one that was checked in to stays, called off, and
/// both sides are kept.
Result<void> Store::Batch::Inside::visits_gone(const Alias& appointment) {
    const auto held = TRY(store.database.select(
        [&](const Row& row) { return visit_in(row); },
        "select id, sealed from visit where appointment = ?1", appointment));
    for (SealedVisit visit : held) {
        const Alias row = store.visit_row(visit.appointment, visit.patient);
        const auto read = [&](const Row& found) -> Result<CheckIn> {
            const auto text = TRY(store.open("check_in", row, found.blob(0)));
            return check_in_from(text.view());
        };
        const auto here = TRY(store.database.select_one(
            read, "select sealed from check_in where visit = ?1", row));
        if (!here) {
            TRY(store.database.execute("delete from visit where id = ?1", row));
            changed = true;
            continue;
        }
        if (visit.status == AppointmentStatus::cancelled) continue;
        visit.status = AppointmentStatus::cancelled;
        TRY(put_visit(visit));
        changed = true;
        TRY(store.record(
            {.id = "visit-gone|" + visit.appointment + "|" + visit.patient,
             .kind = "visit-gone",
             .at = now,
             .unit = unit_id(act_of_check_in(visit)),
             .ours = nlohmann::json{{"arrived", format_instant(here->at)}}.dump(),
             .theirs = R"({"deleted":true})",
             .settled = {},
             .visit = store.slip_alias(visit),
             .patient = store.patient_alias(visit.patient)}));
    }
    return {};
}

Result<void> Store::Batch::put_form_done(std::string_view patient_id,
                                         const FormDone& done) {
    Store::Inside& store = inside_->store;
    const Alias patient = store.patient_alias(patient_id);
    const auto held =
        TRY(store.database.select_one([](const Row&) -> Result<bool> { return true; },
                                      "select 1 from patient where id = ?1", patient));
    if (!held) return {};
    return store.write_done(patient, done);
}

Result<void> Store::Batch::set_memo(std::string_view name, std::string_view text) {
    return inside_->store.write_memo(name, text);
}

Result<void> Store::Batch::record(const Conflict& conflict) {
    return inside_->store.record(conflict);
}

Result<std::vector<std::string>> Store::patient_ids_of(Date first, Date last) {
    return inside_->database.select(
        [&](const Row& row) -> Result<std::string> {
            const auto text = TRY(inside_->open("patient", row.alias(0), row.blob(1)));
            return TRY(patient_from(text.view())).id;
        },
        R"sql(
        select id, sealed
          from patient
         where id in (select patient from visit where day >= ?1 and day <= ?2)
         order by id
    )sql",
        first, last);
}

Result<std::vector<Store::Here>> Store::checked_in(std::string_view appointment_id) {
    const auto found = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->found_from(row); }, R"sql(
        select v.id, v.slip, v.sealed, c.sealed
          from visit v join check_in c on c.visit = v.id
         where v.appointment = ?1
         order by v.id
    )sql",
        inside_->site.alias_of("Appointment", appointment_id)));
    std::vector<Here> all;
    for (const auto& each : found)
        all.push_back({.visit = inside_->with_names(each),
                       .patient = each.sealed.patient,
                       .unit = unit_id(act_of_check_in(each.sealed))});
    return all;
}

}  // namespace foyer
