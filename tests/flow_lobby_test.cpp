#include "tests/flow_fixture.h"

namespace foyer {
namespace {

using Need = WalkInChosen::Need;
using Ticket = InLobby::Ticket;

CheckInSaved saved(VisitCard visit) {
    CheckInSaved done;
    visit.standing = Standing::here;
    done.visits = {std::move(visit)};
    return done;
}
CheckingIn checking_in(Person person, VisitCard visit) {
    return {std::move(person), {chosen(std::move(visit))}, false};
}
const TellDesk* told(const Step& step, DeskReason reason) {
    for (const auto& effect : step.effects)
        if (const auto* note = std::get_if<TellDesk>(&effect);
            note && note->reason == reason)
            return note;
    return nullptr;
}

// --- without an appointment ----------------------------------------------------------

TEST(Lobby, WhoNeedsSomeoneIsWrittenDown) {
    const auto step = react(WalkIn{}, WalkInChosen{Need::see_someone});
    EXPECT_TRUE(is<LobbyWorking>(step.next));
    EXPECT_EQ(ordered<EnterLobby>(step).need, LobbyNeed::see_someone);
    EXPECT_EQ(ordered<EnterLobby>(react(WalkIn{}, WalkInChosen{Need::question})).need,
              LobbyNeed::question);
}

TEST(Lobby, ACrisisCallsAtOnceAndWritesNothingFirst) {
    const auto step = react(WalkIn{}, WalkInChosen{Need::crisis});
    EXPECT_TRUE(orders<CallDesk>(step));
    EXPECT_FALSE(orders<EnterLobby>(step));
    EXPECT_EQ(shows<Help>(step).call, HelpCall::calling);
}

TEST(Lobby, WhatDropInIsAboutNeedNotBeSaid) {
    const auto asked = react(WalkIn{}, WalkInChosen{Need::drop_in});
    EXPECT_TRUE(is<DropInTopic>(asked.next));
    EXPECT_TRUE(asked.effects.empty());
    const auto step = react(asked.next, TopicChosen{});
    EXPECT_EQ(ordered<EnterLobby>(step).need, LobbyNeed::case_management);
    EXPECT_EQ(ordered<EnterLobby>(step).topic, "");
    EXPECT_TRUE(is<WalkIn>(react(asked.next, BackTapped{}).next));
}

TEST(Lobby, OnlyWhatTheStoreSaidIsShown) {
    const auto step =
        react(LobbyWorking{}, LobbyEntered{LobbyNeed::case_management, {0, 27}, 3, {}});
    EXPECT_EQ(shows<InLobby>(step).call_name, (CallName{0, 27}));
    EXPECT_EQ(shows<InLobby>(step).before, 3);
    EXPECT_TRUE(is<SeeDesk>(react(LobbyWorking{}, LobbyFailed{}).next));
    EXPECT_TRUE(is<SeeDesk>(react(LobbyWorking{}, TimeUp{}).next));
}

TEST(Lobby, ATicketIsPrintedOnceATapAndItsTroubleIsSaid) {
    const InLobby waiting{.call_name = {0, 27}};
    const auto step = react(waiting, PrintTapped{});
    EXPECT_EQ(ordered<PrintTicket>(step).call_name, (CallName{0, 27}));
    EXPECT_FALSE(orders<PrintTicket>(react(step.next, PrintTapped{})));
    EXPECT_EQ(shows<InLobby>(react(step.next, SlipPrinted{})).ticket, Ticket::printed);
    EXPECT_EQ(shows<InLobby>(react(step.next, SlipFailed{})).ticket, Ticket::failed);
}

TEST(Lobby, NothingOfItStaysForTheNextInLine) {
    for (const Event& event :
         {Event{Finished{}}, Event{TimeUp{}}, Event{SlipScanned{"x"}}}) {
        const auto step = react(InLobby{}, event);
        EXPECT_TRUE(orders<EndSession>(step));
        EXPECT_FALSE(is<InLobby>(step.next));
    }
}

TEST(Lobby, AnAnswerUnderTheHelpScreenIsNotLost) {
    const Help over{keep(LobbyWorking{}), HelpCall::idle};
    const auto step = react(over, LobbyEntered{LobbyNeed::question, {0, 27}, {}, {}});
    const auto back = react(step.next, BackTapped{});
    EXPECT_EQ(shows<InLobby>(back).call_name, (CallName{0, 27}));
}

// --- guests --------------------------------------------------------------------------

TEST(Guests, TheirOwnNameAndTheCodeAreAskedFor) {
    const auto asked = react(Welcome{}, GuestTapped{});
    EXPECT_TRUE(is<GuestAsked>(asked.next));
    const auto typed = react(asked.next, GuestEdited{"Rosa", "7K3QXW"});
    const auto step = react(typed.next, GuestDone{});
    EXPECT_TRUE(is<LobbyWorking>(step.next));
    EXPECT_EQ(ordered<EnterGuest>(step).name, "Rosa");
    EXPECT_EQ(ordered<EnterGuest>(step).code, "7K3QXW");
}

TEST(Guests, WithoutACodeTheyAreAskedForNone) {
    const auto step = react(GuestAsked{"Rosa", "7K"}, GuestWithoutCode{});
    EXPECT_EQ(ordered<EnterGuest>(step).code, "");
}

TEST(Guests, WhatIsMissingIsSaid) {
    using Problem = GuestAsked::Problem;
    EXPECT_EQ(shows<GuestAsked>(react(GuestAsked{" ", "7K"}, GuestDone{})).problem,
              Problem::name_missing);
    EXPECT_EQ(shows<GuestAsked>(react(GuestAsked{"", ""}, GuestWithoutCode{})).problem,
              Problem::name_missing);
    const auto step = react(GuestAsked{"Rosa", ""}, GuestDone{});
    EXPECT_EQ(shows<GuestAsked>(step).problem, Problem::code_missing);
    EXPECT_FALSE(orders<EnterGuest>(step));
    // Typing on takes it away.
    EXPECT_EQ(shows<GuestAsked>(react(step.next, GuestEdited{"Rosa", "7"})).problem,
              Problem::none);
}

TEST(Guests, ACodeIsPrintedOnlyWhenAskedFor) {
    EXPECT_FALSE(ordered<PrintSlip>(react(Done{}, PrintTapped{})).done.guest_code);
    EXPECT_TRUE(ordered<PrintSlip>(react(Done{}, PrintTapped{true})).done.guest_code);
}

// --- a visit by video ----------------------------------------------------------------

TEST(VideoVisit, ARoomIsOfferedAfterTheCheckIn) {
    auto visit = card(1, Standing::open);
    visit.virtual_visit = true;
    const auto asked = react(checking_in(ada(), visit), saved(visit));
    ASSERT_TRUE(is<PrivateRoom>(asked.next));
    EXPECT_EQ(told(asked, DeskReason::private_room), nullptr);

    const auto yes = react(asked.next, RoomWanted{true});
    EXPECT_TRUE(shows<Done>(yes).private_room);
    ASSERT_NE(told(yes, DeskReason::private_room), nullptr);
    EXPECT_EQ(told(yes, DeskReason::private_room)->visit, alias(1));

    const auto no = react(asked.next, RoomWanted{false});
    EXPECT_FALSE(shows<Done>(no).private_room);
    EXPECT_TRUE(no.effects.empty());
}

TEST(VideoVisit, ItIsAskedOnceAndBeforeTheForms) {
    auto visit = card(1, Standing::open);
    visit.virtual_visit = true;
    auto done = saved(visit);
    done.forms = {FormOffer{"urn:form", "Form", 2, false}};
    const auto asked = react(checking_in(ada(), visit), done);
    const auto forms = react(asked.next, RoomWanted{true});
    const auto offered = shows<FormsOffered>(forms);
    EXPECT_TRUE(std::get<Done>(*offered.after).private_room);
    // Checked in before: the same check-in shown again asks nothing.
    visit.standing = Standing::here;
    EXPECT_FALSE(is<PrivateRoom>(react(checking_in(ada(), visit), saved(visit)).next));
}

TEST(VideoVisit, WhatComesMeanwhileIsNotLost) {
    const PrivateRoom asked{keep(Done{}), alias(100), alias(1)};
    const auto heard = react(asked, ArrivalAcknowledged{});
    EXPECT_TRUE(shows<Done>(react(heard.next, RoomWanted{false})).acknowledged);
}

// --- a crisis visit ------------------------------------------------------------------

TEST(CrisisVisit, NothingIsAskedAndTheDeskIsTold) {
    auto visit = chosen(card(1, Standing::open));
    visit.crisis = true;
    auto patient = ada(true);
    patient.asks_guardian = true;
    const auto step = react(TodaysVisits{patient, {visit}}, CheckInAsked{});
    EXPECT_TRUE(is<CheckingIn>(step.next));
    const auto done = react(step.next, saved(visit));
    EXPECT_TRUE(is<Done>(done.next));
    ASSERT_NE(told(done, DeskReason::see_at_once), nullptr);
    EXPECT_EQ(told(done, DeskReason::see_at_once)->visit, alias(1));
}

TEST(CrisisVisit, TheDeskIsToldOfItOnce) {
    auto visit = card(1, Standing::here);
    visit.crisis = true;
    const auto again = react(checking_in(ada(), visit), saved(visit));
    EXPECT_EQ(told(again, DeskReason::see_at_once), nullptr);
}

// --- minors --------------------------------------------------------------------------

Person teen(bool stale) {
    auto teen = ada(stale);
    teen.asks_guardian = true;
    return teen;
}
Step asks_to_check_in(Person who) {
    return react(TodaysVisits{std::move(who), {chosen(card(1, Standing::open))}},
                 CheckInAsked{});
}

TEST(Minors, AGuardianWhoIsThereIsAskedForTheContactData) {
    const auto asked = asks_to_check_in(teen(true));
    ASSERT_TRUE(is<GuardianAsked>(asked.next));
    const auto step = react(asked.next, GuardianAnswered{true});
    EXPECT_EQ(shows<ConfirmContact>(step).person.guardian, true);
    const auto confirmed = react(step.next, ContactConfirmed{});
    EXPECT_FALSE(ordered<SaveCheckIn>(confirmed).alone);
}

TEST(Minors, AloneTheCheckInGoesOnAndTheDeskIsTold) {
    const auto asked = asks_to_check_in(teen(true));
    const auto step = react(asked.next, GuardianAnswered{false});
    EXPECT_TRUE(is<CheckingIn>(step.next));
    EXPECT_TRUE(ordered<SaveCheckIn>(step).alone);
    EXPECT_NE(told(step, DeskReason::guardian_away), nullptr);
    const auto done = react(step.next, saved(card(1, Standing::open)));
    EXPECT_TRUE(shows<Done>(done).guardian_needed);
}

TEST(Minors, NobodyIsAskedWhereItMakesNoDifference) {
    EXPECT_TRUE(is<CheckingIn>(asks_to_check_in(ada()).next));
    EXPECT_TRUE(is<ConfirmContact>(asks_to_check_in(ada(true)).next));
    // Of a form alone: after the answer the check-in follows at once.
    const auto asked = asks_to_check_in(teen(false));
    ASSERT_TRUE(is<GuardianAsked>(asked.next));
    EXPECT_TRUE(is<CheckingIn>(react(asked.next, GuardianAnswered{true}).next));
}

TEST(Minors, GoingBackAndWalkingAwayWork) {
    const auto asked = asks_to_check_in(teen(true));
    EXPECT_TRUE(is<TodaysVisits>(react(asked.next, BackTapped{}).next));
    EXPECT_TRUE(is<StillThere>(react(asked.next, WentIdle{}).next));
}

}  // namespace
}  // namespace foyer
