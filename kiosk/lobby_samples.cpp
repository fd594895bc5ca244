#include "kiosk/lobby_samples.h"

namespace foyer {

namespace {

using Ticket = InLobby::Ticket;

InLobby walk_in() {
    return {
        .need = LobbyNeed::see_someone,
        .call_name = {0, 27},
        .waiting_place = {{"en", "the Garden lounge"}, {"es", "la sala Jardín"}},
    };
}

}  // namespace

std::vector<Sample> drop_in_samples() {
    return {{"drop_in", DropInTopic{}}};
}

std::vector<Sample> guest_samples() {
    return {
        {"guest", GuestAsked{"Rosa", "7K3QXW"}},
        {"guest.empty", GuestAsked{}},
        {"guest.problem", GuestAsked{"Rosa", "", GuestAsked::Problem::code_missing}},
        {"guest.long_name", GuestAsked{std::string(300, 'n'), "7K3QXW"}}};
}

std::vector<Sample> lobby_working_samples() {
    return {{"lobby_working", LobbyWorking{}}};
}

std::vector<Sample> in_lobby_samples() {
    auto third = walk_in();
    third.need = LobbyNeed::case_management;
    third.before = 3;
    auto second = third;
    second.before = 1;
    second.waiting_place.clear();
    auto next = third;
    next.before = 0;
    next.ticket = Ticket::printed;
    auto printing = walk_in();
    printing.ticket = Ticket::busy;
    auto failed = walk_in();
    failed.ticket = Ticket::failed;
    auto guest = walk_in();
    guest.need = LobbyNeed::guest;
    guest.waiting_place.clear();
    return {{"in_lobby", walk_in(), 28},         {"in_lobby.guest", guest, 28},
            {"in_lobby.line", third, 28},        {"in_lobby.one", second, 28},
            {"in_lobby.next", next, 28},         {"in_lobby.printing", printing, 28},
            {"in_lobby.not_printed", failed, 28}};
}

}  // namespace foyer
