#include "sync/records/blind_index.h"
#include "sync/records/display_names.h"
#include "sync/records/inside.h"

namespace foyer {

BlindIndex Store::index_of(std::string_view family, Date born) const {
    // A name of which nothing is left finds nobody: no row has the index of zeroes.
    return blind_index(family, born, inside_->device).value_or(BlindIndex());
}

Result<std::vector<Alias>> Store::patients_behind(const BlindIndex& who) {
    const auto alias = [](const Row& row) -> Result<Alias> { return row.alias(0); };
    return inside_->database.select(alias, R"sql(
        select id from patient where who = ?1 order by id
    )sql",
                                    who);
}

Result<Patient> Store::patient(const Alias& patient) {
    return inside_->patient(patient);
}

Result<Patient> Store::Inside::patient(const Alias& patient) {
    const auto opened = [&](const Row& row) -> Result<Patient> {
        const auto text = TRY(open("patient", patient, row.blob(0)));
        return patient_from(text.view());
    };
    auto found = TRY(database.select_one(opened, R"sql(
        select sealed from patient where id = ?1
    )sql",
                                         patient));
    if (!found)
        return fail(Error::Code::not_found, "records: there is no such patient");
    return *std::move(found);
}

Result<std::vector<Visit>> Store::visits_on(Date day, const Alias& patient) {
    const auto found = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->found_from(row); }, R"sql(
        select v.id, v.slip, v.sealed, c.sealed
          from visit v join patient p on p.id = v.patient
          left join check_in c on c.visit = v.id
         where v.patient = ?1 and v.day = ?2
         order by v.starts_at, v.id
    )sql",
        patient, day));
    std::vector<Visit> visits;
    for (const auto& visit : found) visits.push_back(inside_->with_names(visit));
    return visits;
}

Result<std::optional<Visit>> Store::visit_behind(const Alias& slip) {
    const auto found = TRY(inside_->visit_for(slip));
    if (!found) return std::optional<Visit>();
    return std::optional<Visit>(inside_->with_names(*found));
}

Result<std::optional<Store::Inside::Found>> Store::Inside::visit_for(
    const Alias& slip) {
    return database.select_one([&](const Row& row) { return found_from(row); }, R"sql(
        select v.id, v.slip, v.sealed, c.sealed
          from visit v join patient p on p.id = v.patient
          left join check_in c on c.visit = v.id
         where v.slip = ?1
    )sql",
                               slip);
}

Result<Visit> Store::visit_of(std::string_view appointment_id,
                              std::string_view patient_id) {
    const Alias appointment = inside_->site.alias_of("Appointment", appointment_id);
    const std::optional<Alias> patient =
        patient_id.empty() ? std::nullopt
                           : std::optional<Alias>(inside_->patient_alias(patient_id));
    const auto found = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->found_from(row); }, R"sql(
        select v.id, v.slip, v.sealed, c.sealed
          from visit v join patient p on p.id = v.patient
          left join check_in c on c.visit = v.id
         where v.appointment = ?1 and (?2 is null or v.patient = ?2)
         limit 2
    )sql",
        appointment, patient));
    if (found.empty())
        return fail(Error::Code::not_found,
                    "there is no such appointment in the schedule");
    if (found.size() > 1)
        return fail(Error::Code::bad_input,
                    "the appointment has several patients: say which");
    return inside_->with_names(found.front());
}

Result<Store::Inside::Found> Store::Inside::found_from(const Row& row) const {
    Found found;
    found.row = row.alias(0);
    const auto text = TRY(open("visit", found.row, row.blob(2)));
    found.sealed = TRY(visit_from(text.view()));
    if (visit_row(found.sealed.appointment, found.sealed.patient) != found.row ||
        slip_alias(found.sealed) != row.alias(1))
        return fail(Error::Code::corrupt,
                    "records: a visit stands under another's alias");
    if (!row.null(3)) {
        const auto check_in = TRY(open("check_in", found.row, row.blob(3)));
        found.check_in = TRY(check_in_from(check_in.view()));
    }
    return found;
}

Visit Store::Inside::with_names(const Found& found) {
    const SealedVisit& sealed = found.sealed;
    std::string practitioner = sealed.practitioner;
    if (practitioner.starts_with("PractitionerRole/"))
        practitioner = practitioner_of(resource(practitioner));
    const std::string location =
        sealed.location.empty() ? "" : resource("Location/" + sealed.location);
    Visit visit =
        as_visit(found, first_name(resource(practitioner)), place_name(location));
    visit.virtual_visit = visit.virtual_visit || is_virtual_place(location);
    return visit;
}

Visit Store::Inside::as_visit(const Found& found, std::string clinician,
                              std::string place) const {
    const SealedVisit& sealed = found.sealed;
    return {.id = slip_alias(sealed),
            .patient = patient_alias(sealed.patient),
            .appointment = sealed.appointment,
            .starts = sealed.starts,
            .ends = sealed.ends,
            .service = sealed.service,
            .status = sealed.status,
            .shared = sealed.shared,
            .virtual_visit = sealed.virtual_visit,
            .clinician = std::move(clinician),
            .place = std::move(place),
            .location = sealed.location,
            .check_in = found.check_in};
}

std::string Store::Inside::resource(std::string_view reference) {
    if (reference.empty()) return {};
    const Alias row = site.alias_of("Resource", reference);
    const auto json = [&](const Row& found) -> Result<std::string> {
        const auto text = TRY(open("resource", row, found.blob(0)));
        return std::string(text.view());
    };
    const auto found =
        database.select_one(json, "select sealed from resource where id = ?1", row);
    return found ? (*found).value_or("") : "";
}

Result<std::vector<std::string>> Store::resources(std::string_view type) {
    return inside_->database.select(
        [&](const Row& row) -> Result<std::string> {
            const auto text = TRY(inside_->open("resource", row.alias(0), row.blob(1)));
            return std::string(text.view());
        },
        "select id, sealed from resource where type = ?1 order by id", type);
}

Result<std::vector<Alias>> Store::visits_of(Date day) {
    return inside_->database.select(
        [](const Row& row) -> Result<Alias> { return row.alias(0); },
        "select slip from visit where day = ?1 order by starts_at, slip", day);
}

}  // namespace foyer
