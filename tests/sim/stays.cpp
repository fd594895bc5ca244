#include "tests/sim/stays.h"

#include <algorithm>
#include <string>

#include "tests/sim/acts.h"

namespace foyer::sim {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// Whole seconds: the checker of hours goes through time second by second.
Instant second_of(const Clock& clock) {
    return std::chrono::floor<std::chrono::seconds>(clock.now());
}

class Stays : public Acts {
public:
    using Acts::Acts;

    std::vector<Event> plan() {
        for (const auto& expected : clinic_.expected) {
            if (!takes_attendance(expected.service)) continue;
            for (const std::string& patient : expected.patients)
                if (world_.chance(0.85)) stay(expected.appointment, patient);
        }
        for (auto amendments = world_.between(0, 3); amendments > 0; --amendments)
            amend(some_time());
        return std::move(events_);
    }

private:
    milliseconds a_while(milliseconds at_most) {
        return milliseconds(world_.between(1'000, at_most.count()));
    }

    /// Mostly at the kiosk where one came in.
    void stay(const std::string& appointment, const std::string& patient) {
        SimKiosk& home = some_kiosk();
        const auto somewhere = [&]() -> SimKiosk& {
            return world_.chance(0.6) ? home : some_kiosk();
        };
        milliseconds when = some_time(length_ / 2);
        if (world_.chance(0.1))
            tap(when - std::min(when, a_while(60s)), somewhere(), appointment, patient,
                AttendanceKind::sign_out);
        sign_in(when, home, appointment, patient);
        if (world_.chance(0.3))
            sign_in(when + some_time(world_.chance(0.5) ? 400ms : 120s), some_kiosk(),
                    appointment, patient);
        for (auto breaks = world_.between(0, 2); breaks > 0; --breaks) {
            when += a_while(90s);
            tap(when, somewhere(), appointment, patient, AttendanceKind::break_out);
            when += a_while(90s);
            if (world_.chance(0.85))
                tap(when, somewhere(), appointment, patient, AttendanceKind::break_in);
        }
        if (world_.chance(0.25)) return;  // goes without a word
        when += a_while(240s);
        tap(when, somewhere(), appointment, patient, AttendanceKind::sign_out);
        if (world_.chance(0.2))
            tap(when + some_time(3s), somewhere(), appointment, patient,
                AttendanceKind::sign_out);
    }

    void sign_in(milliseconds when, SimKiosk& kiosk, const std::string& appointment,
                 const std::string& patient) {
        at(when, [this, &kiosk, appointment, patient] {
            ledger_.check_ins.push_back({kiosk.index(), appointment, patient, false});
            const std::size_t entry = ledger_.check_ins.size() - 1;
            kiosk.act(
                patient + " signs in for " + appointment,
                [&](Store& store, const Clock& clock) {
                    const auto visit = store.visit_of(appointment, patient);
                    if (!visit) return;
                    if (!store.check_in({.visits = {visit->id},
                                         .late = {},
                                         .at = second_of(clock),
                                         .clock = quality_of(store, clock),
                                         .method = AttendanceMethod::slip,
                                         .attested = true}))
                        return;
                    ledger_.check_ins[entry].told = true;
                    const auto events = store.attendance_of(visit->id);
                    if (!events) return;
                    for (const AttendanceEvent& event : *events)
                        if (event.kind == AttendanceKind::sign_in && event.by.empty())
                            ledger_.said.push_back({kiosk.index(), event});
                });
        });
    }

    void tap(milliseconds when, SimKiosk& kiosk, const std::string& appointment,
             const std::string& patient, AttendanceKind kind) {
        at(when, [this, &kiosk, appointment, patient, kind] {
            kiosk.act(patient + " taps " + code(kind) + " of " + appointment,
                      [&](Store& store, const Clock& clock) {
                          const auto visit = store.visit_of(appointment, patient);
                          if (!visit) return;
                          const auto said =
                              store.attend({.visit = visit->id,
                                            .kind = kind,
                                            .at = second_of(clock),
                                            .clock = quality_of(store, clock),
                                            .method = AttendanceMethod::name,
                                            .attested = true});
                          if (said) ledger_.said.push_back({kiosk.index(), *said});
                      });
        });
    }

    /// A facilitator corrects something that this kiosk knows of, perhaps a correction.
    void amend(milliseconds when) {
        SimKiosk& kiosk = some_kiosk();
        const bool voided = world_.chance(0.25);
        const std::chrono::seconds by(world_.between(-600, 600));
        const auto which = std::size_t(world_.between(0, 1000));
        at(when, [this, &kiosk, voided, by, which] {
            kiosk.act("a facilitator amends", [&](Store& store, const Clock& clock) {
                const auto known = known_of(store);
                if (known.empty()) return;
                const AttendanceEvent& event = known[which % known.size()];
                const auto said = store.attest({.appointment = event.appointment,
                                                .patient = event.patient,
                                                .kind = event.kind,
                                                .at = event.at + by,
                                                .by = "Kim",
                                                .amends = event.unit,
                                                .reason = "as Kim saw it",
                                                .voided = voided,
                                                .recorded = second_of(clock),
                                                .clock = quality_of(store, clock)});
                if (said) ledger_.said.push_back({kiosk.index(), *said});
            });
        });
    }

    /// Of groups and programs; the class has a door of its own.
    std::vector<AttendanceEvent> known_of(Store& store) const {
        const std::chrono::sys_days today(SimKiosk::site_time().day_of(world_.started));
        auto known = store.attendance_between(Date(today - std::chrono::days(1)),
                                              Date(today + std::chrono::days(1)));
        if (!known) return {};
        std::erase_if(*known, [](const AttendanceEvent& event) {
            return event.service == Service::holistic_class;
        });
        return *std::move(known);
    }
};

/// Does something for each session that has a roster at this kiosk.
template <class Does>
void for_rosters(const Clinic& clinic, Store& store, Does does) {
    for (const auto& expected : clinic.expected) {
        if (!takes_attendance(expected.service)) continue;
        const auto lines = store.roster(expected.appointment);
        if (lines) does(expected, *lines);
    }
}

}  // namespace

std::vector<Event> stays_of(World& world, Clinic& clinic, Ledger& ledger,
                            std::vector<std::unique_ptr<SimKiosk>>& kiosks,
                            milliseconds length) {
    return made_by<Stays>(world, clinic, ledger, kiosks, length);
}

void confirm_sign_outs(World& world, const Clinic& clinic, Ledger& ledger,
                       SimKiosk& kiosk) {
    kiosk.act("a facilitator confirms", [&](Store& store, const Clock& clock) {
        for_rosters(clinic, store, [&](const auto& expected, const auto& lines) {
            for (const RosterLine& line : lines) {
                const auto stands = attended(line.events, clock.now());
                if (stands.state != Attended::State::present &&
                    stands.state != Attended::State::on_break)
                    continue;
                Instant at = world.started;
                for (const AttendanceEvent& event : line.events)
                    at = std::max(at, event.at);
                const auto said = store.attest({.appointment = expected.appointment,
                                                .patient = line.patient.id,
                                                .kind = AttendanceKind::sign_out,
                                                .at = at + 60s,
                                                .by = "Kim",
                                                .amends = {},
                                                .reason = {},
                                                .voided = false,
                                                .recorded = second_of(clock),
                                                .clock = quality_of(store, clock)});
                if (said) ledger.said.push_back({kiosk.index(), *said});
            }
        });
    });
}

void close_sessions(World& world, const Clinic& clinic, Ledger& ledger,
                    SimKiosk& kiosk) {
    kiosk.act("a facilitator closes", [&](Store& store, const Clock& clock) {
        for_rosters(clinic, store, [&](const auto& expected, const auto&) {
            const auto closed =
                store.close_attendance({.appointment = expected.appointment,
                                        .by = "Kim",
                                        .at = clock.now(),
                                        .clock = quality_of(store, clock)});
            if (!closed) return;
            world.note(kiosk.name(), "closes " + expected.appointment + " for " +
                                         std::to_string(closed->closed));
            ledger.closed.push_back(
                {expected.appointment, kiosk.index(), closed->open.empty()});
        });
    });
}

}  // namespace foyer::sim
