#include "kiosk/flow_lobby.h"

#include <utility>

#include "kiosk/flow_parts.h"

namespace foyer {

namespace {

using Problem = GuestAsked::Problem;
using Ticket = InLobby::Ticket;

/// Most pairs mean nothing; they share this.
Stays on(const auto&, const auto&) {
    return {};
}

Step home() {
    return {Welcome{}, {EndSession{}}};
}

Step enter(LobbyNeed need, std::string topic) {
    return {LobbyWorking{}, {EnterLobby{need, std::move(topic)}}};
}

// --- what it is about ----------------------------------------------------------------

Step on(const DropInTopic&, const TopicChosen& chosen) {
    return enter(LobbyNeed::case_management, chosen.topic);
}
Step on(const DropInTopic&, const BackTapped&) {
    return {WalkIn{}};
}

// --- guests --------------------------------------------------------------------------

bool is_blank(const std::string& text) {
    return text.find_first_not_of(' ') == std::string::npos;
}

Step guest(const GuestAsked& here, const std::string& code) {
    return {LobbyWorking{}, {EnterGuest{here.name, code}}};
}
Step wrong(const GuestAsked& here, Problem problem) {
    return {GuestAsked{here.name, here.code, problem}};
}

Step on(const GuestAsked&, const GuestEdited& typed) {
    return {GuestAsked{typed.name, typed.code}};
}
Step on(const GuestAsked& here, const GuestDone&) {
    if (is_blank(here.name)) return wrong(here, Problem::name_missing);
    if (is_blank(here.code)) return wrong(here, Problem::code_missing);
    return guest(here, here.code);
}
Step on(const GuestAsked& here, const GuestWithoutCode&) {
    if (is_blank(here.name)) return wrong(here, Problem::name_missing);
    return guest(here, {});
}
Step on(const GuestAsked&, const BackTapped&) {
    return home();
}

// --- written down --------------------------------------------------------------------

Step on(const LobbyWorking&, const LobbyEntered& entered) {
    return {InLobby{.need = entered.need,
                    .call_name = entered.call_name,
                    .before = entered.before,
                    .waiting_place = entered.waiting_place}};
}
// Nobody may know of them: a person has to be asked.
template <class E>
requires OneOf<E, LobbyFailed, TimeUp> Step on(const LobbyWorking&, const E&) {
    return {SeeDesk{SeeDesk::For::walk_in}};
}

Step with_ticket(const InLobby& here, Ticket ticket) {
    auto next = here;
    next.ticket = ticket;
    return {std::move(next)};
}
Step on(const InLobby& here, const PrintTapped&) {
    if (here.ticket == Ticket::busy) return {here};
    auto step = with_ticket(here, Ticket::busy);
    step.effects.push_back(PrintTicket{here.call_name, here.waiting_place});
    return step;
}
Step on(const InLobby& here, const SlipPrinted&) {
    return with_ticket(here, Ticket::printed);
}
Step on(const InLobby& here, const SlipFailed&) {
    return with_ticket(here, Ticket::failed);
}
template <class E>
requires OneOf<E, Finished, TimeUp, BackTapped> Step on(const InLobby&, const E&) {
    return home();
}
// Whoever scans now is the next in line.
Step on(const InLobby&, const SlipScanned& scan) {
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}

// --- a room for a visit by video -----------------------------------------------------

/// "You're checked in" says that a room was asked for, wherever it stands behind.
Screen with_room(const Screen& screen) {
    if (const auto* done = std::get_if<Done>(&screen)) {
        auto next = *done;
        next.private_room = true;
        return next;
    }
    if (const auto* forms = std::get_if<FormsOffered>(&screen)) {
        auto next = *forms;
        next.after = keep(with_room(*forms->after));
        return next;
    }
    if (const auto* told = std::get_if<ClassesTold>(&screen)) {
        auto next = *told;
        next.after = keep(with_room(*told->after));
        return next;
    }
    return screen;
}

Step on(const PrivateRoom& here, const RoomWanted& wanted) {
    if (!wanted.yes) return {*here.after};
    return {with_room(*here.after),
            {TellDesk{DeskReason::private_room, here.visit, here.patient}}};
}
// What belongs to the screen beneath goes to it.
template <class E>
requires OneOf<E, ArrivalAcknowledged, SlipPrinted, SlipFailed, FormsDue, FormsOver,
               LanguageChosen>
    Step on(const PrivateRoom& here, const E& outcome) {
    Step beneath = react(*here.after, outcome);
    auto next = here;
    next.after = keep(std::move(beneath.next));
    return {std::move(next), std::move(beneath.effects)};
}

}  // namespace

Step come_in(WalkInChosen::Need need) {
    switch (need) {
        case WalkInChosen::Need::question:
            return enter(LobbyNeed::question, {});
        case WalkInChosen::Need::drop_in:
            return {DropInTopic{}};
        default:
            return enter(LobbyNeed::see_someone, {});
    }
}

Step offer_room(Step step, const Alias& patient, const Alias& visit) {
    return {PrivateRoom{keep(std::move(step.next)), patient, visit},
            std::move(step.effects)};
}

bool concerns_lobby(const Screen& screen, const Event& event) {
    return concerns<LobbyPairs>(screen, event);
}

Step react_to_lobby(const Screen& screen, const Event& event) {
    return answered<LobbyPairs>(
        screen, event,
        [](const auto& here, const auto& what) -> decltype(on(here, what)) {
            return on(here, what);
        });
}

}  // namespace foyer
