#include "sync/push/round.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/push/attendance_resources.h"
#include "sync/push/reply.h"
#include "sync/push/seen_appointment.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Server = PushOutcome::Server;
using std::chrono::milliseconds;

std::string text_at(std::string_view json, const JsonPath& path) {
    const auto raw = raw_value(json, path);
    const auto value =
        raw ? nlohmann::json::parse(*raw, nullptr, false) : nlohmann::json();
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// A resource as the server wrote it, ready to be changed.
Contended contended_from(std::string_view resource, std::string version = {}) {
    Contended contended;
    contended.type = text_at(resource, {"resourceType"});
    contended.id = text_at(resource, {"id"});
    contended.json = resource;
    contended.version =
        version.empty() ? text_at(resource, {"meta", "versionId"}) : std::move(version);
    return contended;
}

bool of_visit(const Act& act) {
    return act.name == "check-in" || act.name == "paperwork";
}
/// Said again without references where the server refuses those: what happened is not
/// less true when the visit is gone.
bool goes_without_references(const Act& act) {
    return act.name == "safety" || act.name == "desk" || act.name == "attendance" ||
           act.name == "signature";
}

Round::Outcome with(Settled settled) {
    return {.settled = std::move(settled), .server = Server::well, .retry_after = {}};
}

Settled acknowledged(const Unit& unit) {
    return {.unit = unit.id, .how = Settled::How::acknowledged};
}

/// The server is there and does not serve us now; or something between answers for it.
Server fault_of(int status) {
    switch (status) {
        case 429:
        case 503:
            return Server::busy;
        case 502:
        case 504:
            return Server::unreachable;
        default:
            // 408, 425 and 5xx may be one unit's doing; redirects are not the server's.
            return status >= 400 ? Server::well : Server::unreachable;
    }
}

/// "Provenance?_tag=" and the encoded value behind it.
struct SplitAnchor {
    std::string query, value;
};
SplitAnchor split(const std::string& anchor) {
    const auto at = anchor.find('=') + 1;
    return {anchor.substr(0, at), anchor.substr(at)};
}

}  // namespace

Round::Round(const Pusher::Parts& parts, const Abilities& abilities, Instant now,
             std::mt19937_64& dice)
    : parts_(parts),
      abilities_(abilities),
      now_(now),
      dice_(dice),
      speaker_(speaker_of(*parts.site)) {}

std::optional<Round::Outcome> Round::prepare(const std::vector<Unit>& units) {
    std::set<std::string> appointments;
    std::map<std::string, std::set<std::string>> tried;  // query -> values
    for (const auto& unit : units) {
        const auto act = act_of(unit);
        if (!act) continue;
        if (of_visit(*act) && !act->appointment.empty())
            appointments.insert(act->appointment);
        if (unit.attempts == 0) continue;
        if (const auto anchor = anchor_of_unit(unit, *act)) {
            const auto [query, value] = split(*anchor);
            tried[query].insert(value);
        }
    }
    // What fails here fails again where it is needed, and is dealt with there; only
    // when nobody answers, nobody else has to ask.
    const auto ask =
        [&](const std::string& query,
            const std::set<std::string>& values) -> std::variant<Outcome, std::string> {
        std::string all;
        for (const auto& value : values) all += (all.empty() ? "" : ",") + value;
        const auto answer = parts_.server->search(
            query + all + "&_count=" + std::to_string(values.size() + 1));
        if (auto stop = trouble(units.front(), answer);
            stop && stop->server != Server::well)
            return Outcome{{}, stop->server, stop->retry_after};
        return answer && answer->good() ? answer->body : std::string();
    };

    for (const auto& [query, values] : tried) {
        auto answer = ask(query, values);
        if (auto* stop = std::get_if<Outcome>(&answer)) return std::move(*stop);
        const auto& body = std::get<std::string>(answer);
        if (body.empty()) continue;
        for (const auto& value : values) anchors_[query + value];
        for (const auto resource : resources_in(body))
            for (const auto& key : keys_in(resource))
                if (const auto at = anchors_.find(query + encoded(key));
                    at != anchors_.end())
                    at->second = resource;
    }
    if (appointments.size() < 2) return std::nullopt;
    auto answer = ask("Appointment?_id=", appointments);
    if (auto* stop = std::get_if<Outcome>(&answer)) return std::move(*stop);
    for (const auto resource : resources_in(std::get<std::string>(answer))) {
        auto contended = contended_from(resource);
        if (contended.type == "Appointment")
            held_["Appointment/" + contended.id] = std::move(contended);
    }
    return std::nullopt;
}

