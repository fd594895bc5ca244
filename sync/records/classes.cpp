#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "sync/records/inside.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

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
    return Json{{"unit", sign_up.unit},
                {"patient", sign_up.patient},
                {"session", to_json(sign_up.session)},
                {"at", milliseconds(sign_up.at)},
                {"trusted", sign_up.clock == ClockQuality::trusted},
                {"state", name(sign_up.state)},
                {"slot", sign_up.slot},
                {"appointment", sign_up.appointment},
                {"place", sign_up.place},
                {"nth", sign_up.nth},
                {"told", sign_up.told}}
        .dump();
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

/// The text at a place of a foreign resource; empty if there is none.
std::string text_at(const Json& resource, const char* place) {
    const auto* found = &resource;
    const Json::json_pointer pointer(place);
    if (!resource.is_object() || !resource.contains(pointer)) return {};
    found = &resource.at(pointer);
    return found->is_string() ? found->get<std::string>() : std::string();
}

/// A seat as a Slot says it; none if that is no seat to be given away.
struct Seat {
    ClassSession session;
    bool free = false;
};
std::optional<Seat> seat_of(std::string_view json) {
    constexpr std::string_view prefix = "Schedule/";
    const Json slot = Json::parse(json, nullptr, false);
    std::string schedule = text_at(slot, "/schedule/reference");
    const auto found = schedule.rfind(prefix);
    const auto starts = parse_instant(text_at(slot, "/start"));
    const auto ends = parse_instant(text_at(slot, "/end"));
    const std::string status = text_at(slot, "/status");
    if (found == std::string::npos || !starts || !ends ||
        (status != "free" && status != "busy" && status != "busy-tentative"))
        return std::nullopt;
    return Seat{{schedule.substr(found + prefix.size()), *starts, *ends},
                status == "free"};
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
    return body.dump();
}

bool over(const SignUp& sign_up) {
    return sign_up.state == SignUpState::left || sign_up.state == SignUpState::refused;
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
            on conflict (unit) do update set sealed = excluded.sealed
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
    return write(now);
}

// --- sessions
// -----------------------------------------------------------------------------

Result<std::vector<SessionSeats>> Store::sessions(Instant after) {
    std::map<std::pair<Instant, std::string>, SessionSeats> all;
    const auto count = [&](const Row& row) -> Result<bool> {
        const auto text = TRY(inside_->open("resource", row.alias(0), row.blob(1)));
        const auto seat = seat_of(text.view());
        if (!seat || seat->session.starts <= after) return false;
        auto& session = all[{seat->session.starts, seat->session.schedule}];
        if (session.seats == 0) session.session = seat->session;
        ++session.seats;
        if (seat->free) ++session.free;
        return true;
    };
    TRY(inside_->database.select(
        count, "select id, sealed from resource where type = 'Slot' order by id"));
    const auto held = TRY(leases());
    for (const Lease& lease : held) {
        const auto session = all.find({lease.session.starts, lease.session.schedule});
        if (session != all.end() && lease.expires - tuning::lease_stops_before > after)
            ++session->second.leased;
    }
    std::vector<SessionSeats> sessions;
    for (auto& [when, session] : all) {
        const Json schedule = Json::parse(
            inside_->resource("Schedule/" + session.session.schedule), nullptr, false);
        session.title = text_at(schedule, "/serviceType/0/text");
        if (session.title.empty())
            session.title = text_at(schedule, "/serviceType/0/coding/0/display");
        sessions.push_back(std::move(session));
    }
    return sessions;
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
        if (!over(before)) return before;

    SignUp sign_up;
    sign_up.patient = TRY(patient(wanted.patient)).id;
    sign_up.session = wanted.session;
    sign_up.at = wanted.at;
    sign_up.clock = wanted.clock;
    sign_up.nth = int(held.size());
    sign_up.unit = unit_id(act_of(sign_up));

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

Result<SignUp> Store::leave_class(std::string_view unit, Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto held = TRY(sign_up(unit));
    if (!held) return fail(Error::Code::not_found, "records: no such sign-up");
    if (held->state == SignUpState::left) return *held;
    if (held->state == SignUpState::refused)
        return fail(Error::Code::refused, "records: there is no seat to give up");

    SignUp sign_up = *held;
    sign_up.state = SignUpState::left;
    sign_up.told = true;
    const Alias patient = inside_->patient_alias(sign_up.patient);
    const Json body = {{"act", "leave-class"},
                       {"sign_up", sign_up.unit},
                       {"schedule", sign_up.session.schedule},
                       {"starts", format_instant(sign_up.session.starts)},
                       {"ends", format_instant(sign_up.session.ends)},
                       {"patient", sign_up.patient},
                       {"nth", sign_up.nth},
                       {"asked", format_instant(sign_up.at)},
                       {"at", format_instant(at)},
                       {"clock", code(inside_->clock_quality())},
                       {"device", inside_->device_index}};
    TRY(inside_->write(sign_up));
    TRY(inside_->queue({.id = unit_id("leave-class|" + sign_up.unit),
                        .lane = Lane::sign_ups,
                        .at = at,
                        .visit = std::nullopt,
                        .patient = patient,
                        .body = body.dump(),
                        .after = sign_up.unit}));
    TRY(inside_->audit(AuditAction::class_left, at, patient));
    TRY(transaction.commit());
    return sign_up;
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

Result<std::vector<SignUp>> Store::open_sign_ups(Instant after) {
    auto all = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->sign_up_from(row); },
        "select unit, sealed from sign_up where day >= ?1 order by day, unit",
        inside_->time.day_of(after)));
    std::erase_if(all, [&](const SignUp& sign_up) {
        return over(sign_up) || sign_up.session.starts <= after;
    });
    return all;
}

Result<void> Store::mark_told(std::string_view unit) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    auto held = TRY(sign_up(unit));
    if (!held) return fail(Error::Code::not_found, "records: no such sign-up");
    held->told = true;
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
