#include "kiosk/finding_desk.h"

#include <algorithm>

#include "kiosk/effects.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/arrival.h"
#include "sync/clinic/attendance.h"
#include "sync/clinic/slip_token.h"
#include "sync/fhir/import.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// A visit that has a place on "Here is your day".
bool is_shown(Standing standing) {
    return standing == Standing::open || standing == Standing::late ||
           standing == Standing::early || standing == Standing::here;
}

/// What the desk is told when none of today's visits can be checked in to; the reason
/// that helps the desk most comes first.
DeskReason reason_for(const std::vector<VisitCard>& today) {
    const auto has = [&](Standing standing) {
        return std::ranges::any_of(
            today, [&](const auto& visit) { return visit.standing == standing; });
    };
    if (has(Standing::other_site)) return DeskReason::other_site;
    if (has(Standing::cancelled)) return DeskReason::cancelled;
    if (has(Standing::over)) return DeskReason::over;
    return DeskReason::no_visit_today;
}

std::string last_four_digits(const std::string& phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() < 4 ? "" : digits.substr(digits.size() - 4);
}

/// Whether a visit is still to come, or runs.
bool is_open(AppointmentStatus status) {
    using enum AppointmentStatus;
    return status != cancelled && status != noshow && status != entered_in_error &&
           status != fulfilled;
}

FormDesk::With for_forms(const FindingDesk::With& with) {
    return {with.store, with.language, with.clock_quality};
}

}  // namespace

// --- who is it -------------------------------------------------------------------

std::vector<VisitCard> FindingDesk::cards_today(const Alias& patient, bool& failed,
                                                const With& with) {
    std::vector<VisitCard> cards;
    const auto visits = with.store.visits_on(today(), patient);
    if (!visits) {
        log(events::store_failed, "finding", visits.error().code);
        failed = true;
        return cards;
    }
    for (const auto& visit : *visits) {
        cards.push_back(card_of(visit, now(), *parts_.site, *parts_.time));
        parts_.attendance->count_days(with.store, visit, cards.back());
    }
    return cards;
}

Result<Person> FindingDesk::person(const Alias& id, const With& with) {
    const auto patient = TRY(with.store.patient(id));
    Person found{id, patient.given, patient.phone, false};
    const auto known = patient.contact_confirmed;
    found.contact_stale =
        !known || std::chrono::sys_days(*known) + parts_.site->contact_stale_after <
                      std::chrono::sys_days(today());
    if (is_minor(patient, today(), *parts_.site))
        found.asks_guardian =
            found.contact_stale ||
            parts_.forms->needs_guardian(id, TRY(services_on(today(), id, with.store)),
                                         for_forms(with));
    return found;
}

Result<std::vector<Service>> FindingDesk::services_on(Date day, const Alias& patient,
                                                      Store& store) const {
    const auto visits = TRY(store.visits_on(day, patient));
    std::vector<Service> services;
    for (const auto& visit : visits)
        if (is_open(visit.status)) services.push_back(visit.service);
    return services;
}

bool FindingDesk::is_minor_here(Store& store, const Alias& patient) const {
    const auto who = store.patient(patient);
    return who && is_minor(*who, today(), *parts_.site);
}

Event FindingDesk::missed(DeskReason reason, std::optional<Alias> patient,
                          const With& with) {
    attempts_.missed(with.given);
    note(reason, {}, patient, with);
    return NobodyToday{};
}

/// One patient was found by what they typed: a visit today, or the one same answer.
/// Classes and forms need no visit today.
Event FindingDesk::found_one(const Alias& id, Purpose purpose, const With& with) {
    bool failed = false;
    const auto today = cards_today(id, failed, with);
    auto shown = today;
    std::erase_if(shown, [](const auto& visit) { return !is_shown(visit.standing); });
    const bool needs_visit =
        purpose == Purpose::check_in || purpose == Purpose::sign_out;
    auto sessions = parts_.attendance->sessions(with.store, id);
    if (needs_visit && shown.empty() && std::ranges::none_of(sessions, is_there))
        return missed(reason_for(today), id, with);
    auto who = person(id, with);
    if (!who) return missed(DeskReason::no_match, id, with);
    return PersonFound{std::move(*who), std::move(shown), {}, {}, std::move(sessions)};
}

std::optional<Event> FindingDesk::tries_used_up(const With& with) {
    const auto wait = attempts_.wait(with.given);
    if (wait <= 0ms) return std::nullopt;
    log(events::tries_limited, attempts_.misses(with.given), wait);
    return TooManyTries{int(std::chrono::ceil<std::chrono::seconds>(wait).count())};
}

Event FindingDesk::carry(const FindPatient& order, const With& with) {
    if (auto wait = tries_used_up(with)) return *std::move(wait);
    const auto ids =
        with.store.patients_behind(with.store.index_of(order.family, order.born));
    if (!ids) {
        log(events::store_failed, "finding", ids.error().code);
        return NobodyToday{};
    }
    if (ids->empty()) return missed(DeskReason::no_match, {}, with);
    if (ids->size() == 1) return found_one(ids->front(), order.purpose, with);
    return TwoFound{*ids};
}

Event FindingDesk::carry(const TellApart& order, const With& with) {
    if (auto wait = tries_used_up(with)) return *std::move(wait);
    std::vector<Alias> fitting;
    for (const auto& id : order.candidates) {
        const auto patient = with.store.patient(id);
        if (patient && last_four_digits(patient->phone) == order.digits)
            fitting.push_back(id);
    }
    if (fitting.size() != 1) return missed(DeskReason::ambiguous, {}, with);
    return found_one(fitting.front(), order.purpose, with);
}

