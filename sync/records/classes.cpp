#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sync/records/attendance_unit.h"
#include "sync/records/inside.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

/// One that began yesterday evening may still run; none runs for longer.
constexpr std::chrono::hours longest_session{24};

Json milliseconds(Instant at) {
    return at.time_since_epoch().count();
}
Instant instant(const Json& value) {
    return Instant(std::chrono::milliseconds(value.get<std::int64_t>()));
}

Json to_json(const ClassSession& session) {
    return {{"schedule", session.schedule},
            {"starts", milliseconds(session.starts)},
            {"ends", milliseconds(session.ends)}};
}
ClassSession session_from(const Json& row) {
    return {row.at("schedule"), instant(row.at("starts")), instant(row.at("ends"))};
}

std::string to_text(const SignUp& sign_up) {
    Json row = {{"unit", sign_up.unit},
                {"patient", sign_up.patient},
                {"session", to_json(sign_up.session)},
                {"at", milliseconds(sign_up.at)},
                {"trusted", sign_up.clock == ClockQuality::trusted},
                {"state", name(sign_up.state)},
                {"slot", sign_up.slot},
                {"appointment", sign_up.appointment},
                {"place", sign_up.place},
                {"nth", sign_up.nth},
                {"told", sign_up.told},
                {"here", sign_up.here},
                {"accepted", sign_up.accepted}};
    if (sign_up.accept_by) row["accept_by"] = milliseconds(*sign_up.accept_by);
    if (sign_up.moved_from) row["moved_from"] = milliseconds(*sign_up.moved_from);
    return row.dump();
}

Result<SignUp> sign_up_of(std::string_view text) {
    try {
        const Json row = Json::parse(text);
        SignUp sign_up;
        row.at("unit").get_to(sign_up.unit);
        row.at("patient").get_to(sign_up.patient);
        sign_up.session = session_from(row.at("session"));
        sign_up.at = instant(row.at("at"));
        sign_up.clock =
            row.at("trusted") ? ClockQuality::trusted : ClockQuality::untrusted;
        sign_up.state =
            sign_up_state(row.at("state").get<std::string>()).value_or(sign_up.state);
        row.at("slot").get_to(sign_up.slot);
        row.at("appointment").get_to(sign_up.appointment);
        row.at("place").get_to(sign_up.place);
        row.at("nth").get_to(sign_up.nth);
        row.at("told").get_to(sign_up.told);
        // Rows of the first version know nothing of these.
        sign_up.here = row.value("here", false);
        sign_up.accepted = row.value("accepted", false);
        if (row.contains("accept_by")) sign_up.accept_by = instant(row["accept_by"]);
        if (row.contains("moved_from")) sign_up.moved_from = instant(row["moved_from"]);
        return sign_up;
    } catch (const Json::exception&) {
        return fail(Error::Code::corrupt, "records: a sign-up is damaged");
    }
}

std::string to_text(const Lease& lease) {
    return Json{{"slot", lease.slot},
                {"session", to_json(lease.session)},
                {"version", lease.version},
                {"expires", milliseconds(lease.expires)}}
        .dump();
}

Result<Lease> lease_of(std::string_view text) {
    try {
        const Json row = Json::parse(text);
        return Lease{row.at("slot"), session_from(row.at("session")), row.at("version"),
                     instant(row.at("expires"))};
    } catch (const Json::exception&) {
        return fail(Error::Code::corrupt, "records: a lease is damaged");
    }
}

std::string act_of(const SignUp& sign_up) {
    return "sign-up|" + sign_up.session.key() + "|Patient/" + sign_up.patient + "|" +
           std::to_string(sign_up.nth);
}

std::string body_of(const SignUp& sign_up, int device) {
    Json body = {{"act", "sign-up"},
                 {"schedule", sign_up.session.schedule},
                 {"starts", format_instant(sign_up.session.starts)},
                 {"ends", format_instant(sign_up.session.ends)},
                 {"patient", sign_up.patient},
                 {"nth", sign_up.nth},
                 {"at", format_instant(sign_up.at)},
                 {"clock", code(sign_up.clock)},
                 {"device", device}};
    if (!sign_up.slot.empty()) body["leased"] = sign_up.slot;
    if (sign_up.here) body["here"] = true;
    return body.dump();
}