Round::Outcome Round::send(const Unit& unit) {
    if (unit.lane == Lane::sign_ups) {
        auto settled = parts_.sign_ups(unit, abilities_);
        if (settled && settled->how == Settled::How::parked &&
            settled->follow_ups.empty())
            settled->follow_ups.push_back(desk_task(unit, act_of(unit).value_or(Act{}),
                                                    "unit-refused", Lane::desk));
        if (settled) return with(*std::move(settled));
        const Result<Answer> failed = tl::unexpected<Error>(settled.error());
        return trouble(unit, failed).value_or(later(unit));
    }
    const auto act = act_of(unit);
    if (!act) return parked(unit, Act{}, act.error().what);
    return deliver(unit, *act);
}

/// With at most one more try: with what somebody changed meanwhile, or without the
/// references that the server does not take.
Round::Outcome Round::deliver(const Unit& unit, const Act& act) {
    if (unit.attempts > 0)
        if (auto outcome = already_there(unit, act, false)) return *std::move(outcome);
    auto tried = try_once(unit, act, false, Names::references);
    if (auto* outcome = std::get_if<Outcome>(&tried)) return std::move(*outcome);

    if (std::holds_alternative<Conflicting>(tried))
        if (auto outcome = already_there(unit, act, true)) return *std::move(outcome);
    const auto* refused = std::get_if<Refused>(&tried);
    if (refused != nullptr && !goes_without_references(act) && !of_visit(act) &&
        !refused->gone)
        return parked(unit, act, refused->why);
    // Refused though: whom or what it names may be gone from the server.
    tried = try_once(unit, act, true,
                     refused && goes_without_references(act) ? Names::identifiers
                                                             : Names::references);
    if (auto* outcome = std::get_if<Outcome>(&tried)) return std::move(*outcome);
    if (auto* again = std::get_if<Refused>(&tried))
        return parked(unit, act, again->why);
    return later(unit);
}

/// What became of a unit that the server has; none if it has not, as far as can be
/// told.
std::optional<Round::Outcome> Round::already_there(const Unit& unit, const Act& act,
                                                   bool fresh) {
    const auto anchor = anchor_of_unit(unit, act);
    if (!anchor) return std::nullopt;
    auto there = look(unit, *anchor, fresh);
    if (auto* stop = std::get_if<Outcome>(&there)) return std::move(*stop);
    const auto& resource = std::get<std::string>(there);
    if (resource.empty()) return std::nullopt;
    return found(unit, act, resource);
}

Round::Tried Round::try_once(const Unit& unit, const Act& act, bool fresh,
                             Names names) {
    auto fetched = fetch(unit, act, fresh);
    if (auto* stop = std::get_if<Outcome>(&fetched)) return std::move(*stop);
    const auto& contended = std::get<std::optional<Contended>>(fetched);
    if (auto objection = refusal(unit, act, contended)) return *std::move(objection);

    auto bundle = bundle_of(unit, act, contended, names);
    if (!bundle && bundle.error().code == Error::Code::not_found)
        return with(acknowledged(unit));
    if (!bundle) return parked(unit, act, bundle.error().what);
    if (contended) held_.erase(contended->type + "/" + contended->id);
    return transact(unit, act, *bundle);
}

Round::Tried Round::transact(const Unit& unit, const Act& act,
                             const std::string& bundle) {
    auto answer = parts_.server->transact(bundle);
    if (auto stop = trouble(unit, answer)) return *std::move(stop);
    auto status = *answer;
    if (answer->good()) {
        const auto reply = reply_of(bundle, answer->body);
        if (reply.whole) return done(unit, act, bundle, reply.was_there);
        // Done in part, or not to be told: what is missing is asked for again.
        if (reply.status == 0) return later(unit);
        status.status = reply.status;
        if (auto stop = trouble(unit, status)) return *std::move(stop);
    }
    const std::string words = outcome_text(answer->body);
    const std::string why =
        "HTTP " + std::to_string(status.status) + (words.empty() ? "" : ": " + words);
    switch (verdict_of(status)) {
        case Verdict::conflict:
            return Conflicting{};
        case Verdict::gone:
            return Refused{why, true};
        default:
            return Refused{why, false};
    }
}

