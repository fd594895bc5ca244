#include "tests/sim/plan.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "tests/sim/acts.h"
#include "tests/sim/stays.h"

namespace foyer::sim {

using nlohmann::json;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// A questionnaire's answers as one atomic Bundle, as the kiosk's forms make it.
std::string form_bundle(const std::string& unit, const std::string& patient,
                        const std::string& url, bool bad) {
    const auto entry = [&](json resource, const std::string& role) {
        const std::string value = unit + "/" + role;
        const std::string type = resource["resourceType"];
        resource["identifier"] = {{"system", "urn:foyer:op"}, {"value", value}};
        if (type != "QuestionnaireResponse")
            resource["identifier"] = json::array({resource["identifier"]});
        return json{{"resource", resource},
                    {"request",
                     {{"method", "POST"},
                      {"url", type},
                      {"ifNoneExist", "identifier=urn:foyer:op|" + value}}}};
    };
    json response = {{"resourceType", "QuestionnaireResponse"},
                     {"status", "completed"},
                     {"questionnaire", url},
                     {"subject", {{"reference", "Patient/" + patient}}}};
    if (bad) response["status"] = 7;  // no server takes it
    const json score = {{"resourceType", "Observation"},
                        {"status", "final"},
                        {"code", {{"text", "score"}}},
                        {"subject", {{"reference", "Patient/" + patient}}}};
    return json{{"resourceType", "Bundle"},
                {"type", "transaction"},
                {"entry", {entry(score, "score"), entry(response, "response")}}}
        .dump();
}

class Planner : public Acts {
public:
    using Acts::Acts;

    std::vector<Event> plan() {
        if (world_.chance(0.75)) rush_ = some_time();
        for (const auto& expected : clinic_.expected)
            for (const std::string& patient : expected.patients)
                if (!takes_attendance(expected.service) && world_.chance(0.8))
                    visit(expected.appointment, patient);
        for (const std::string& patient : clinic_.patients) {
            if (world_.chance(0.7)) sign_up(patient);
            if (world_.chance(0.25)) walk_in(patient);
        }
        if (world_.chance(0.15)) call_off_class();
        if (world_.chance(0.15)) move_class();
        for (auto changes = world_.between(1, 5); changes > 0; --changes) staff();
        if (world_.chance(0.3)) wrong_clock();
        if (world_.chance(0.3)) note_for_desk();
        return std::move(events_);
    }

private:
    /// When a patient acts: at any time, or when everybody does.
    milliseconds patients_time() {
        return rush_ && world_.chance(0.8)
                   ? *rush_ + milliseconds(world_.between(0, 400))
                   : some_time();
    }

