#include "kiosk/signing_desk.h"

#include "kiosk/effects.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/ledger.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// So long after a session's end its patients can sign out by themselves. Later their
/// tap says nothing of when they left: a facilitator does, by name (domain.md W5, who
/// asks for them from 10 minutes after the end).
constexpr auto leave_until = 60min;

/// What the records keep of attendance.
constexpr auto course = std::chrono::days(100);

bool called_off(const Visit& visit) {
    return visit.status == AppointmentStatus::cancelled ||
           visit.status == AppointmentStatus::entered_in_error;
}

bool has_arrived(const Visit& visit) {
    return visit.check_in || visit.status == AppointmentStatus::arrived ||
           visit.status == AppointmentStatus::checked_in;
}

}  // namespace

SessionCard SigningDesk::card(const Visit& visit, const Attended& attended) const {
    const auto now = parts_.clock->now();
    SessionCard card{.visit = card_of(visit, now, *parts_.site, *parts_.time),
                     .state = attended.state,
                     .in = {},
                     .out = {}};
    // A check-in whose event is not here yet is one all the same.
    if (attended.state == Attended::State::expected && has_arrived(visit))
        card.state = Attended::State::present;
    if (attended.in)
        card.in = parts_.time->local(*attended.in);
    else if (visit.check_in)
        card.in = parts_.time->local(visit.check_in->at);
    if (attended.out) card.out = parts_.time->local(*attended.out);
    card.over = visit.ends > visit.starts && now > visit.ends + leave_until;
    return card;
}

std::vector<SessionCard> SigningDesk::sessions(Store& store,
                                               const Alias& patient) const {
    const auto now = parts_.clock->now();
    const auto today = parts_.time->day_of(now);
    const Date yesterday{std::chrono::sys_days(today) - std::chrono::days(1)};
    std::vector<SessionCard> found;
    for (const auto day : {yesterday, today}) {
        const auto visits = store.visits_on(day, patient);
        if (!visits) {
            log(events::store_failed, "finding", visits.error().code);
            continue;
        }
        for (const auto& visit : *visits) {
            if (!takes_attendance(visit.service) || called_off(visit)) continue;
            if (day == yesterday && now > visit.ends + leave_until) continue;
            const auto told = store.attendance_of(visit.id);
            if (!told) {
                log(events::store_failed, "finding", told.error().code);
                continue;
            }
            const auto attends = attended(*told, now);
            auto session = card(visit, attends);
            if (session.state == Attended::State::expected &&
                (session.over || now < visit.starts))
                continue;
            found.push_back(std::move(session));
        }
    }
    return found;
}

void SigningDesk::count_days(Store& store, const Visit& visit, VisitCard& card) const {
    if (visit.service != Service::php && visit.service != Service::iop) return;
    const auto rule = program_rule(parts_.site->programs, visit.service);
    if (rule.days <= 0) return;
    const auto now = parts_.clock->now();
    const auto today = parts_.time->day_of(now);
    const auto told = store.attendance_of_patient(
        visit.patient, Date{std::chrono::sys_days(today) - course});
    if (!told) return log(events::store_failed, "finding", told.error().code);
    const auto ledger = ledger_of(attended_visits(*told, now), visit.service, rule,
                                  *parts_.time, parts_.site->week_start, now);
    const bool counted = !ledger.days.empty() && ledger.days.back().day == today;
    const int day = ledger.program_days + (counted ? 0 : 1);
    if (day > rule.days) return;
    card.program_day = day;
    card.program_days = rule.days;
}

Event SigningDesk::carry(const SaveAttendance& order, Store& store,
                         ClockQuality clock) const {
    const auto now = parts_.clock->now();
    const auto failed = [&](const Error& error) -> Event {
        log(events::attendance_failed, order.visit, error.code);
        return AttendanceFailed{error.code};
    };
    // The screen with the choices says that one signs for oneself.
    const auto saved = store.attend({.visit = order.visit,
                                     .kind = order.kind,
                                     .at = now,
                                     .clock = clock,
                                     .method = order.method,
                                     .attested = true});
    if (!saved) return failed(saved.error());
    const auto visit = store.visit_behind(order.visit);
    if (!visit) return failed(visit.error());
    if (!*visit) return AttendanceFailed{Error::Code::not_found};
    const auto told = store.attendance_of(order.visit);
    if (!told) return failed(told.error());
    auto session = card(**visit, attended(*told, now));
    if (order.kind == AttendanceKind::sign_out && !session.out) {
        session.out = parts_.time->local(saved->at);
        // After a clock was set back the way in may lie behind: said is what is sure.
        if (const auto stands = attended(*told, now);
            stands.in && *stands.in > saved->at)
            session.in.reset();
    }
    return AttendanceSaved{std::move(session), order.kind, saved->at != now};
}

bool is_there(const SessionCard& session) {
    return !session.over && (session.state == Attended::State::present ||
                             session.state == Attended::State::on_break);
}

}  // namespace foyer