Round::Outcome Round::done(const Unit& unit, const Act& act, const std::string& bundle,
                           bool was_there) {
    const bool read_back = unit.lane == Lane::safety;
    const bool compare = was_there && act.name == "check-in";
    if (!read_back && !compare) return with(acknowledged(unit));
    const auto anchor = anchor_of(bundle);
    if (!anchor) return with(acknowledged(unit));
    auto there = look(unit, *anchor, true);
    if (auto* stop = std::get_if<Outcome>(&there)) return std::move(*stop);
    const auto& resource = std::get<std::string>(there);
    // Told "done", and it is not there: somebody may be waiting for help.
    if (resource.empty()) return later(unit);
    return found(unit, act, resource);
}

/// The server has the act. Of an arrival, it may be another kiosk that told of it: the
/// earliest trusted time stands (sync.md decision 1).
Round::Outcome Round::found(const Unit& unit, const Act& act,
                            std::string_view anchored) {
    Settled settled = acknowledged(unit);
    if (act.name != "check-in") return with(std::move(settled));
    const Teller theirs = teller_in(anchored);
    const int index = act.device < 0 ? speaker_.device_index : act.device;
    const std::string ours = speaker_.site_id + "/" + std::to_string(index);
    if (theirs.device.empty() || theirs.device == ours) return with(std::move(settled));

    const auto their_time = parse_instant(theirs.at), our_time = parse_instant(act.at);
    const bool earlier = act.trusted && our_time &&
                         (!theirs.trusted || !their_time || *our_time < *their_time);
    Conflict conflict{
        .id = two_arrivals_id(unit.id, our_time ? *our_time : unit.at,
                              their_time ? *their_time : Instant{}),
        .kind = "two-arrivals",
        .at = now_,
        .unit = unit.id,
        .ours = unit.body,
        .theirs = std::string(anchored),
        .settled = earlier          ? "ours is the earliest trusted time"
                   : theirs.trusted ? "theirs is the earliest trusted time"
                                    : "neither clock is trusted: the first told stands",
        .visit = unit.visit,
        .patient = unit.patient};
    if (earlier) {
        auto bundle = earlier_bundle(unit, speaker_, label_of(act, std::nullopt));
        if (bundle && !abilities_.refused_types.empty())
            bundle = within_abilities(*bundle, abilities_.refused_types);
        if (bundle) {
            auto answer = parts_.server->transact(*bundle);
            if (auto stop = trouble(unit, answer)) return *std::move(stop);
            if (!answer->good() || !reply_of(*bundle, answer->body).whole) {
                // Staff has to know both times, even of what is settled already.
                conflict.id += "|untold";
                conflict.settled.clear();
            }
        }
    }
    settled.conflicts.push_back(std::move(conflict));
    return with(std::move(settled));
}

// --- what is sent ----------------------------------------------------------------

Result<std::string> Round::bundle_of(const Unit& unit, const Act& act,
                                     const std::optional<Contended>& contended,
                                     Names names) const {
    const auto made = [&]() -> Result<std::string> {
        const Site& site = *parts_.site;
        const Label label = label_of(act, contended);
        if (act.name == "check-in")
            return check_in_bundle(unit, speaker_, site, contended, label);
        if (act.name == "paperwork")
            return paperwork_bundle(unit, speaker_, site, contended, label);
        if (act.name == "attendance")
            return attendance_bundle(unit, speaker_, label, names);
        if (act.name == "signature")
            return signature_bundle(unit, speaker_, label, names);
        if (act.name == "attendance-close")
            return attendance_close_bundle(unit, speaker_, contended, label);
        if (act.name == "safety")
            return safety_bundle(unit, speaker_, site, label, names);
        if (act.name == "desk") return desk_bundle(unit, speaker_, site, label, names);
        if (act.name == "contact" || act.name == "contact-confirmed")
            return contact_bundle(unit, speaker_, site, contended);
        if (act.name == "audit") return audit_bundle(unit, speaker_, site);
        if (act.name == "device") return device_bundle(unit, speaker_, site, contended);
        if (act.name == "form") return form_bundle(unit);
        return fail(Error::Code::bad_input, "push: an act that is not known");
    };
    const std::string bundle = TRY(made());
    if (abilities_.refused_types.empty()) return bundle;
    // Its Provenance is all there is of it: it waits where staff sees it.
    if (act.name == "signature" &&
        std::ranges::count(abilities_.refused_types, "Provenance") > 0)
        return fail(Error::Code::refused, "push: the server takes no signatures");
    return within_abilities(bundle, abilities_.refused_types);
}

/// None where a server that is not atomic may have the anchor and nothing else: there
/// every entry is repeated, which its condition makes harmless.
std::optional<std::string> Round::anchor_of_unit(const Unit& unit,
                                                 const Act& act) const {
    if (!abilities_.atomic) return std::nullopt;
    const auto bundle = bundle_of(unit, act, std::nullopt, Names::references);
    const auto anchor =
        bundle ? anchor_of(*bundle) : tl::unexpected<Error>(bundle.error());
    if (!anchor) return std::nullopt;
    if (!abilities_.tag_search && anchor->find("?_tag=") != std::string::npos)
        return std::nullopt;
    return *anchor;
}