    /// Comes, checks in, perhaps once more at another kiosk, fills in a form.
    void visit(const std::string& appointment, const std::string& patient) {
        const milliseconds when = patients_time();
        SimKiosk& kiosk = some_kiosk();
        const bool twice = world_.chance(0.3), paperwork = world_.chance(0.4);
        check_in(when, kiosk, appointment, patient, paperwork);
        if (twice)
            check_in(
                when + (world_.chance(0.5) ? milliseconds(world_.between(0, 300))
                                           : milliseconds(world_.between(0, 120'000))),
                some_kiosk(), appointment, patient, world_.chance(0.3));
        if (world_.chance(0.5))
            form(when + milliseconds(world_.between(1'000, 60'000)), kiosk, patient);
        if (world_.chance(0.15))
            at(when + 5s, [this, &kiosk, patient] {
                kiosk.act("contact change of " + patient, [&](Store& store,
                                                              const Clock& clock) {
                    (void)store.propose_contact(
                        {.patient = SimKiosk::site_keys().alias_of("Patient", patient),
                         .phone = "555 0100",
                         .email = {},
                         .at = clock.now()});
                });
            });
    }

    void check_in(milliseconds when, SimKiosk& kiosk, const std::string& appointment,
                  const std::string& patient, bool paperwork) {
        at(when, [this, &kiosk, appointment, patient, paperwork] {
            ledger_.check_ins.push_back({kiosk.index(), appointment, patient, false});
            const std::size_t entry = ledger_.check_ins.size() - 1;
            kiosk.act("check-in of " + patient + " for " + appointment,
                      [&](Store& store, const Clock& clock) {
                          const auto visit = store.visit_of(appointment, patient);
                          if (!visit) return;
                          const auto done = store.check_in(
                              {{visit->id}, {}, clock.now(), quality_of(store, clock)});
                          if (!done) return;
                          ledger_.check_ins[entry].told = true;
                          if (paperwork)
                              (void)store.paperwork_done({visit->id}, clock.now());
                      });
        });
    }

    void form(milliseconds when, SimKiosk& kiosk, const std::string& patient) {
        const std::string url =
            "http://clinic.test/Questionnaire/" + std::to_string(ledger_form_++);
        const bool bad = world_.chance(0.1), safety = world_.chance(0.3);
        const std::string unit = unit_id("form|" + url + "|Patient/" + patient);
        const std::string rule = safety ? "sim/" + std::to_string(ledger_form_) : "";
        at(when, [this, &kiosk, patient, url, bad, unit, rule] {
            ledger_.forms.push_back(
                {kiosk.index(), patient, url, unit, rule, bad, false});
            const std::size_t entry = ledger_.forms.size() - 1;
            kiosk.act("form of " + patient, [&](Store& store, const Clock& clock) {
                FormEnd end;
                end.patient = SimKiosk::site_keys().alias_of("Patient", patient);
                end.form = url;
                end.begun = end.at = clock.now();
                end.units.push_back({.id = unit,
                                     .lane = Lane::forms,
                                     .bundle = form_bundle(unit, patient, url, bad),
                                     .after = {}});
                if (!rule.empty())
                    end.safety.push_back({.form = url,
                                          .rule = rule,
                                          .level = "high",
                                          .what = "given",
                                          .path = R"([{"id":"item-9"}])",
                                          .answer = R"({"valueInteger":2})"});
                if (store.end_form(end)) ledger_.forms[entry].told = true;
            });
        });
    }

    /// Tomorrow's class as this kiosk knows it, or as it was when the day began.
    ClassSession tomorrows(Store& store, const Clock& clock) {
        const auto known = store.sessions(clock.now());
        if (known)
            for (const SessionSeats& each : *known)
                if (each.session.starts > world_.started + 20h) return each.session;
        return {"yoga", clinic_.sessions[0],
                clinic_.sessions[0] + Clinic::session_lasts};
    }

    void ask(Store& store, const Clock& clock, const std::string& patient,
             const ClassSession& session, bool here) {
        (void)store.ask_sign_up(
            {.patient = SimKiosk::site_keys().alias_of("Patient", patient),
             .session = session,
             .at = clock.now(),
             .clock = quality_of(store, clock),
             .here = here});
    }

    void sign_up(const std::string& patient) {
        const milliseconds when = patients_time();
        SimKiosk& kiosk = some_kiosk();
        const auto asks = [this, patient](SimKiosk& where) {
            where.act("sign-up of " + patient, [&](Store& store, const Clock& clock) {
                ask(store, clock, patient, tomorrows(store, clock), false);
            });
        };
        at(when, [asks, &kiosk] { asks(kiosk); });
        if (world_.chance(0.25))
            at(when +
                   milliseconds(world_.between(0, world_.chance(0.5) ? 300 : 120'000)),
               [asks, &other = some_kiosk()] { asks(other); });
        if (world_.chance(0.3)) {
            const milliseconds later =
                when + milliseconds(world_.between(1'000, 400'000));
            at(later, [this, &kiosk, patient] { leave(kiosk, patient); });
            if (world_.chance(0.3)) at(later + 30s, [asks, &kiosk] { asks(kiosk); });
        }
    }

    /// Somebody at the door of the class that runs; or one who signed up and comes, or
    /// does not.
    void walk_in(const std::string& patient) {
        const ClassSession session{"yoga", clinic_.sessions[1],
                                   clinic_.sessions[1] + Clinic::session_lasts};
        SimKiosk& kiosk = some_kiosk();
        const milliseconds when = some_time();
        const bool here = world_.chance(0.6);
        at(when, [this, &kiosk, patient, session, here] {
            kiosk.act("walk-in of " + patient, [&](Store& store, const Clock& clock) {
                ask(store, clock, patient, session, here);
            });
        });
        if (world_.chance(0.6)) comes(when + 20s, kiosk, patient, session);
        if (world_.chance(0.3)) comes(when + 90s, some_kiosk(), patient, session);
    }

    /// Checks in to the class, where the schedule has the Appointment already.
    void comes(milliseconds when, SimKiosk& kiosk, const std::string& patient,
               const ClassSession& session) {
        at(when, [this, &kiosk, patient, session] {
            kiosk.act(patient + " comes to the class", [&](Store& store,
                                                           const Clock& clock) {
                const auto own = store.sign_ups_of(
                    SimKiosk::site_keys().alias_of("Patient", patient));
                if (!own) return;
                for (const SignUp& each : *own) {
                    if (each.session != session || each.appointment.empty() ||
                        each.state != SignUpState::confirmed)
                        continue;
                    const auto visit = store.visit_of(each.appointment, patient);
                    if (!visit) continue;
                    ledger_.check_ins.push_back(
                        {kiosk.index(), each.appointment, patient, false});
                    const std::size_t entry = ledger_.check_ins.size() - 1;
                    if (!store.check_in(
                            {{visit->id}, {}, clock.now(), quality_of(store, clock)}))
                        continue;
                    ledger_.check_ins[entry].told = true;
                    ledger_.came.push_back({each.appointment, patient, world_.now()});
                }
            });
        });
    }

    void call_off_class() {
        at(some_time(), [this] {
            clinic_.called_off = true;
            for (const auto& id : tomorrows_seats())
                world_.server.set("Slot", id, "/status", R"("busy-unavailable")");
            world_.note("staff", "calls the class off");
        });
    }

    /// By its Slots alone, as staff does in a calendar.
    void move_class() {
        at(some_time(), [this] {
            clinic_.moved = true;
            clinic_.sessions[0] += 90min;
            const Instant starts = clinic_.sessions[0];
            for (const auto& id : tomorrows_seats()) {
                world_.server.set("Slot", id, "/start",
                                  "\"" + format_instant(starts) + "\"");
                world_.server.set(
                    "Slot", id, "/end",
                    "\"" + format_instant(starts + Clinic::session_lasts) + "\"");
            }
            world_.note("staff", "moves the class");
        });
    }

    std::vector<std::string> tomorrows_seats() const {
        std::vector<std::string> ids;
        for (int seat = 0; seat < clinic_.seats; ++seat)
            ids.push_back("seat-" + std::to_string(seat));
        return ids;
    }

    void leave(SimKiosk& kiosk, const std::string& patient) {
        kiosk.act("leaving of " + patient, [&](Store& store, const Clock& clock) {
            const auto all =
                store.sign_ups_of(SimKiosk::site_keys().alias_of("Patient", patient));
            if (all && !all->empty())
                (void)store.leave_class(all->back().unit, clock.now());
        });
    }

    void staff() {
        const auto which = world_.between(0, 6);
        const std::string appointment = world_.one_of(clinic_.expected).appointment;
        const milliseconds when = some_time();
        const auto put = [this, appointment, when](
                             const char* what, const char* pointer, std::string value) {
            at(when, [this, appointment, what, pointer, value = std::move(value)] {
                if (!world_.server.set("Appointment", appointment, pointer, value))
                    return;
                ledger_.called_off.erase(appointment);
                if (value != "\"arrived\"")
                    ledger_.called_off[appointment] = value.substr(1, value.size() - 2);
                world_.note("staff", std::string(what) + " " + appointment);
            });
        };
        switch (which) {
            case 0:
                return put("cancels", "/status", "\"cancelled\"");
            case 1:
                return put("marks as no-show", "/status", "\"noshow\"");
            case 2:
                return put("marks as arrived", "/status", "\"arrived\"");
            case 3:
                return move(appointment, when);
            case 4:
                return at(when, [this, appointment] {
                    if (!world_.server.get("Appointment", appointment)) return;
                    world_.server.remove("Appointment", appointment);
                    ledger_.removed.insert(appointment);
                    world_.note("staff", "deletes " + appointment);
                });
            case 5:
                return add(when);
            default:
                return edit_patient(when);
        }
    }

    void move(const std::string& appointment, milliseconds when) {
        const auto by = std::chrono::minutes(
            world_.chance(0.5) ? world_.between(10, 60) : world_.between(1'440, 4'320));
        at(when, [this, appointment, by] {
            const auto found = std::ranges::find(clinic_.expected, appointment,
                                                 &Clinic::Expected::appointment);
            const Instant starts = found->starts + by;
            if (!world_.server.set("Appointment", appointment, "/start",
                                   "\"" + format_instant(starts) + "\""))
                return;
            world_.server.set("Appointment", appointment, "/end",
                              "\"" + format_instant(starts + found->lasts) + "\"");
            world_.note("staff", "moves " + appointment);
        });
    }

    /// A walk-in whom the desk enters, and who then checks in.
    void add(milliseconds when) {
        const Clinic::Expected added{"walk-in-" + std::to_string(added_++),
                                     {world_.one_of(clinic_.patients)},
                                     world_.started + 40min};
        at(when, [this, added] {
            world_.server.put(appointment_json(added, "booked"));
            world_.note("staff", "adds " + added.appointment);
        });
        check_in(when + milliseconds(world_.between(30'000, 300'000)), some_kiosk(),
                 added.appointment, added.patients[0], false);
    }

    void edit_patient(milliseconds when) {
        const std::string patient = world_.one_of(clinic_.patients);
        at(when, [this, patient] {
            world_.server.set("Patient", patient, "/name/0/family", "\"Changed\"");
            world_.note("staff", "edits " + patient);
        });
    }

    void wrong_clock() {
        SimKiosk& kiosk = some_kiosk();
        const milliseconds by(world_.between(-7'200'000, 7'200'000));
        at(some_time(), [this, &kiosk, by] {
            kiosk.own_clock().wrong_by = by;
            world_.note(kiosk.name(), "clock set wrong by " +
                                          std::to_string(by.count() / 1000) + " s");
        });
    }

    void note_for_desk() {
        SimKiosk& kiosk = some_kiosk();
        at(some_time(), [&kiosk] {
            kiosk.act("asks for help", [](Store& store, const Clock& clock) {
                (void)store.tell_desk({.reason = DeskReason::help,
                                       .at = clock.now(),
                                       .visit = {},
                                       .patient = {}});
            });
        });
    }

    std::optional<milliseconds> rush_;
    int ledger_form_ = 0, added_ = 0;
};

/// A patient is told how it stands, and says something to an offer, or nothing.
void look(World& world, Ledger& ledger, SimKiosk& kiosk, const std::string& patient,
          bool yes, bool no) {
    kiosk.act(patient + " looks", [&](Store& store, const Clock& clock) {
        const auto own =
            store.sign_ups_of(SimKiosk::site_keys().alias_of("Patient", patient));
        if (!own) return;
        for (const SignUp& each : *own) {
            if (!each.told) (void)store.mark_told(each.unit);
            if (each.state != SignUpState::offered) continue;
            if (yes) {
                world.note(kiosk.name(), patient + " accepts");
                if (store.accept_offer(each.unit, clock.now(),
                                       quality_of(store, clock)))
                    ++ledger.accepted;
            } else if (no) {
                world.note(kiosk.name(), patient + " declines");
                if (store.leave_class(each.unit, clock.now())) ++ledger.declined;
            }
        }
    });
}

}  // namespace

std::vector<Event> returns_of(World& world, Clinic& clinic, Ledger& ledger,
                              std::vector<std::unique_ptr<SimKiosk>>& kiosks,
                              milliseconds from, milliseconds length) {
    std::vector<Event> events;
    for (auto& kiosk : kiosks)
        for (const std::string& patient : clinic.patients) {
            const auto when = from + milliseconds(world.between(0, length.count()));
            const bool yes = world.chance(0.5), no = world.chance(0.4);
            events.push_back({when, [&, patient, yes, no, where = kiosk.get()] {
                                  look(world, ledger, *where, patient, yes, no);
                              }});
        }
    std::ranges::stable_sort(events, {}, &Event::at);
    return events;
}

std::vector<Event> plan_of(World& world, Clinic& clinic, Ledger& ledger,
                           std::vector<std::unique_ptr<SimKiosk>>& kiosks,
                           milliseconds length) {
    auto events = made_by<Planner>(world, clinic, ledger, kiosks, length);
    std::ranges::move(stays_of(world, clinic, ledger, kiosks, length),
                      std::back_inserter(events));
    std::ranges::stable_sort(events, {}, &Event::at);
    return events;
}

}  // namespace foyer::sim
