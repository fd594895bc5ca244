#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "sync/clinic/call_name.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

/// Who came in at this device, and whom staff are done with: {"came": [bodies],
/// "done": [bodies]}. A handful a day, so one sealed note holds them.
constexpr std::string_view lobby_memo = "lobby";
constexpr const char* done_act = "lobby-done";

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json parsed(std::string_view text) {
    auto value = Json::parse(text, nullptr, false);
    return value.is_object() ? value : Json::object();
}

Json noted(const std::optional<std::string>& memo) {
    Json all = parsed(memo.value_or("{}"));
    for (const char* list : {"came", "done"})
        if (!all[list].is_array()) all[list] = Json::array();
    return all;
}

/// None of a body that is about nobody in the lobby.
std::optional<LobbyEntry> entry_from(const Json& body) {
    if (!body.is_object() || text_at(body, "act") != "desk") return std::nullopt;
    const auto need = lobby_need(text_at(body, "need"));
    const auto name = call_name_from(text_at(body, "call_name"));
    const auto at = parse_instant(text_at(body, "at"));
    if (!need || !name || !at) return std::nullopt;
    LobbyEntry entry{.unit = text_at(body, "unit"),
                     .call_name = *name,
                     .need = *need,
                     .topic = text_at(body, "topic"),
                     .since = *at};
    entry.guest = text_at(body, "guest");
    entry.guest_code = text_at(body, "code");
    entry.appointment = text_at(body, "appointment");
    entry.patient = text_at(body, "patient");
    entry.release = text_at(body, "release") == "on-file";
    if (text_at(body, "clock") == code(ClockQuality::untrusted))
        entry.clock = ClockQuality::untrusted;
    if (const auto device = body.find("device");
        device != body.end() && device->is_number_integer())
        entry.device = device->get<int>();
    return entry;
}

/// The names that bodies of an act tell of, on one day of the site.
void collect(const Json& body, std::string_view act, Date day, const SiteTime& time,
             std::set<CallName>& into) {
    if (!body.is_object() || text_at(body, "act") != act) return;
    const auto name = call_name_from(text_at(body, "call_name"));
    const auto at = parse_instant(text_at(body, "at"));
    if (name && at && time.day_of(*at) == day) into.insert(*name);
}

}  // namespace

const char* code(LobbyNeed need) {
    switch (need) {
        case LobbyNeed::see_someone:
            return "see-someone";
        case LobbyNeed::question:
            return "question";
        case LobbyNeed::case_management:
            return "case-management";
        case LobbyNeed::guest:
            return "guest";
    }
    return "";
}

const char* code(GuestArrival::Code code) {
    switch (code) {
        case GuestArrival::Code::none:
            return "none";
        case GuestArrival::Code::fits:
            return "fits";
        case GuestArrival::Code::wrong:
            return "wrong";
        case GuestArrival::Code::not_checked:
            return "not-checked";
    }
    return "";
}

std::optional<LobbyNeed> lobby_need(std::string_view text) {
    using enum LobbyNeed;
    for (const auto need : {see_someone, question, case_management, guest})
        if (text == code(need)) return need;
    return std::nullopt;
}

Result<LobbyEntry> Store::come_in(const LobbyArrival& who) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const Date day = inside_->time.day_of(who.at);
    const CallName name = TRY(inside_->call_name_of_nobody(day));
    Json body = {{"act", "desk"},
                 {"reason", who.guest ? "guest" : "walk-in"},
                 {"need", code(who.need)},
                 {"identity", "unverified"},
                 {"call_name", spoken(name, "en")},
                 {"at", format_instant(who.at)},
                 {"clock", code(who.clock)},
                 {"device", inside_->device_index}};
    if (!who.topic.empty()) body["topic"] = who.topic;
    if (who.guest) {
        body["guest"] = who.guest->name;
        body["code"] = code(who.guest->code);
        if (who.guest->visit)
            if (const auto visit = TRY(inside_->visit_for(*who.guest->visit))) {
                body["appointment"] = visit->sealed.appointment;
                body["patient"] = visit->sealed.patient;
                body["release"] = who.guest->release ? "on-file" : "none";
                if (!who.guest->whom.empty()) body["whom"] = who.guest->whom;
            }
    }
    const std::string unit = unit_id("desk|" + dumped(body));
    // Among the arrivals: the site's other devices hear of it too. Without the visit's
    // row: it is no arrival of the patient.
    TRY(inside_->queue({.id = unit,
                        .lane = Lane::arrivals,
                        .at = who.at,
                        .visit = std::nullopt,
                        .patient = std::nullopt,
                        .body = dumped(body)}));
    body["unit"] = unit;
    TRY(inside_->note_lobby("came", dumped(body), who.at));
    TRY(inside_->audit(AuditAction::desk_told, who.at));
    TRY(transaction.commit());
    return *entry_from(body);
}

