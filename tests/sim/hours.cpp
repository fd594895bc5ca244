#include "tests/sim/hours.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "sync/clinic/ledger.h"
#include "tests/sim/reading.h"
#include "tests/support/hours_checker.h"

namespace foyer::sim {

using nlohmann::json;
using namespace std::chrono_literals;
using Wrong = std::vector<std::string>;
using Events = std::vector<AttendanceEvent>;

namespace {

// --- what the server has
// --------------------------------------------------------------

/// By a reference, or by our identifier where the server refused one.
std::string named_by(const json& resource, const std::string& pointer,
                     std::string_view type) {
    std::string text = text_at(resource, pointer + "/reference");
    if (text.empty()) text = text_at(resource, pointer + "/identifier/value");
    return text.starts_with(type) ? text.substr(type.size()) : std::string();
}

/// An Observation as the event it tells of, read without our own reader; other
/// Observations have no kind.
struct Raw {
    AttendanceEvent event;
    std::string id;
};
std::optional<Raw> raw_of(const std::string& text) {
    const json found = json::parse(text);
    const std::string kind = text_at(found, "/valueCodeableConcept/coding/0/code");
    if (text_at(found, "/code/coding/0/code") != "attendance") return std::nullopt;
    Raw raw{.event = {}, .id = text_at(found, "/id")};
    AttendanceEvent& event = raw.event;
    const std::string anchor = text_at(found, "/identifier/0/value");
    event.unit = anchor.substr(0, anchor.find('/'));
    event.patient = named_by(found, "/subject", "Patient/");
    event.appointment = named_by(found, "/focus/0", "Appointment/");
    event.sign_up = extension_text(found, "urn:foyer:sign-up", "valueString");
    const json& session = *extension(found, "urn:foyer:session");
    event.starts = parse_instant(text_at(session, "/valuePeriod/start")).value();
    event.ends = parse_instant(text_at(session, "/valuePeriod/end")).value();
    event.service =
        service(extension_text(found, "urn:foyer:service", "valueCode")).value();
    event.kind = kind == "sign-in"     ? AttendanceKind::sign_in
                 : kind == "break-out" ? AttendanceKind::break_out
                 : kind == "break-in"  ? AttendanceKind::break_in
                                       : AttendanceKind::sign_out;
    event.at = parse_instant(text_at(found, "/effectiveInstant")).value();
    event.recorded = parse_instant(text_at(found, "/issued")).value();
    event.clock =
        text_at(found, "/_effectiveInstant/extension/0/valueCode") == "untrusted"
            ? ClockQuality::untrusted
            : ClockQuality::trusted;
    event.amends = extension_text(found, "urn:foyer:amends", "valueString");
    event.voided = text_at(found, "/status") == "entered-in-error";
    return raw;
}

std::vector<Raw> raw_events(const Sight& sight) {
    std::vector<Raw> all;
    for (const std::string& text : sight.world.server.all("Observation"))
        if (auto raw = raw_of(text)) all.push_back(*std::move(raw));
    return all;
}

// --- what a kiosk has
// -----------------------------------------------------------------

Events held_by(SimKiosk& kiosk, const World& world) {
    const std::chrono::sys_days first(SimKiosk::site_time().day_of(world.started));
    auto held = kiosk.records().attendance_between(Date(first - std::chrono::days(7)),
                                                   Date(first + std::chrono::days(21)));
    assert(held && "the records answer once all is quiet");
    return *std::move(held);
}

std::string described(const AttendanceEvent& event) {
    return std::string(code(event.kind)) + " of " + event.patient + " for " +
           event.appointment + " at " + format_instant(event.at);
}

/// What two kiosks have to agree in.
std::string essence(const AttendanceEvent& event) {
    return described(event) + " " + code(event.clock) + " " + event.amends +
           (event.voided ? " void" : "") + " " + format_instant(event.recorded);
}

// --- nothing lost, nothing twice
// ------------------------------------------------------

void check_said(const Sight& sight, Wrong& wrong) {
    for (const Ledger::Said& said : sight.ledger.said) {
        SimKiosk& kiosk = *sight.kiosks[std::size_t(said.kiosk)];
        const auto kept = kiosk.records().attendance_event(said.event.unit);
        if (!kept || !*kept)
            wrong.push_back("lost at " + kiosk.name() + ": " + described(said.event));
    }
}

/// A sign-in goes with its check-in, which the clinic may have decided against.
bool may_be_missing(const Sight& sight, const AttendanceEvent& event) {
    const bool with_check_in = event.kind == AttendanceKind::sign_in &&
                               event.by.empty() && event.amends.empty();
    return with_check_in &&
           sight.world.server.done("Provenance", event.unit + "/provenance").empty();
}

void check_server(const Sight& sight, const std::vector<Raw>& raw, Wrong& wrong) {
    std::map<std::string, int> there;
    for (const Raw& one : raw) {
        ++there[one.event.unit];
        if (sight.world.server.history("Observation", one.id) != 1)
            wrong.push_back("changed at the server: " + described(one.event));
    }
    for (const auto& [unit, times] : there)
        if (times > 1) wrong.push_back("an attendance is there twice: " + unit);
    for (auto& kiosk : sight.kiosks)
        for (const AttendanceEvent& event : held_by(*kiosk, sight.world))
            if (!there.contains(event.unit) && !may_be_missing(sight, event))
                wrong.push_back("not at the server: " + described(event));
}

/// Whether staff is to decide about this act.
bool in_conflict(const Sight& sight, const std::string& unit) {
    return std::ranges::any_of(sight.kiosks, [&](const auto& kiosk) {
        const auto conflicts = kiosk->records().conflicts(true);
        return conflicts &&
               std::ranges::any_of(*conflicts, [&](const Conflict& conflict) {
                   return conflict.unit == unit;
               });
    });
}

/// Each has all that any of them sent, and the same of it: of two sign-ins in one act
/// the earliest trusted one.
void check_kiosks_agree(const Sight& sight, const std::vector<Raw>& raw, Wrong& wrong) {
    std::map<std::string, std::string> first;
    for (auto& kiosk : sight.kiosks) {
        std::map<std::string, std::string> held;
        for (const AttendanceEvent& event : held_by(*kiosk, sight.world))
            held[event.unit] = essence(event);
        for (const Raw& one : raw) {
            const auto own = held.find(one.event.unit);
            if (own == held.end()) {
                wrong.push_back(kiosk->name() + " lacks the " + described(one.event));
                continue;
            }
            const auto [other, fresh] = first.emplace(own->first, own->second);
            if (fresh || other->second == own->second) continue;
            // The clinic has decided against one of the two, and staff knows.
            if (in_conflict(sight, own->first)) continue;
            wrong.push_back(kiosk->name() + " has " + own->second + ", another kiosk " +
                            other->second);
        }
    }
}

// --- hours
// ----------------------------------------------------------------------------

/// Lunch falls into the sessions of most seeds.
ProgramRule rule_of(const Sight& sight) {
    ProgramRule rule;
    rule.hours_min = 1;
    const auto from = SimKiosk::site_time().local(sight.world.started).minutes;
    if (from + 6min < 24h)
        rule.blocks.push_back({from + 4min, from + 6min, DayBlock::Kind::lunch});
    return rule;
}

/// The raw events as this kiosk may know them: the server's, and what was said here,
/// or elsewhere in the same act.
Events raw_at(const Sight& sight, SimKiosk& kiosk, const std::vector<Raw>& raw) {
    Events all;
    std::set<std::string> there;
    for (const Raw& one : raw) {
        all.push_back(one.event);
        there.insert(one.event.unit);
    }
    for (const Ledger::Said& said : sight.ledger.said)
        if (said.kiosk == kiosk.index() || there.contains(said.event.unit))
            all.push_back(said.event);
    for (const AttendanceEvent& held : held_by(kiosk, sight.world)) {
        // What was committed right before the power went, and nobody was told of.
        if (held.device == kiosk.index()) all.push_back(held);
        // Two kiosks in one second, and staff moved the session between what they knew.
        for (AttendanceEvent& event : all)
            if (event.unit == held.unit && event.at == held.at) {
                event.starts = held.starts;
                event.ends = held.ends;
            }
    }
    return all;
}

void check_hours_of(const Sight& sight, SimKiosk& kiosk, const Events& held,
                    const Events& raw, const std::string& patient, Wrong& wrong) {
    const Instant now = sight.world.now();
    const ProgramRule rule = rule_of(sight);
    const SiteTime& time = SimKiosk::site_time();
    for (const Service program : {Service::php, Service::iop}) {
        const LedgerOf ledger = ledger_of(attended_visits(held, now), program, rule,
                                          time, std::chrono::Sunday, now);
        const CheckedLedger checked = check_hours(sessions_of(raw), program, rule, time,
                                                  std::chrono::Sunday, now, 1s);
        if (days_of(ledger) == checked.days &&
            ledger.program_days == checked.program_days)
            continue;
        wrong.push_back(kiosk.name() + "'s ledger of " + patient + " at " +
                        code(program) + " says " + said(days_of(ledger)) +
                        "and the raw events come to " + said(checked.days));
        for (const AttendanceEvent& event : held)
            sight.world.note(kiosk.name(), "holds " + essence(event));
        for (const AttendanceEvent& event : raw)
            sight.world.note("raw", essence(event));
    }
}

/// One kiosk is enough once they agree; another one in turn, by the seed.
void check_ledgers(const Sight& sight, const std::vector<Raw>& raw, Wrong& wrong) {
    const auto turn = std::size_t(sight.world.counts.requests) % sight.kiosks.size();
    SimKiosk& kiosk = *sight.kiosks[turn];
    const Events held = held_by(kiosk, sight.world), all = raw_at(sight, kiosk, raw);
    for (const std::string& patient : sight.clinic.patients) {
        const auto only = [&](const Events& from) {
            Events own;
            std::ranges::copy_if(from, std::back_inserter(own), [&](const auto& event) {
                return event.patient == patient;
            });
            return own;
        };
        const Events own = only(held);
        if (!own.empty()) check_hours_of(sight, kiosk, own, only(all), patient, wrong);
    }
}

// --- closing
// --------------------------------------------------------------------------

/// The clinic was told once of each who was there, from when to when.
void check_closed(const Sight& sight, Wrong& wrong) {
    for (const Ledger::Closed& closed : sight.ledger.closed) {
        if (!closed.whole) continue;
        SimKiosk& kiosk = *sight.kiosks[std::size_t(closed.kiosk)];
        const auto lines = kiosk.records().roster(closed.appointment);
        if (!lines) continue;  // called off meanwhile
        for (const RosterLine& line : *lines) {
            const auto stands = attended(line.events, sight.world.now());
            if (stands.spans.empty() || !stands.out) continue;
            const std::string act =
                "check-in|Appointment/" + closed.appointment +
                (line.visit.shared ? "|Patient/" + line.patient.id : "");
            const auto ids =
                sight.world.server.done("Encounter", unit_id(act) + "/encounter");
            const std::string what =
                line.patient.id + " at the closed " + closed.appointment;
            if (ids.size() != 1) {
                wrong.push_back(what + " has " + std::to_string(ids.size()) +
                                " Encounters");
                continue;
            }
            const json encounter =
                json::parse(sight.world.server.get("Encounter", ids[0]).value());
            std::vector<Attended::Span> told;
            for (const json& part : encounter.value("statusHistory", json::array()))
                if (part["status"] == "in-progress")
                    told.push_back(
                        {parse_instant(text_at(part, "/period/start")).value(),
                         parse_instant(text_at(part, "/period/end")).value()});
            const auto until = parse_instant(text_at(encounter, "/period/end"));
            // A break that ended in going is part of the stay.
            const bool same =
                text_at(encounter, "/status") == "finished" && told == stands.spans &&
                until && *until >= stands.spans.back().until && *until <= *stands.out;
            if (same) continue;
            for (const AttendanceEvent& event : line.events)
                sight.world.note(kiosk.name(), "holds " + essence(event));
            for (const Attended::Span& span : stands.spans)
                sight.world.note(kiosk.name(), "counts " + format_instant(span.from) +
                                                   " to " + format_instant(span.until));
            wrong.push_back(what + " was there otherwise than the Encounter says: " +
                            encounter.dump());
        }
    }
}

}  // namespace

void check_attendance(const Sight& sight, std::vector<std::string>& wrong) {
    const std::vector<Raw> raw = raw_events(sight);
    check_said(sight, wrong);
    check_server(sight, raw, wrong);
    check_kiosks_agree(sight, raw, wrong);
    check_ledgers(sight, raw, wrong);
    check_closed(sight, wrong);
}

}  // namespace foyer::sim
