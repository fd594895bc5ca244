#include "tests/sim/invariants.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "sync/records/audit_log.h"
#include "tests/sim/hours.h"
#include "tests/sim/reading.h"

namespace foyer::sim {

using nlohmann::json;
using namespace std::chrono_literals;
using Wrong = std::vector<std::string>;

namespace {

/// The value itself, so that a loop over it is over something that lives.
template <class Value>
Value must(Result<Value> result) {
    assert(result && "the records answer once all is quiet");
    return *std::move(result);
}

json parsed(const std::string& text) {
    return json::parse(text);
}

std::vector<json> all_of(const FakeFhir& server, const char* type) {
    std::vector<json> all;
    for (const std::string& text : server.all(type)) all.push_back(parsed(text));
    return all;
}

std::size_t count(const Sight& sight, const char* type, const std::string& key) {
    return sight.world.server.done(type, key).size();
}

/// Whether the desk was told, as Pusher does it, of why a unit did not go through.
bool desk_told(const Sight& sight, const std::string& kind, const std::string& unit) {
    return count(sight, "Task", unit_id("desk|" + kind + "|" + unit) + "/desk") == 1;
}

bool is_parked(const std::vector<ParkedUnit>& parked, const std::string& unit) {
    return std::ranges::any_of(
        parked, [&](const ParkedUnit& one) { return one.unit.id == unit; });
}

// --- acts ----------------------------------------------------------------------------

void check_check_ins(const Sight& sight, Wrong& wrong) {
    std::set<std::string> units;
    for (const Ledger::CheckIn& tried : sight.ledger.check_ins) {
        SimKiosk& kiosk = *sight.kiosks[std::size_t(tried.kiosk)];
        const std::string what =
            tried.patient + " for " + tried.appointment + " at " + kiosk.name();
        const auto visit = kiosk.records().visit_of(tried.appointment, tried.patient);
        if (!visit || !visit->check_in) {
            if (tried.told) wrong.push_back("a check-in is lost: " + what);
            continue;
        }
        const std::string act =
            "check-in|Appointment/" + tried.appointment +
            (sight.clinic.shared(tried.appointment) ? "|Patient/" + tried.patient : "");
        const std::string unit = unit_id(act);
        const auto there = count(sight, "Provenance", unit + "/provenance");
        if (there > 1) wrong.push_back("a check-in is there twice: " + what);
        if (there == 1) continue;
        // Not at the server: then the clinic decided otherwise, and knows of it.
        const auto conflicts = must(kiosk.records().conflicts(false));
        // Of several, one is why it was not sent.
        bool met = false, told = false;
        for (const Conflict& conflict : conflicts) {
            if (conflict.unit != unit) continue;
            met = true;
            told = told || desk_told(sight, conflict.kind, unit);
        }
        if (!met)
            wrong.push_back("a check-in is not there, and no conflict says why: " +
                            what);
        else if (!told)
            wrong.push_back("a check-in met a conflict and the desk was not told: " +
                            what);
    }
}

/// What staff called off stays so.
void check_staff(const Sight& sight, Wrong& wrong) {
    for (const auto& [appointment, status] : sight.ledger.called_off) {
        const auto there = sight.world.server.get("Appointment", appointment);
        if (!there) continue;
        const std::string now = text_at(parsed(*there), "/status");
        if (now != status)
            wrong.push_back("staff said " + status + " of " + appointment +
                            ", and a kiosk made it " + now);
    }
}

/// Two truths stand side by side only where a conflict says so.
void check_conflicts(const Sight& sight, Wrong& wrong) {
    for (const Ledger::CheckIn& tried : sight.ledger.check_ins) {
        SimKiosk& kiosk = *sight.kiosks[std::size_t(tried.kiosk)];
        const auto visit = kiosk.records().visit_of(tried.appointment, tried.patient);
        if (!visit || !visit->check_in) continue;
        const auto there = sight.world.server.get("Appointment", tried.appointment);
        const std::string status = there ? text_at(parsed(*there), "/status") : "";
        if (there && status != "cancelled" && status != "entered-in-error" &&
            status != "noshow")
            continue;
        // Where the patient checked in; another kiosk may only have heard of it.
        const bool said = std::ranges::any_of(sight.kiosks, [&](const auto& each) {
            const auto conflicts = must(each->records().conflicts(false));
            return std::ranges::any_of(conflicts, [&](const Conflict& one) {
                return one.visit &&
                       (*one.visit == visit->id ||
                        one.ours.find(tried.appointment) != std::string::npos);
            });
        });
        if (!said)
            wrong.push_back(kiosk.name() + " has " + tried.patient +
                            " checked in for " + tried.appointment + ", which is " +
                            (there ? status : "deleted") + ", without a conflict");
    }
}

void check_forms(const Sight& sight, Wrong& wrong) {
    for (const Ledger::Form& form : sight.ledger.forms) {
        SimKiosk& kiosk = *sight.kiosks[std::size_t(form.kiosk)];
        const auto done = kiosk.records().forms_done(
            SimKiosk::site_keys().alias_of("Patient", form.patient));
        const bool stored =
            done && std::ranges::any_of(*done, [&](const FormDone& one) {
                return one.form == form.url;
            });
        const std::string what = form.url + " of " + form.patient;
        if (!stored) {
            if (form.told) wrong.push_back("a form is lost: " + what);
            continue;
        }
        const auto there =
            count(sight, "QuestionnaireResponse", form.unit + "/response");
        const auto scores = count(sight, "Observation", form.unit + "/score");
        const auto parked = must(kiosk.records().parked_units());
        if (form.bad) {
            if (there != 0 || scores != 0)
                wrong.push_back("half of a refused form is there: " + what);
            if (!is_parked(parked, form.unit))
                wrong.push_back("a refused form is not parked: " + what);
        } else if (there != 1 || scores != 1) {
            wrong.push_back("a form is there " + std::to_string(there) +
                            " times, its " + "score " + std::to_string(scores) +
                            " times: " + what);
        }
        if (form.rule.empty()) continue;
        int tasks = 0;
        for (const json& task : all_of(sight.world.server, "Task"))
            if (task.dump().find("\"" + form.rule + "\"") != std::string::npos) ++tasks;
        if (tasks != 1)
            wrong.push_back("an answer in need of somebody is there " +
                            std::to_string(tasks) + " times: " + what);
    }
}

// --- classes -------------------------------------------------------------------------

bool holds_seat(const std::string& status) {
    return status == "booked" || status == "arrived" || status == "checked-in" ||
           status == "fulfilled" || status == "pending";
}

/// When an Appointment on the wait list was asked for, as it counts.
std::pair<std::string, std::string> order_of(const json& appointment) {
    const json* asked = extension(appointment, "urn:foyer:asked");
    const std::string when =
        asked ? extension_text(*asked, "order", "valueInstant") : "";
    std::string unit;
    for (const json& one : appointment.value("identifier", json::array()))
        if (text_at(one, "/system") == "urn:foyer:op") unit = text_at(one, "/value");
    return {when, unit};
}

/// An Appointment's own word for why it is over ("left", "missed", "released").
bool says(const json& appointment, const std::string& what) {
    return extension(appointment, "urn:foyer:" + what) != nullptr;
}

bool at_door(const json& appointment) {
    const json* asked = extension(appointment, "urn:foyer:asked");
    return asked != nullptr && extension(*asked, "here") != nullptr;
}

Instant instant_at(const json& resource, const char* pointer) {
    return parse_instant(text_at(resource, pointer)).value_or(Instant());
}

void check_seats(const Sight& sight, Wrong& wrong) {
    const Instant now = sight.world.now();
    std::map<std::string, int> holders, places_of;
    std::map<Instant, int> line;
    for (const json& appointment : all_of(sight.world.server, "Appointment")) {
        const std::string status = text_at(appointment, "/status");
        const std::string slot = text_at(appointment, "/slot/0/reference");
        if (!slot.empty() && holds_seat(status)) ++holders[slot];
        const auto order = order_of(appointment);
        if (order.second.empty()) continue;
        const Instant starts = instant_at(appointment, "/start");
        // Who asks at two kiosks while the class moves may get two places: two acts.
        if ((holds_seat(status) || status == "waitlist") && !sight.clinic.moved)
            ++places_of[text_at(appointment, "/participant/0/actor/reference") +
                        " at " + format_instant(starts)];
        if (status == "waitlist" && (starts > now || at_door(appointment)))
            ++line[starts];
        if (holds_seat(status) && slot.empty())
            wrong.push_back("a booked place in a class has no seat: " + order.second);
        if (count(sight, "Appointment", order.second) != 1)
            wrong.push_back("a sign-up is there twice: " + order.second);
    }
    for (const auto& [patient, places] : places_of)
        if (places > 1)
            wrong.push_back(patient + " has " + std::to_string(places) +
                            " places in one class");
    std::map<Instant, int> free;
    for (const json& slot : all_of(sight.world.server, "Slot")) {
        const std::string name = "Slot/" + text_at(slot, "/id");
        const std::string status = text_at(slot, "/status");
        const int held = holders[name];
        if (held > 1)
            wrong.push_back(name + " is oversold: " + std::to_string(held) +
                            " have it");
        // A class that is over is tended no more.
        if (instant_at(slot, "/end") <= now) continue;
        if (status == "busy" && held != 1)
            wrong.push_back(name + " is busy and " + std::to_string(held) + " have it");
        if (status != "busy" && status != "busy-unavailable" && held != 0)
            wrong.push_back(name + " is " + status + " and somebody has it");
        if (status == "free") ++free[instant_at(slot, "/start")];
    }
    for (const auto& [starts, seats] : free)
        if (line[starts] > 0)
            wrong.push_back(std::to_string(seats) + " seats are free and " +
                            std::to_string(line[starts]) + " wait at " +
                            format_instant(starts));
}

/// Whoever came in time keeps the seat, whatever the kiosk that gives seats away knew.
void check_door(const Sight& sight, Wrong& wrong) {
    for (const Ledger::Came& came : sight.ledger.came) {
        const auto there = sight.world.server.get("Appointment", came.appointment);
        if (!there) continue;
        const json appointment = parsed(*there);
        if (says(appointment, "released") &&
            came.at < instant_at(appointment, "/start") + Clinic::release_after)
            wrong.push_back(came.patient + " came in time, and the seat was released");
    }
}

/// Whether a kiosk's records say that its word and the server's differ so.
bool has_conflict(SimKiosk& kiosk, std::string_view kind, const std::string& patient) {
    const auto conflicts = must(kiosk.records().conflicts(false));
    const Alias who = SimKiosk::site_keys().alias_of("Patient", patient);
    return std::ranges::any_of(conflicts, [&](const Conflict& conflict) {
        return conflict.kind == kind && conflict.patient == who;
    });
}

void check_sign_ups(const Sight& sight, Wrong& wrong) {
    for (auto& kiosk : sight.kiosks)
        for (const std::string& patient : sight.clinic.patients) {
            const auto all = must(kiosk->records().sign_ups_of(
                SimKiosk::site_keys().alias_of("Patient", patient)));
            for (const SignUp& one : all) {
                const std::string what = patient + " at " + kiosk->name();
                const auto ids =
                    sight.world.server.done("Appointment", one.unit + "/appointment");
                if (ids.size() > 1) {
                    wrong.push_back("a sign-up is there twice: " + what);
                    continue;
                }
                // Of a patient who signed up again elsewhere it is a later one.
                const std::string id = !one.appointment.empty() ? one.appointment
                                       : ids.empty()            ? ""
                                                                : ids[0];
                // Nobody follows a class that is over.
                if (one.session.ends <= sight.world.now()) continue;
                const auto there = sight.world.server.get("Appointment", id);
                const json appointment = there ? parsed(*there) : json::object();
                const std::string status =
                    there ? text_at(appointment, "/status") : "none";
                const std::string slot = text_at(appointment, "/slot/0/reference");
                const auto seat = slot.empty()
                                      ? std::nullopt
                                      : sight.world.server.get("Slot", slot.substr(5));
                if (seat && holds_seat(status) &&
                    instant_at(parsed(*seat), "/start") != one.session.starts)
                    wrong.push_back(what + " is told another time than the class has");
                const bool off = sight.clinic.called_off &&
                                 one.session.starts > sight.world.started + 20h;
                const auto differs = [&] {
                    switch (one.state) {
                        case SignUpState::confirmed:
                            return !holds_seat(status) || status == "pending" || off;
                        case SignUpState::offered:
                            return status != "pending" || off;
                        case SignUpState::missed:
                            // Unless a yes at another kiosk was in time.
                            return holds_seat(status) &&
                                   appointment.dump().find(R"("url":"accepted")") ==
                                       std::string::npos;
                        case SignUpState::released:
                            return status != "noshow" || !says(appointment, "released");
                        case SignUpState::called_off:
                            // Asked for a time at which there is no class any more,
                            // or for one that has no seat.
                            return !off && !(sight.clinic.moved && !there) &&
                                   sight.clinic.seats > 0;
                        case SignUpState::waiting:
                            return status != "waitlist";
                        case SignUpState::asked:
                            // Asked before the server was known to keep promises.
                            return status != "proposed";
                        case SignUpState::left:
                            // Who had come already: staff decides.
                            if (status == "arrived" || status == "checked-in" ||
                                status == "fulfilled")
                                return !has_conflict(*kiosk, "left-after-arrival",
                                                     patient);
                            return holds_seat(status) || status == "waitlist";
                        case SignUpState::refused:
                            return holds_seat(status);
                    }
                    return true;
                };
                if (differs())
                    wrong.push_back(what + " is told \"" + name(one.state) +
                                    "\", and at the server it is " + status);
            }
        }
}

/// Places in the wait list as patients are told them are those of the order.
void check_line(const Sight& sight, Wrong& wrong) {
    std::map<Instant,
             std::vector<std::pair<std::pair<std::string, std::string>, std::string>>>
        lines;
    for (const json& appointment : all_of(sight.world.server, "Appointment"))
        if (text_at(appointment, "/status") == "waitlist")
            lines[instant_at(appointment, "/start")].emplace_back(
                order_of(appointment), text_at(appointment, "/id"));
    for (auto& [starts, line] : lines) std::ranges::sort(line);
    for (auto& kiosk : sight.kiosks)
        for (const std::string& patient : sight.clinic.patients)
            for (const SignUp& one : must(kiosk->records().sign_ups_of(
                     SimKiosk::site_keys().alias_of("Patient", patient)))) {
                if (one.state != SignUpState::waiting || one.place == 0 ||
                    one.session.ends <= sight.world.now())
                    continue;
                const auto& line = lines[one.session.starts];
                const auto found =
                    std::ranges::find(line, one.appointment,
                                      [](const auto& each) { return each.second; });
                const auto place = found - line.begin() + 1;
                if (found != line.end() && place != one.place)
                    wrong.push_back(patient + " is told place " +
                                    std::to_string(one.place) + " and has place " +
                                    std::to_string(place));
            }
}

// --- what each kiosk knows
// -------------------------------------------------------------

void check_schedule(const Sight& sight, Wrong& wrong) {
    const Instant now = sight.world.now();
    for (auto& kiosk : sight.kiosks) {
        Store& records = kiosk->records();
        const Date today = SimKiosk::site_time().day_of(now);
        for (const json& there : all_of(sight.world.server, "Appointment")) {
            const auto starts = parse_instant(text_at(there, "/start"));
            if (!starts) continue;
            const auto day =
                std::chrono::sys_days(SimKiosk::site_time().day_of(*starts));
            const auto away = day - std::chrono::sys_days(today);
            if (away < std::chrono::days(-1) || away > std::chrono::days(14)) continue;
            const std::string id = text_at(there, "/id");
            const std::string status = text_at(there, "/status");
            for (const json& participant : there["participant"]) {
                const std::string who = text_at(participant, "/actor/reference");
                if (!who.starts_with("Patient/")) continue;
                const auto visit = records.visit_of(id, who.substr(8));
                if (!visit) {
                    wrong.push_back(kiosk->name() + " lacks " + id + ", which is " +
                                    status);
                    continue;
                }
                if (code(visit->status) != status)
                    wrong.push_back(kiosk->name() + " has " + id + " as " +
                                    code(visit->status) + ", and it is " + status);
                if (visit->starts != *starts)
                    wrong.push_back(kiosk->name() + " has " + id + " at another time");
            }
        }
        // What is held is as the server has it: the cursors missed nothing.
        for (const char* type : {"Appointment", "Patient", "Slot"}) {
            const auto known = records.known(type);
            if (!known) {
                wrong.push_back(kiosk->name() + " cannot say what it knows");
                continue;
            }
            for (const Known& one : *known) {
                const auto there = sight.world.server.get(type, one.id);
                if (!there)
                    wrong.push_back(kiosk->name() + " holds " + type + "/" + one.id +
                                    ", which is gone");
                else if (text_at(parsed(*there), "/meta/versionId") != one.version)
                    wrong.push_back(kiosk->name() + " holds an old " + type + "/" +
                                    one.id);
            }
        }
    }
}

void check_audit(const Sight& sight, Wrong& wrong) {
    for (auto& kiosk : sight.kiosks) {
        const auto verdict =
            verify_audit_log(kiosk->directory(), SimKiosk::device_keys(kiosk->index()));
        if (!verdict)
            wrong.push_back(kiosk->name() + "'s log cannot be read");
        else if (verdict->bad_seq || !verdict->why.empty())
            wrong.push_back(kiosk->name() + "'s log does not verify: " + verdict->why);
    }
}

void check_kiosks(const Sight& sight, Wrong& wrong) {
    for (auto& kiosk : sight.kiosks)
        if (!kiosk->trouble.empty())
            wrong.push_back(kiosk->name() + ": " + kiosk->trouble);
}

}  // namespace

void check_parked(const Sight& sight, Wrong& wrong) {
    for (auto& kiosk : sight.kiosks) {
        const auto waiting = must(kiosk->records().waiting(1000));
        std::map<std::string, std::string> after;
        for (const Unit& unit : must(kiosk->records().waiting_units(1000)))
            after[unit.id] = unit.after;
        for (const WaitingUnit& unit : waiting) {
            // What depends on a refused unit waits for it.
            if (!unit.parked && after.contains(after[unit.id])) continue;
            if (!unit.parked) {
                wrong.push_back(kiosk->name() + ": a " + unit.act +
                                " still waits, tried " + std::to_string(unit.attempts) +
                                " times");
                continue;
            }
            // A Task for the desk that is refused has nobody to tell; `foyer status`
            // counts it.
            if (unit.act == "desk") continue;
            const std::string kind =
                unit.act == "safety" ? "safety-refused" : "unit-refused";
            const std::string task = unit_id("desk|" + kind + "|" + unit.id);
            if (!desk_told(sight, kind, unit.id) &&
                std::ranges::find(waiting, task, &WaitingUnit::id) == waiting.end())
                wrong.push_back(kiosk->name() + ": a parked " + unit.act +
                                " has no Task for staff");
        }
    }
}

void check_all(const Sight& sight, Wrong& wrong) {
    check_kiosks(sight, wrong);
    check_parked(sight, wrong);
    for (auto& kiosk : sight.kiosks)
        for (const ParkedUnit& unit : must(kiosk->records().parked_units())) {
            const bool bad =
                std::ranges::any_of(sight.ledger.forms, [&](const Ledger::Form& form) {
                    return form.bad && form.unit == unit.unit.id;
                });
            if (!bad)
                wrong.push_back(kiosk->name() +
                                ": parked though the server takes it: " + unit.why);
        }
    check_check_ins(sight, wrong);
    check_staff(sight, wrong);
    check_conflicts(sight, wrong);
    check_forms(sight, wrong);
    check_seats(sight, wrong);
    check_sign_ups(sight, wrong);
    check_line(sight, wrong);
    check_door(sight, wrong);
    check_attendance(sight, wrong);
    check_schedule(sight, wrong);
    check_audit(sight, wrong);
}

}  // namespace foyer::sim