Label Round::label_of(const Act& act, const std::optional<Contended>& contended) const {
    const auto& part2 = parts_.site->part2;
    for (const auto& form : part2.forms)
        if (!act.form.empty() && names_form(form, act.form)) return Label::part2;
    if (part2.services.empty() || act.appointment.empty()) return Label::none;
    const auto under = [&](Service service) {
        return std::ranges::count(part2.services, service) > 0;
    };
    if (act.service && under(*act.service)) return Label::part2;
    if (const auto visit = parts_.store->visit_of(act.appointment, act.patient);
        visit && under(visit->service))
        return Label::part2;
    if (contended)
        if (const auto seen =
                seen_appointment(contended->json, parts_.site->service_codes);
            seen && under(seen->service))
            return Label::part2;
    return Label::none;
}

// --- what the server has ---------------------------------------------------------

Round::Looked Round::look(const Unit& unit, const std::string& anchor, bool fresh) {
    if (!fresh)
        if (const auto known = anchors_.find(anchor); known != anchors_.end())
            return known->second;
    const auto answer = parts_.server->search(anchor);
    if (auto stop = trouble(unit, answer)) {
        // Tried or not cannot be told: the unit must not be sent again now.
        if (!stop->settled) stop->settled = later(unit).settled;
        return *std::move(stop);
    }
    if (!answer->good()) return later(unit);
    for (const auto resource : resources_in(answer->body))
        for (const auto& key : keys_in(resource))
            if (split(anchor).value == encoded(key)) return std::string(resource);
    return std::string();
}

Round::Fetched Round::fetch(const Unit& unit, const Act& act, bool fresh) {
    if (act.name == "device")
        return fetch_found(unit, "Device?identifier=" +
                                     encoded("urn:foyer:device|" + speaker_.device()));
    if (act.name == "attendance-close") return fetch_found(unit, encounter_of(act));
    std::string type, id;
    if (of_visit(act)) type = "Appointment", id = act.appointment;
    if (act.name == "contact" && parts_.site->server.direct_contact)
        type = "Patient", id = act.patient;
    if (id.empty()) return std::optional<Contended>();
    const std::string key = type + "/" + id;
    if (const auto held = held_.find(key); !fresh && held != held_.end())
        return std::optional(held->second);

    const auto answer = parts_.server->read(type, id);
    if (auto stop = trouble(unit, answer)) return *std::move(stop);
    if (verdict_of(*answer) == Verdict::gone) return std::optional<Contended>();
    auto contended = contended_from(answer->body, answer->version);
    // Something else answers in the server's place.
    if (!answer->good() || contended.type != type || contended.id != id)
        return later(unit);
    return std::optional(std::move(contended));
}

/// What a search by identifier finds; none if the server has nothing of it.
Round::Fetched Round::fetch_found(const Unit& unit, const std::string& query) {
    const std::string type = query.substr(0, query.find('?'));
    if (std::ranges::count(abilities_.refused_types, type) > 0)
        return std::optional<Contended>();
    const auto answer = parts_.server->search(query);
    if (auto stop = trouble(unit, answer)) return *std::move(stop);
    for (const auto resource : resources_in(answer->body))
        if (auto contended = contended_from(resource); contended.type == type)
            return std::optional(std::move(contended));
    return std::optional<Contended>();
}

/// Why nothing may be changed: the clinic decided otherwise while the kiosk was away.
/// What the patient did is not lost: the desk hears of it.
std::optional<Round::Outcome> Round::refusal(
    const Unit& unit, const Act& act, const std::optional<Contended>& contended) {
    if (act.name == "contact" && parts_.site->server.direct_contact && !contended)
        return objected(unit, act, "patient-gone", "{}", "|" + unit.id);
    if (act.name == "attendance-close" && contended)
        if (const auto status = text_at(contended->json, {"status"});
            status == "cancelled" || status == "entered-in-error")
            return objected(unit, act, "encounter-cancelled", contended->json);
    if (!of_visit(act) || act.appointment.empty()) return std::nullopt;
    if (!contended) return objected(unit, act, "visit-gone", "{}");
    const auto seen = seen_appointment(contended->json, parts_.site->service_codes);
    if (!seen) return later(unit);
    const auto kind = objection(act, *seen, parts_.time);
    if (kind.empty()) return std::nullopt;
    const bool moved = kind == "visit-moved" && seen->starts;
    return objected(unit, act, kind, contended->json,
                    moved ? "|" + format_instant(*seen->starts) : "");
}