// --- slips -----------------------------------------------------------------------

/// An authentic slip whose visit is not held here.
Event FindingDesk::unknown_slip(const SlipToken& token, const With& with) {
    const Instant printed = token.expires - 24h;
    if (token.expires <= now()) {
        note(DeskReason::bad_slip, token.visit, {}, with);
        return SlipNotTaken{SlipTrouble::expired};
    }
    if (schedule_window(*parts_.time, now()).holds(parts_.time->day_of(printed))) {
        note(DeskReason::unknown_slip, token.visit, {}, with);
        return SlipNotTaken{SlipTrouble::unknown};
    }
    note(DeskReason::other_day, token.visit, {}, with);
    return SlipForOtherDay{{parts_.time->local(printed), {}}};
}

Event FindingDesk::carry(const ReadSlip& order, const SiteKeys& keys,
                         const With& with) {
    const auto token = read_token(order.text, keys);
    if (!token) {
        log(events::scan_seen, token.error());
        if (token.error() != TokenFault::foreign)
            return SlipNotTaken{SlipTrouble::unreadable};
        note(DeskReason::bad_slip, {}, {}, with);
        return SlipNotTaken{SlipTrouble::foreign};
    }
    const auto held = with.store.visit_behind(token->visit);
    if (!held) {
        log(events::store_failed, "reading a slip", held.error().code);
        return SlipNotTaken{SlipTrouble::unknown};
    }
    log(events::scan_seen, "authentic");
    if (!*held) return unknown_slip(*token, with);
    return slip_of(**held, order.text, order.purpose, with);
}

Event FindingDesk::slip_of(const Visit& visit, const std::string& slip, Purpose purpose,
                           const With& with) {
    bool failed = false;
    auto today = cards_today(visit.patient, failed, with);
    auto who = person(visit.patient, with);
    if (!who || failed) return SlipNotTaken{SlipTrouble::unknown};

    PersonFound found{std::move(*who), {}, {}, {}};
    for (auto& card : today)
        if (is_shown(card.standing)) found.visits.push_back(std::move(card));
    found.person.known_by = AttendanceMethod::slip;
    found.sessions = parts_.attendance->sessions(with.store, visit.patient);
    const auto how = standing(visit, now(), *parts_.site);
    const auto own = std::ranges::find_if(found.sessions, [&](const auto& session) {
        return session.visit.id == visit.id;
    });
    const bool held = own != found.sessions.end();
    const bool there = held && is_there(*own);
    // Of a group that lasts past midnight the day is over before the group is.
    const bool known =
        there || (held && !own->over && own->state == Attended::State::gone);
    // To classes and forms a slip of any day is the way.
    if (purpose == Purpose::check_in && !is_shown(how) && !known)
        why_not(visit, how, found, with);
    if (is_rush(visit, how, there, found, with)) found.rush = slip;
    return found;
}

/// Whether a slip leads straight on (kiosk/README.md, "Rush"): its group or program
/// day is what there is to sign in to now, and nothing else is to be asked; or the
/// patient is there.
bool FindingDesk::is_rush(const Visit& visit, Standing how, bool there,
                          const PersonFound& found, const With& with) {
    if (!parts_.site->fast_sign_in || !counts_hours(visit.service)) return false;
    if (there) return true;
    // The sheet waits for a hand.
    if (parts_.site->sign_by_hand) return false;
    const auto can_be_chosen =
        std::ranges::count_if(found.visits, [](const auto& card) {
            return card.standing == Standing::open || card.standing == Standing::late;
        });
    if (how != Standing::open || can_be_chosen != 1 || found.person.contact_stale ||
        std::ranges::any_of(found.sessions, is_there))
        return false;
    const bool asked =
        !parts_.forms->welcome(visit.patient, {visit.service}, for_forms(with)).empty();
    parts_.forms->forget();
    return !asked;
}

/// The slip's own visit cannot be checked in to: what to say after "Yes, that is me".
void FindingDesk::why_not(const Visit& visit, Standing how, PersonFound& found,
                          const With& with) {
    const bool others_today = std::ranges::any_of(found.visits, [](const auto& card) {
        return card.standing == Standing::open || card.standing == Standing::late;
    });
    DeskReason reason = DeskReason::over;
    SlipTrouble trouble = SlipTrouble::over;
    if (how == Standing::cancelled) {
        reason = DeskReason::cancelled;
        trouble = SlipTrouble::cancelled;
    } else if (how == Standing::other_site) {
        reason = DeskReason::other_site;
        trouble = SlipTrouble::other_site;
    } else if (how == Standing::other_day) {
        reason = DeskReason::other_day;
        trouble = SlipTrouble::expired;
    }
    note(reason, visit.id, visit.patient, with);
    // An old slip of somebody who has a visit today opens that day.
    if (others_today && how == Standing::other_day) return;
    if (how == Standing::other_day && visit.starts > now())
        found.not_today = NotToday{parts_.time->local(visit.starts), visit.place};
    else
        found.trouble = trouble;
}

/// A note for the desk; that it cannot be written stops nothing.
void FindingDesk::note(DeskReason reason, std::optional<Alias> visit,
                       std::optional<Alias> patient, const With& with) const {
    const auto told = with.store.tell_desk({reason, now(), visit, patient});
    if (!told) log(events::store_failed, "telling the desk", told.error().code);
}

}  // namespace foyer
