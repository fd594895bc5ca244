#include "kiosk/flow_attendance.h"

#include <algorithm>
#include <concepts>
#include <utility>

#include "kiosk/flow_parts.h"

namespace foyer {

namespace {

/// Most pairs mean nothing; they share this.
Stays on(const auto&, const auto&) {
    return {};
}

Step home() {
    return {Welcome{}, {EndSession{}}};
}

bool can_be_chosen(const VisitCard& visit) {
    return visit.standing == Standing::open || visit.standing == Standing::late;
}

bool is_there(const SessionCard& session) {
    return session.state == Attended::State::present ||
           session.state == Attended::State::on_break;
}

std::vector<SessionCard> to_leave(const std::vector<SessionCard>& sessions) {
    std::vector<SessionCard> there;
    for (const auto& session : sessions)
        if (is_there(session) && !session.over) there.push_back(session);
    return there;
}

bool starts_later(const VisitCard& a, const VisitCard& b) {
    return a.starts.day > b.starts.day ||
           (a.starts.day == b.starts.day && a.starts.minutes > b.starts.minutes);
}

/// The session that was left last.
const SessionCard* left_last(const std::vector<SessionCard>& sessions) {
    const SessionCard* last = nullptr;
    for (const auto& session : sessions)
        if (session.state == Attended::State::gone &&
            (last == nullptr || starts_later(session.visit, last->visit)))
            last = &session;
    return last;
}

Step said_before(const SessionCard& session) {
    return {AttendanceSaid{session, AttendanceKind::sign_out, true}};
}

/// Nothing goes on any more: a sign-out that was missed is for a person, else the one
/// that was made is said again.
std::optional<Step> ended(const ConfirmIdentity& here) {
    const auto missed = std::ranges::find_if(here.sessions, is_there);
    if (missed != here.sessions.end())
        return Step{
            SeeDesk{SeeDesk::For::sign_out},
            {TellDesk{DeskReason::sign_out_missed, missed->visit.id, here.person.id}}};
    if (const auto* gone = left_last(here.sessions)) return said_before(*gone);
    return std::nullopt;
}

/// Which session a tap is about.
const SessionCard* chosen_of(const SignedIn& here) {
    if (here.sessions.size() == 1) return &here.sessions.front();
    if (!here.picked) return nullptr;
    for (const auto& session : here.sessions)
        if (session.visit.id == *here.picked) return &session;
    return nullptr;
}

// --- at a group or program day -------------------------------------------------------

Step on(const SignedIn& here, const SessionPicked& tapped) {
    auto next = here;
    next.picked = tapped.visit;
    return {std::move(next)};
}
Step on(const SignedIn& here, const AttendanceTapped& tapped) {
    const auto* session = chosen_of(here);
    if (session == nullptr || tapped.kind == AttendanceKind::sign_in) return {here};
    return {SavingAttendance{here.person, tapped.kind},
            {SaveAttendance{session->visit.id, tapped.kind, here.person.known_by}}};
}
// Who came by a slip alone has not said yet who they are.
Step on(const SignedIn& here, const OtherVisitTapped&) {
    if (!here.confirmed) return {ConfirmIdentity{here.person, here.visits, {}, {}}};
    auto visits = here.visits;
    for (auto& visit : visits) visit.chosen = can_be_chosen(visit);
    return {TodaysVisits{here.person, std::move(visits)}};
}
Step on(const SignedIn& here, const BackTapped&) {
    if (!here.picked) return home();
    auto next = here;
    next.picked.reset();
    return {std::move(next)};
}

Step on(const SavingAttendance&, const AttendanceSaved& saved) {
    return {AttendanceSaid{saved.session, saved.kind, saved.again}};
}
Step on(const SavingAttendance& here, const AttendanceFailed&) {
    return {SaveFailed{true}, {TellDesk{DeskReason::save_failed, {}, here.person.id}}};
}
// Nobody knows whether it was written; a person finds out.
Step on(const SavingAttendance& here, const TimeUp&) {
    return {SaveFailed{true}, {TellDesk{DeskReason::save_failed, {}, here.person.id}}};
}

// --- not signed in -------------------------------------------------------------------

Step on(const NotSignedIn& here, const SignInTapped&) {
    auto visits = here.visits;
    for (auto& visit : visits) visit.chosen = can_be_chosen(visit);
    if (std::ranges::none_of(visits, &VisitCard::chosen)) return {here};
    return {TodaysVisits{here.person, std::move(visits)}};
}
Step on(const NotSignedIn& here, const WasHereTapped&) {
    return {SeeDesk{SeeDesk::For::attendance},
            {TellDesk{DeskReason::not_signed_in, {}, here.person.id}}};
}
// What they say is a fact of its own; their sign-in comes once the kiosks hear of each
// other, and if none comes, the facilitator sees what does not fit.
Step on(const NotSignedIn& here, const SignedInElsewhereTapped&) {
    if (here.going_on.empty()) return {here};
    return {SignedIn{here.person, here.going_on, {}, here.visits, true}};
}
Step on(const NotSignedIn&, const BackTapped&) {
    return home();
}

// --- the sheet -----------------------------------------------------------------------

Step on(const SignInSheet& here, const SignatureDone&) {
    if (!is_signed(here)) return {here};
    auto order = check_in_of(here.person, here.visits);
    if (here.draw)
        order.strokes = here.strokes;
    else
        order.signed_name = here.name;
    return {CheckingIn{here.person, here.visits, here.contact_changed},
            {std::move(order)}};
}
Step on(const SignInSheet& here, const SignedByTap&) {
    return {CheckingIn{here.person, here.visits, here.contact_changed},
            {check_in_of(here.person, here.visits)}};
}
Step on(const SignInSheet& here, const BackTapped&) {
    return {TodaysVisits{here.person, here.visits}};
}

// --- rush ----------------------------------------------------------------------------

// The sign-in stays a fact: who taps is not known to be anybody. The facilitator, who
// sees the people, amends it by name.
Step on(const SignedInNow& here, const SignInDisputed&) {
    return {SeeDesk{SeeDesk::For::attendance},
            {TellDesk{DeskReason::sign_in_disputed, here.visit.id, here.patient}}};
}
// The same slip, held there a moment longer, does not sign out again.
Step on(const SignedInNow& here, const SlipScanned& scan) {
    if (scan.text == here.slip) return {here};
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}

// --- the way -------------------------------------------------------------------------

template <class S>
requires OneOf<S, AttendanceSaid, SignedInNow> Step on(const S& here,
                                                       const WayAsked& asked) {
    return {WayShown{keep(here), asked.visit}};
}

// --- going away, help, comfort, idling -----------------------------------------------

// Whoever came by a slip alone and walked on has nothing open: the line goes on.
Step on(const SignedIn& here, const SlipScanned& scan) {
    if (here.confirmed) return {here};
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}
Step on(const AttendanceSaid&, const SlipScanned& scan) {
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}
template <class S, class E>
requires(OneOf<S, AttendanceSaid, SignedInNow>&& OneOf<E, Finished, TimeUp, BackTapped>)
    Step on(const S&, const E&) {
    return home();
}

}  // namespace

bool signs_in(const std::vector<VisitCard>& visits) {
    return std::ranges::any_of(
        visits, [](const auto& visit) { return visit.chosen && visit.signs; });
}

SaveCheckIn check_in_of(const Person& person, const std::vector<VisitCard>& visits) {
    std::vector<Alias> ids;
    for (const auto& visit : visits)
        if (visit.chosen) ids.push_back(visit.id);
    return {person.id, std::move(ids), person.known_by, signs_in(visits),
            person.guardian == false};
}

bool signs_by_hand(const std::vector<VisitCard>& visits) {
    const auto is = [&](auto what) {
        return std::ranges::any_of(
            visits, [&](const auto& visit) { return visit.chosen && what(visit); });
    };
    return is([](const auto& visit) {
               return visit.by_hand && can_be_chosen(visit);
           }) &&
           !is([](const auto& visit) { return visit.crisis; });
}

std::optional<Step> rush(const PersonFound& found, Purpose purpose) {
    if (found.rush.empty()) return std::nullopt;
    if (purpose != Purpose::check_in && purpose != Purpose::sign_out)
        return std::nullopt;
    if (auto there = to_leave(found.sessions); !there.empty())
        return Step{SignedIn{found.person, std::move(there), {}, found.visits, false}};
    if (purpose == Purpose::sign_out) return std::nullopt;
    auto visits = found.visits;
    std::vector<Alias> only;
    for (auto& visit : visits) {
        visit.chosen = can_be_chosen(visit);
        if (visit.chosen) only.push_back(visit.id);
    }
    if (only.size() != 1) return std::nullopt;
    // Nobody has read that they sign for themselves: signing out says it for both.
    return Step{
        CheckingIn{found.person, std::move(visits), false, found.rush},
        {SaveCheckIn{found.person.id, std::move(only), found.person.known_by, false}}};
}

std::optional<Step> signed_in_now(const CheckingIn& here, const CheckInSaved& saved) {
    if (here.rush.empty() || !saved.forms.empty() || !saved.news.empty() ||
        saved.late || saved.visits.size() != 1)
        return std::nullopt;
    return Step{SignedInNow{.patient = here.person.id,
                            .visit = saved.visits.front(),
                            .call_name = saved.call_name,
                            .slip = here.rush}};
}

bool is_behind(const ConfirmIdentity& here, const VisitCard& visit) {
    return std::ranges::any_of(here.sessions, [&](const auto& session) {
        return session.visit.id == visit.id &&
               (session.over || session.state == Attended::State::gone);
    });
}

std::optional<Step> already_signed_in(const ConfirmIdentity& here) {
    if (auto there = to_leave(here.sessions); !there.empty())
        return Step{SignedIn{here.person, std::move(there), {}, here.visits, true}};
    // What can be done now and a check-in that stands say more; what comes later today
    // does, too, to whoever has not just left.
    const bool just_left = std::ranges::any_of(here.sessions, [](const auto& session) {
        return session.state == Attended::State::gone && !session.over;
    });
    const bool more = std::ranges::any_of(here.visits, [&](const auto& visit) {
        return can_be_chosen(visit) || !visit.signs ||
               (visit.standing == Standing::early && !just_left);
    });
    return more ? std::nullopt : ended(here);
}

Step sign_out_asked(const ConfirmIdentity& here) {
    if (auto there = to_leave(here.sessions); !there.empty())
        return {SignedIn{here.person, std::move(there), {}, here.visits, true}};
    if (auto step = ended(here)) return *step;
    NotSignedIn unknown{here.person, here.visits};
    for (const auto& session : here.sessions)
        if (session.state == Attended::State::expected)
            unknown.going_on.push_back(session);
    return {std::move(unknown)};
}

bool concerns_attendance(const Screen& screen, const Event& event) {
    return concerns<AttendancePairs>(screen, event);
}

Step react_to_attendance(const Screen& screen, const Event& event) {
    return answered<AttendancePairs>(
        screen, event,
        [](const auto& here, const auto& what) -> decltype(on(here, what)) {
            return on(here, what);
        });
}

}  // namespace foyer