/// What a later act says of the sign-up it is about.
Json body_about(const SignUp& sign_up, const char* act, Instant at, ClockQuality clock,
                int device) {
    return {{"act", act},
            {"sign_up", sign_up.unit},
            {"appointment", sign_up.appointment},
            {"schedule", sign_up.session.schedule},
            {"starts", format_instant(sign_up.session.starts)},
            {"ends", format_instant(sign_up.session.ends)},
            {"patient", sign_up.patient},
            {"nth", sign_up.nth},
            {"asked", format_instant(sign_up.at)},
            {"at", format_instant(at)},
            {"clock", code(clock)},
            {"device", device}};
}

}  // namespace

// --- rows
// ---------------------------------------------------------------------------------

Result<SignUp> Store::Inside::sign_up_from(const Row& row) const {
    const auto text = TRY(open("sign_up", row.alias(0), row.blob(1)));
    return sign_up_of(text.view());
}

Result<Lease> Store::Inside::lease_from(const Row& row) const {
    const auto text = TRY(open("lease", row.alias(0), row.blob(1)));
    return lease_of(text.view());
}

Result<void> Store::Inside::write(const SignUp& sign_up) {
    const Alias row = site.alias_of("Unit", sign_up.unit);
    TRY(database.execute(
        R"sql(
        insert into sign_up (unit, patient, session, day, sealed)
        values (?1, ?2, ?3, ?4, ?5)
            on conflict (unit) do update
           set session = excluded.session, day = excluded.day, sealed = excluded.sealed
    )sql",
        row, patient_alias(sign_up.patient), session_alias(sign_up.session),
        time.day_of(sign_up.session.starts), seal("sign_up", row, to_text(sign_up))));
    return {};
}

Result<void> Store::Inside::apply(const SignUp& sign_up) {
    const auto held =
        TRY(database.select_one([&](const Row& row) { return sign_up_from(row); },
                                "select unit, sealed from sign_up where unit = ?1",
                                site.alias_of("Unit", sign_up.unit)));
    SignUp now = sign_up;
    if (held && held->state == SignUpState::left) {
        now.state = SignUpState::left;
        now.told = held->told;
    }
    // The patient said yes while the exchange looked at the offer.
    if (held && held->accepted && !now.accepted) {
        now.accepted = true;
        if (now.state == SignUpState::offered) {
            now.state = held->state;
            now.told = held->told;
        }
    }
    return write(now);
}

// --- the patient acts
// ----------------------------------------------------------------------

Result<SignUp> Store::ask_sign_up(const WantedClass& wanted) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    Database& database = inside_->database;
    const auto held = TRY(database.select(
        [&](const Row& row) { return inside_->sign_up_from(row); },
        "select unit, sealed from sign_up where patient = ?1 and session = ?2",
        wanted.patient, inside_->session_alias(wanted.session)));
    for (const SignUp& before : held)
        if (!over(before.state)) return before;

    SignUp sign_up;
    sign_up.patient = TRY(patient(wanted.patient)).id;
    sign_up.session = wanted.session;
    sign_up.at = wanted.at;
    sign_up.clock = wanted.clock;
    sign_up.here = wanted.here;
    sign_up.nth = int(held.size());
    sign_up.unit = unit_id(act_of(sign_up));
    // One that moved to another time took its number with it.
    while (TRY(this->sign_up(sign_up.unit))) {
        ++sign_up.nth;
        sign_up.unit = unit_id(act_of(sign_up));
    }

    if (wanted.clock == ClockQuality::trusted) {
        const auto lease = TRY(database.select_one(
            [&](const Row& row) { return inside_->lease_from(row); }, R"sql(
            select slot, sealed from lease
             where session = ?1 and expires_at > ?2
             order by expires_at, slot
             limit 1
        )sql",
            inside_->session_alias(wanted.session),
            wanted.at + tuning::lease_stops_before));
        if (lease) {
            sign_up.slot = lease->slot;
            sign_up.state = SignUpState::confirmed;
            TRY(database.execute(
                "delete from lease where slot = ?1",
                inside_->site.alias_of("Resource", "Slot/" + lease->slot)));
        }
    }
    TRY(inside_->write(sign_up));
    TRY(inside_->queue({.id = sign_up.unit,
                        .lane = Lane::sign_ups,
                        .at = wanted.at,
                        .visit = std::nullopt,
                        .patient = wanted.patient,
                        .body = body_of(sign_up, inside_->device_index)}));
    TRY(inside_->audit(AuditAction::class_asked, wanted.at, wanted.patient));
    TRY(transaction.commit());
    return sign_up;
}

