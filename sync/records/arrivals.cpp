#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/call_name.h"
#include "sync/records/attendance_unit.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

bool contains(const std::vector<Alias>& aliases, const Alias& wanted) {
    return std::ranges::find(aliases, wanted) != aliases.end();
}

bool called_off(AppointmentStatus status) {
    return status == AppointmentStatus::cancelled ||
           status == AppointmentStatus::entered_in_error;
}

Unit unit_of(const SealedVisit& visit, const Alias& row, const ArrivalSeen& arrival) {
    const CheckIn& check_in = arrival.check_in;
    nlohmann::json body = {{"act", "check-in"},
                           {"appointment", visit.appointment},
                           {"patient", visit.patient},
                           {"shared", visit.shared},
                           {"service", code(visit.service)},
                           {"starts", format_instant(visit.starts)},
                           {"at", format_instant(check_in.at)},
                           {"clock", code(check_in.clock)},
                           {"late", check_in.late},
                           {"call_name", spoken(check_in.call_name, "en")},
                           {"device", arrival.device}};
    if (takes_attendance(visit.service)) {
        body["method"] = code(arrival.method);
        body["attested"] = arrival.attested;
        if (arrival.by_hand) body["by_hand"] = true;
        body["ends"] = format_instant(visit.ends);
    }
    return {.id = arrival.unit,
            .lane = Lane::arrivals,
            .at = check_in.at,
            .visit = row,
            .patient = std::nullopt,
            .body = body.dump()};
}

/// The signature goes by itself and after the check-in: who hears of an arrival needs
/// no picture. Two kiosks that signed the same patient in hold two signatures.
Unit signature_of(const SealedVisit& visit, const Alias& row,
                  const ArrivalSeen& arrival, const std::string& png) {
    const nlohmann::json body = {{"act", "signature"},
                                 {"appointment", visit.appointment},
                                 {"patient", visit.patient},
                                 {"shared", visit.shared},
                                 {"service", code(visit.service)},
                                 {"at", format_instant(arrival.check_in.at)},
                                 {"clock", code(arrival.check_in.clock)},
                                 {"device", arrival.device},
                                 {"signs", arrival.unit},
                                 {"png", png}};
    return {.id = unit_id("signature|" + arrival.unit + "|" +
                          std::to_string(arrival.device)),
            .lane = Lane::consents,
            .at = arrival.check_in.at,
            .visit = row,
            .patient = std::nullopt,
            .body = body.dump(),
            .after = arrival.unit};
}

}  // namespace

std::string act_of_check_in(const SealedVisit& visit) {
    return check_in_act(visit.appointment, visit.patient, visit.shared);
}

Result<std::vector<Visit>> Store::check_in(const Arrival& arrival) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    auto found = TRY(inside_->found_for(arrival));

    for (auto& visit : found) {
        if (visit.check_in) continue;
        const Alias slip = inside_->slip_alias(visit.sealed);
        const Alias patient = inside_->patient_alias(visit.sealed.patient);
        const Date day = inside_->time.day_of(arrival.at);
        visit.check_in = CheckIn{.at = arrival.at,
                                 .clock = arrival.clock,
                                 .call_name = TRY(inside_->call_name_of(day, patient)),
                                 .late = contains(arrival.late, slip)};
        TRY(inside_->record(visit, day));
        const bool by_hand =
            !arrival.signature.empty() && counts_hours(visit.sealed.service);
        const ArrivalSeen told{.unit = unit_id(act_of_check_in(visit.sealed)),
                               .appointment = visit.sealed.appointment,
                               .patient = visit.sealed.patient,
                               .check_in = *visit.check_in,
                               .device = inside_->device_index,
                               .method = arrival.method,
                               .attested = arrival.attested,
                               .by_hand = by_hand};
        TRY(inside_->sign_in(visit, told));
        TRY(inside_->queue(unit_of(visit.sealed, visit.row, told)));
        if (by_hand)
            TRY(inside_->queue(
                signature_of(visit.sealed, visit.row, told, arrival.signature)));
        TRY(inside_->audit(AuditAction::checked_in, arrival.at, slip));
    }

    std::vector<Visit> visits;
    for (const auto& visit : found) visits.push_back(inside_->with_names(visit));
    TRY(transaction.commit());
    return visits;
}

Result<std::vector<Store::Inside::Found>> Store::Inside::found_for(
    const Arrival& arrival) {
    if (arrival.visits.empty())
        return fail(Error::Code::bad_input, "records: an arrival without visits");
    std::vector<Found> all;
    for (const Alias& slip : arrival.visits) {
        auto found = TRY(visit_for(slip));
        if (!found)
            return fail(Error::Code::not_found, "records: the visit is gone meanwhile");
        if (!all.empty() && all.front().sealed.patient != found->sealed.patient)
            return fail(Error::Code::bad_input,
                        "records: an arrival of several patients");
        if (!found->check_in && called_off(found->sealed.status))
            return fail(Error::Code::refused, "records: the visit was called off");
        all.push_back(*std::move(found));
    }
    return all;
}

Result<void> Store::Inside::record(const Found& visit, Date day) {
    const Bytes sealed = seal("check_in", visit.row, to_text(*visit.check_in));
    TRY(database.execute(
        "insert into check_in (visit, day, sealed) values (?1, ?2, ?3)", visit.row, day,
        sealed));
    return {};
}

Result<bool> Store::Inside::is_given(const CallName& name, Date day) {
    const auto given = TRY(database.select_one(
        [](const Row&) -> Result<bool> { return true; },
        "select 1 from call_name where day = ?1 and plant = ?2 and number = ?3", day,
        name.plant, name.number));
    return given.has_value();
}

Result<CallName> Store::Inside::call_name_of(Date day, const Alias& patient) {
    const auto given = TRY(database.select_one(
        [](const Row& row) -> Result<CallName> {
            return CallName{int(row.integer(0)), int(row.integer(1))};
        },
        "select plant, number from call_name where day = ?1 and patient = ?2", day,
        patient));
    if (given) return *given;

    // Names heard from elsewhere count below 0.
    auto count = TRY(database.select_one(
        [](const Row& row) -> Result<std::int64_t> { return row.integer(0); },
        "select max(coalesce(max(count), -1), -1) + 1 from call_name where day = ?1",
        day));
    CallName name = call_name(device_index, int(*count));
    // Records made anew begin again; the server may remember who has which name.
    while (TRY(is_given(name, day))) name = call_name(device_index, int(++*count));
    TRY(database.execute(R"sql(
        insert into call_name (day, patient, count, plant, number)
        values (?1, ?2, ?3, ?4, ?5)
    )sql",
                         day, patient, *count, name.plant, name.number));
    return name;
}

}  // namespace foyer