/// A call name for somebody who is not known to be a patient.
Result<CallName> Store::Inside::call_name_of_nobody(Date day) {
    const auto given = TRY(database.select_one(
        [](const Row& row) -> Result<std::int64_t> { return row.integer(0); },
        "select count(*) from call_name where day = ?1", day));
    // Only more are given in a day: nobody had this alias before.
    return call_name_of(day,
                        site.alias_of("Lobby", std::to_string(device_index) + "|" +
                                                   std::to_string(given.value_or(0))));
}

/// Puts a body into a list of the lobby's note, and drops what is days old.
Result<void> Store::Inside::note_lobby(const char* list, const std::string& body,
                                       Instant now) {
    constexpr std::chrono::hours kept{48};
    Json all = noted(TRY(read_memo(lobby_memo)));
    const auto is_old = [&](const Json& old) {
        const auto at = parse_instant(old.is_object() ? text_at(old, "at") : "");
        return !at || *at + kept < now;
    };
    for (const char* each : {"came", "done"})
        std::erase_if(all[each].get_ref<Json::array_t&>(), is_old);
    all[list].push_back(parsed(body));
    return write_memo(lobby_memo, dumped(all));
}

Result<std::vector<LobbyEntry>> Store::lobby(Instant now) {
    const Date day = inside_->time.day_of(now);
    const Json own = noted(TRY(inside_->read_memo(lobby_memo)));
    std::vector<Json> bodies(own["came"].begin(), own["came"].end());
    std::set<CallName> done, called;
    for (const auto& body : own["done"])
        collect(body, done_act, day, inside_->time, done);

    const auto heard =
        TRY(inside_->inbox("select unit, lane, peer, shown, sealed "
                           "from site_inbox where lane in (10, 20) order by seq"));
    for (const auto& each : heard) {
        bodies.push_back(parsed(each.unit.unit.body));
        bodies.back()["unit"] = each.unit.unit.id;
        collect(bodies.back(), done_act, day, inside_->time, done);
        collect(bodies.back(), "call", day, inside_->time, called);
    }
    // A desk has its own calls among what it tells.
    const auto told = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->site_unit(row); },
        "select unit, lane, sealed from site_outbox where lane = 20"));
    for (const auto& each : told)
        collect(parsed(each.unit.body), "call", day, inside_->time, called);

    std::vector<LobbyEntry> waiting;
    for (const auto& body : bodies) {
        auto entry = entry_from(body);
        if (!entry || inside_->time.day_of(entry->since) != day ||
            done.contains(entry->call_name) ||
            std::ranges::count(waiting, entry->call_name, &LobbyEntry::call_name) > 0)
            continue;
        entry->called = called.contains(entry->call_name);
        waiting.push_back(*std::move(entry));
    }
    std::ranges::sort(waiting, {}, [](const LobbyEntry& entry) {
        return std::pair(entry.since, entry.call_name);
    });
    return waiting;
}

Result<void> Store::leave_lobby(const CallName& name, Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto waiting = TRY(lobby(at));
    if (std::ranges::count(waiting, name, &LobbyEntry::call_name) == 0)
        return fail(Error::Code::not_found, "nobody of that call name waits today");
    const Json body = {{"act", done_act},
                       {"call_name", spoken(name, "en")},
                       {"at", format_instant(at)},
                       {"clock", code(inside_->clock_quality())},
                       {"device", inside_->device_index}};
    TRY(inside_->note_lobby("done", dumped(body), at));
    TRY(inside_->tell_site({.id = unit_id("lobby|" + dumped(body)),
                            .lane = Lane::attendance,
                            .at = at,
                            .visit = std::nullopt,
                            .patient = std::nullopt,
                            .body = dumped(body)}));
    return transaction.commit();
}

Result<void> Store::admit_guest(const LobbyEntry& guest, std::string_view decided_by,
                                Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    Json body = {{"act", "desk"},
                 {"reason", "guest-admitted"},
                 {"decided_by", decided_by},
                 {"call_name", spoken(guest.call_name, "en")},
                 {"release", guest.release ? "on-file" : "none"},
                 {"at", format_instant(at)},
                 {"clock", code(inside_->clock_quality())},
                 {"device", inside_->device_index}};
    if (!guest.patient.empty()) body["patient"] = guest.patient;
    if (!guest.appointment.empty()) body["appointment"] = guest.appointment;
    std::optional<Alias> patient;
    if (!guest.patient.empty()) patient = inside_->patient_alias(guest.patient);
    TRY(inside_->queue({.id = unit_id("desk|" + dumped(body)),
                        .lane = Lane::desk,
                        .at = at,
                        .visit = std::nullopt,
                        .patient = std::nullopt,
                        .body = dumped(body)}));
    TRY(inside_->audit(AuditAction::guest_admitted, at, patient));
    return transaction.commit();
}

}  // namespace foyer