Result<void> Store::Inside::tell(const SignUp& sign_up, const std::string& act,
                                 Instant at, std::string body, AuditAction action) {
    const Alias patient = patient_alias(sign_up.patient);
    TRY(write(sign_up));
    TRY(queue({.id = unit_id(act + "|" + sign_up.unit),
               .lane = Lane::sign_ups,
               .at = at,
               .visit = std::nullopt,
               .patient = patient,
               .body = std::move(body),
               .after = sign_up.unit}));
    return audit(action, at, patient);
}

Result<SignUp> Store::leave_class(std::string_view unit, Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto held = TRY(sign_up(unit));
    if (!held) return fail(Error::Code::not_found, "records: no such sign-up");
    if (held->state == SignUpState::left) return *held;
    if (over(held->state))
        return fail(Error::Code::refused, "records: there is no seat to give up");

    SignUp sign_up = *held;
    sign_up.state = SignUpState::left;
    sign_up.told = true;
    const Json body = body_about(sign_up, "leave-class", at, inside_->clock_quality(),
                                 inside_->device_index);
    TRY(inside_->tell(sign_up, "leave-class", at, body.dump(),
                      AuditAction::class_left));
    TRY(transaction.commit());
    return sign_up;
}

Result<SignUp> Store::accept_offer(std::string_view unit, Instant at,
                                   ClockQuality clock) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto held = TRY(sign_up(unit));
    if (!held) return fail(Error::Code::not_found, "records: no such sign-up");
    if (held->accepted || held->state == SignUpState::confirmed) return *held;
    if (held->state != SignUpState::offered)
        return fail(Error::Code::refused, "records: there is no offer to accept");

    SignUp sign_up = *held;
    const bool in_time = clock == ClockQuality::trusted &&
                         (!sign_up.accept_by || at < *sign_up.accept_by);
    sign_up.state = in_time ? SignUpState::confirmed : SignUpState::asked;
    sign_up.accepted = sign_up.told = true;
    Json body = body_about(sign_up, "accept-offer", at, clock, inside_->device_index);
    if (sign_up.accept_by) body["accept_by"] = format_instant(*sign_up.accept_by);
    TRY(inside_->tell(sign_up, "accept-offer", at, body.dump(),
                      AuditAction::offer_accepted));
    TRY(transaction.commit());
    return sign_up;
}

Result<AttendanceEvent> Store::class_sign_in(std::string_view unit, Instant at,
                                             ClockQuality clock,
                                             AttendanceMethod method) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto held = TRY(sign_up(unit));
    if (!held) return fail(Error::Code::not_found, "records: no such sign-up");
    if (held->state != SignUpState::confirmed)
        return fail(Error::Code::refused, "records: there is no seat to sign in to");
    AttendanceEvent event;
    // One sign-in a sign-up, whenever and wherever it is told.
    event.unit = unit_id("attendance|sign-up|" + held->unit + "|sign-in");
    if (const auto known = TRY(attendance_event(event.unit))) return *known;
    event.sign_up = held->unit;
    event.appointment = held->appointment;
    event.patient = held->patient;
    event.service = Service::holistic_class;
    event.starts = held->session.starts;
    event.ends = held->session.ends;
    event.at = event.recorded = at;
    event.clock = clock;
    event.device = inside_->device_index;
    event.method = method;
    event.attested = true;
    const Alias patient = inside_->patient_alias(held->patient);
    Unit told = unit_of(event, false);
    told.patient = patient;
    told.after = held->unit;
    TRY(inside_->keep(event));
    TRY(inside_->queue(told));
    TRY(inside_->audit(AuditAction::attended, at, patient));
    TRY(transaction.commit());
    return event;
}

Result<void> Store::adopt_sign_up(const SignUp& sign_up) {
    if (TRY(this->sign_up(sign_up.unit))) return {};
    const auto known = TRY(
        inside_->database.select_one([](const Row&) -> Result<bool> { return true; },
                                     "select 1 from patient where id = ?1",
                                     inside_->patient_alias(sign_up.patient)));
    if (!known) return {};
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->write(sign_up));
    return transaction.commit();
}

