#include "kiosk/lobby_desk.h"

#include <algorithm>

#include "kiosk/ticket.h"
#include "kiosk/ui/text_utf8.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/guest_code.h"
#include "sync/fhir/release.h"

namespace foyer {

namespace {

using Checked = GuestArrival::Code;

/// How many of a queue come first. Whoever was called has left it.
int before(const LobbyEntry& who, const std::vector<LobbyEntry>& waiting) {
    return int(std::ranges::count_if(waiting, [&](const LobbyEntry& other) {
        return other.need == who.need && !other.called &&
               other.call_name != who.call_name && other.since <= who.since;
    }));
}

}  // namespace

Event LobbyDesk::carry(const EnterLobby& order, const With& with) {
    return come_in({.need = order.need,
                    .topic = order.topic,
                    .at = parts_.clock->now(),
                    .clock = with.clock_quality},
                   with);
}

Event LobbyDesk::come_in(const LobbyArrival& who, const With& with) {
    const auto entered = with.store.come_in(who);
    if (!entered) {
        log(events::store_failed, "saving", entered.error().code);
        return LobbyFailed{};
    }
    LobbyEntered said{.need = who.need,
                      .call_name = entered->call_name,
                      .before = {},
                      .waiting_place = {}};
    if (who.need != LobbyNeed::guest) said.waiting_place = parts_.site->waiting_place;
    if (who.need == LobbyNeed::case_management)
        if (const auto waiting = with.store.lobby(who.at))
            said.before = before(*entered, *waiting);
    return said;
}

Event LobbyDesk::carry(const EnterGuest& order, const SiteKeys& keys,
                       const With& with) {
    LobbyArrival who{.need = LobbyNeed::guest,
                     .at = parts_.clock->now(),
                     .clock = with.clock_quality};
    auto known = guest(order, keys, with.store);
    if (known) {
        who.guest = *std::move(known);
    } else {
        log(events::store_failed, "finding", known.error().code);
        who.guest = GuestArrival{.name = order.name, .code = Checked::not_checked};
    }
    return come_in(who, with);
}

/// Too many tries are not told either: the code is not looked at any more.
Result<GuestArrival> LobbyDesk::guest(const EnterGuest& order, const SiteKeys& keys,
                                      Store& store) {
    GuestArrival who{.name = one_clean_line(order.name)};
    if (order.code.empty()) return who;
    const auto now = parts_.clock->elapsed();
    who.code = Checked::not_checked;
    if (tries_.wait(now) > std::chrono::milliseconds(0)) return who;
    who.code = Checked::wrong;
    const Date today = parts_.time->day_of(parts_.clock->now());
    const auto typed = guest_code_from(order.code);
    const auto visits = TRY(store.visits_of(today));
    for (const auto& visit : visits)
        if (typed == guest_code(visit, keys)) who.visit = visit;
    if (!who.visit) {
        tries_.missed(now);
        return who;
    }
    who.code = Checked::fits;
    const auto visit = TRY(store.visit_behind(*who.visit));
    if (!visit) return who;
    const auto patient = TRY(store.patient(visit->patient));
    const auto releases = TRY(releases_of(store, patient.id, today, *parts_.site));
    who.release = !releases.empty();
    for (const auto& release : releases)
        who.whom.insert(who.whom.end(), release.whom.begin(), release.whom.end());
    return who;
}

Result<void> LobbyDesk::print(const PrintTicket& order, const std::string& language,
                              bool large_print) {
    if (parts_.printer == nullptr)
        return fail(Error::Code::offline, "no printer is configured");
    const auto job =
        TRY(render_ticket({.clinic = parts_.site->name,
                           .language = language,
                           .day = parts_.time->day_of(parts_.clock->now()),
                           .call_name = order.call_name,
                           .waiting_place = in_language(order.waiting_place, language),
                           .large_print = large_print}));
    return parts_.printer->print(job);
}

}  // namespace foyer