// --- what becomes of a unit ------------------------------------------------------

std::optional<Round::Outcome> Round::trouble(const Unit& unit,
                                             const Result<Answer>& answer) {
    if (!answer) {
        switch (answer.error().code) {
            case Error::Code::offline:
                return Outcome{{}, Server::unreachable, {}};
            case Error::Code::refused:
                return Outcome{{}, Server::unauthorized, {}};
            default: {
                // Sent or not, nobody knows: looked for before it is sent again. Its
                // time moves, so that one unit that always hangs stops no other.
                Outcome outcome = later(unit);
                outcome.server = Server::unreachable;
                return outcome;
            }
        }
    }
    const int status = answer->status;
    switch (verdict_of(*answer)) {
        case Verdict::unauthorized: {
            Outcome outcome = status == 401 ? Outcome{} : later(unit);
            outcome.server = Server::unauthorized;
            return outcome;
        }
        case Verdict::later: {
            Outcome outcome =
                later(unit, answer->retry_after.value_or(std::chrono::seconds(0)));
            outcome.server = fault_of(status);
            if (outcome.server != Server::well)
                outcome.retry_after = answer->retry_after;
            return outcome;
        }
        case Verdict::gone:
        case Verdict::refused:
            // A proxy without its server, or a wrong address: no unit's fault.
            if ((status == 404 || status == 405 || status == 410) &&
                !is_outcome(answer->body)) {
                Outcome outcome = later(unit);
                outcome.server = Server::unreachable;
                return outcome;
            }
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

Round::Outcome Round::later(const Unit& unit, milliseconds at_least) {
    auto wait = back_off(unit.attempts, tuning::unit_again_after,
                         tuning::unit_again_at_most, dice_);
    wait = std::max(wait, at_least);
    if (unit.lane == Lane::safety)
        wait = std::min<milliseconds>(wait, tuning::safety_again_after);
    return with({.unit = unit.id, .how = Settled::How::later, .next_at = now_ + wait});
}

Round::Outcome Round::parked(const Unit& unit, const Act& act, std::string why) const {
    Settled settled{.unit = unit.id,
                    .how = Settled::How::parked,
                    .next_at = now_,
                    .why = std::move(why)};
    // A Task that is refused would only be followed by one that is refused.
    if (act.name != "desk")
        settled.follow_ups.push_back(
            act.name == "safety" ? desk_task(unit, act, "safety-refused", Lane::safety)
                                 : desk_task(unit, act, "unit-refused", Lane::desk));
    return with(std::move(settled));
}

Round::Outcome Round::objected(const Unit& unit, const Act& act,
                               const std::string& kind, std::string theirs,
                               const std::string& more) const {
    Settled settled = acknowledged(unit);
    // The desk heard of the patient when they checked in.
    const bool said = act.name == "paperwork";
    settled.conflicts.push_back(
        // The name that reading the schedule gives the same two sides: noted once.
        {.id = kind + "|" + act.appointment + "|" + act.patient + more +
               (said ? "|paperwork" : ""),
         .kind = kind,
         .at = now_,
         .unit = unit.id,
         .ours = unit.body,
         .theirs = std::move(theirs),
         .settled = said ? "nothing is written; the check-in told the desk" : "",
         .visit = unit.visit,
         .patient = unit.patient});
    if (!said)
        settled.follow_ups.push_back(desk_task(
            unit, act, kind, act.name == "check-in" ? Lane::arrivals : Lane::desk));
    return with(std::move(settled));
}

Unit Round::desk_task(const Unit& about, const Act& act, const std::string& reason,
                      Lane lane) const {
    nlohmann::json body = {{"act", "desk"},
                           {"reason", reason},
                           {"at", act.at.empty() ? format_instant(about.at) : act.at},
                           {"clock", act.trusted ? "trusted" : "untrusted"},
                           {"of", act.name.empty() ? "unknown" : act.name},
                           {"of_unit", about.id}};
    if (act.device >= 0) body["device"] = act.device;
    if (!act.appointment.empty()) body["appointment"] = act.appointment;
    if (!act.patient.empty()) body["patient"] = act.patient;
    return {.id = unit_id("desk|" + reason + "|" + about.id),
            .lane = lane,
            .at = about.at,
            .visit = about.visit,
            .patient = about.patient,
            .body = body.dump()};
}

}  // namespace foyer