Result<bool> Store::has_come(std::string_view patient, std::string_view appointment,
                             std::string_view sign_up) {
    if (!TRY(checked_in(appointment)).empty()) return true;
    const auto events = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->attendance_row(row); },
        "select id, sealed from attendance where patient = ?1",
        inside_->patient_alias(patient)));
    return std::ranges::any_of(standing(events), [&](const AttendanceEvent& event) {
        return (!appointment.empty() && event.appointment == appointment) ||
               (!sign_up.empty() && event.sign_up == sign_up);
    });
}

Result<std::optional<SignUp>> Store::sign_up(std::string_view unit) {
    return inside_->database.select_one(
        [&](const Row& row) { return inside_->sign_up_from(row); },
        "select unit, sealed from sign_up where unit = ?1",
        inside_->site.alias_of("Unit", unit));
}

Result<std::vector<SignUp>> Store::sign_ups_of(const Alias& patient) {
    auto all = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->sign_up_from(row); },
        "select unit, sealed from sign_up where patient = ?1", patient));
    std::ranges::sort(all, {}, [](const SignUp& sign_up) {
        return std::tuple(sign_up.session.starts, sign_up.nth, sign_up.unit);
    });
    return all;
}

Result<std::vector<SignUp>> Store::untold_sign_ups(Instant after) {
    auto all = TRY(inside_->sign_ups_after(after));
    std::erase_if(all, [](const SignUp& sign_up) { return sign_up.told; });
    return all;
}

Result<std::vector<SignUp>> Store::open_sign_ups(Instant after) {
    auto all = TRY(inside_->sign_ups_after(after));
    std::erase_if(all, [](const SignUp& sign_up) { return over(sign_up.state); });
    return all;
}

Result<void> Store::log_staff_act(AuditAction action, std::optional<Alias> subject,
                                  Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->audit(action, at, subject));
    return transaction.commit();
}

Result<std::vector<SignUp>> Store::Inside::sign_ups_after(Instant after) {
    auto all = TRY(database.select(
        [&](const Row& row) { return sign_up_from(row); },
        "select unit, sealed from sign_up where day >= ?1 order by day, unit",
        time.day_of(after - longest_session)));
    std::erase_if(all, [&](const SignUp& each) { return each.session.ends <= after; });
    return all;
}

Result<void> Store::mark_told(std::string_view unit) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    auto held = TRY(sign_up(unit));
    if (!held) return fail(Error::Code::not_found, "records: no such sign-up");
    held->told = true;
    held->moved_from.reset();
    TRY(inside_->write(*held));
    return transaction.commit();
}

Result<void> Store::update_sign_up(const SignUp& sign_up,
                                   const std::vector<Conflict>& conflicts) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->apply(sign_up));
    for (const Conflict& conflict : conflicts) TRY(inside_->record(conflict));
    return transaction.commit();
}

// --- leases
// -------------------------------------------------------------------------------

Result<std::vector<Lease>> Store::leases() {
    return inside_->database.select(
        [&](const Row& row) { return inside_->lease_from(row); },
        "select slot, sealed from lease order by expires_at, slot");
}

Result<void> Store::keep_lease(const Lease& lease) {
    const Alias row = inside_->site.alias_of("Resource", "Slot/" + lease.slot);
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->database.execute(R"sql(
        insert into lease (slot, session, expires_at, sealed) values (?1, ?2, ?3, ?4)
            on conflict (slot) do update
           set session = excluded.session, expires_at = excluded.expires_at,
               sealed = excluded.sealed
    )sql",
                                  row, inside_->session_alias(lease.session),
                                  lease.expires,
                                  inside_->seal("lease", row, to_text(lease))));
    return transaction.commit();
}

Result<void> Store::drop_lease(std::string_view slot,
                               const std::vector<Conflict>& conflicts) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->database.execute(
        "delete from lease where slot = ?1",
        inside_->site.alias_of("Resource", "Slot/" + std::string(slot))));
    for (const Conflict& conflict : conflicts) TRY(inside_->record(conflict));
    return transaction.commit();
}

}  // namespace foyer
