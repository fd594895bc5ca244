#include "kiosk/flow.h"

#include "tests/flow_fixture.h"

namespace foyer {
namespace {

ConfirmIdentity found(std::vector<VisitCard> visits, bool stale = false) {
    return {ada(stale), std::move(visits), {}, {}};
}

FindMe typed(std::string family, std::string month, std::string day, std::string year) {
    return {std::move(family), std::move(month), std::move(day), std::move(year)};
}

// --- starting ------------------------------------------------------------------------

TEST(Starting, EndsAtWelcomeOnceTheRecordsAreOpen) {
    EXPECT_TRUE(is<Welcome>(react(StartingUp{}, StoreOpened{}).next));
}

TEST(Starting, AsksForHelpWhenTheRecordsDoNotOpen) {
    const auto step = react(StartingUp{}, StoreFailed{Error::Code::wrong_key});
    EXPECT_EQ(shows<KioskTrouble>(step).code, Error::Code::wrong_key);
}

TEST(Starting, IsTriedAgainFromTimeToTimeAndThenGoesOn) {
    const auto step = react(KioskTrouble{}, TimeUp{});
    EXPECT_TRUE(orders<OpenStore>(step));
    EXPECT_TRUE(is<KioskTrouble>(step.next));
    EXPECT_TRUE(is<Welcome>(react(step.next, StoreOpened{}).next));
}

// --- who is it -----------------------------------------------------------------------

TEST(FindMe, LooksForANameAndADate) {
    const auto step = react(typed("Lovelace", "12", "10", "1915"), FindMeDone{});
    EXPECT_TRUE(is<Looking>(step.next));
    EXPECT_EQ(ordered<FindPatient>(step).family, "Lovelace");
    EXPECT_EQ(ordered<FindPatient>(step).born,
              std::chrono::year{1915} / std::chrono::month{12} / std::chrono::day{10});
}

TEST(FindMe, SaysWhatIsMissingAndLooksForNothing) {
    const auto problem = [](FindMe filled) {
        const auto step = react(filled, FindMeDone{});
        EXPECT_TRUE(step.effects.empty());
        return shows<FindMe>(step).problem;
    };
    EXPECT_EQ(problem(typed("  ", "1", "1", "1990")), FindMeProblem::name_missing);
    EXPECT_EQ(problem(typed("Ada", "", "1", "1990")), FindMeProblem::date_missing);
    EXPECT_EQ(problem(typed("Ada", "1", "1", "90")), FindMeProblem::date_missing);
    EXPECT_EQ(problem(typed("Ada", "2", "30", "1990")), FindMeProblem::date_impossible);
    EXPECT_EQ(problem(typed("Ada", "1", "1", "1066")), FindMeProblem::date_impossible);
}

TEST(FindMe, TakesBackItsComplaintOnceSomethingIsTyped) {
    auto here = typed("", "1", "1", "1990");
    here.problem = FindMeProblem::name_missing;
    const auto step = react(here, FindMeEdited{"A", "1", "1", "1990"});
    EXPECT_EQ(shows<FindMe>(step).problem, FindMeProblem::none);
}

TEST(Looking, AsksWhoItIsBeforeAnyDetail) {
    PersonFound found{ada(), {card(1, Standing::open)}, {}, {}};
    EXPECT_TRUE(is<ConfirmIdentity>(react(Looking{}, found).next));
}

TEST(Looking, SaysTheSameOfEverybodyWhoHasNoVisitToday) {
    EXPECT_EQ(shows<SeeDesk>(react(Looking{}, NobodyToday{})).reason,
              SeeDesk::For::find_me);
}

TEST(Looking, AsksOneMoreThingWhenTwoShareANameAndADate) {
    const auto step = react(Looking{}, TwoFound{{alias(1), alias(2)}});
    EXPECT_EQ(shows<OneMoreThing>(step).candidates.size(), 2U);
}

TEST(Looking, SendsToAPersonWhatTakesTooLong) {
    EXPECT_TRUE(is<SeeDesk>(react(Looking{}, TimeUp{}).next));
}

TEST(OneMoreThing, NeedsAllFourDigits) {
    const OneMoreThing three{{alias(1), alias(2)}, "011"};
    EXPECT_TRUE(react(three, DigitsDone{}).effects.empty());
    const OneMoreThing four{{alias(1), alias(2)}, "0112"};
    EXPECT_EQ(ordered<TellApart>(react(four, DigitsDone{})).digits, "0112");
}

TEST(ThisIsNotMe, ShowsNothingOfTheOtherPersonAndTellsTheDesk) {
    const auto step = react(found({card(1, Standing::open)}), IdentityDenied{});
    EXPECT_EQ(shows<SeeDesk>(step).reason, SeeDesk::For::not_me);
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::not_me);
}

// --- slips ---------------------------------------------------------------------------

TEST(Slip, IsReadWhereverAPersonMayComeWithOne) {
    for (const auto& sample : samples()) {
        const auto step = react(sample.screen, SlipScanned{"FOYER1:"});
        EXPECT_EQ(orders<ReadSlip>(step), takes_slips(sample.screen)) << sample.name;
    }
    EXPECT_FALSE(takes_slips(found({})));
    EXPECT_FALSE(takes_slips(TodaysVisits{}));
    EXPECT_FALSE(takes_slips(StaffPin{}));
}

TEST(Slip, OfTheNextInLineEndsTheSessionBefore) {
    EXPECT_TRUE(orders<EndSession>(react(Done{}, SlipScanned{"FOYER1:"})));
    EXPECT_TRUE(orders<EndSession>(react(PrinterTrouble{}, SlipScanned{"FOYER1:"})));
}

TEST(Slip, SaysWhyItCannotBeUsedOnlyAfterYes) {
    auto here = found({});
    here.trouble = SlipTrouble::cancelled;
    EXPECT_EQ(shows<SlipRefused>(react(here, IdentityConfirmed{})).trouble,
              SlipTrouble::cancelled);
    here.trouble.reset();
    here.not_today = NotToday{half_past(15), "Suite 210"};
    EXPECT_EQ(shows<NotToday>(react(here, IdentityConfirmed{})).starts.minutes,
              half_past(15).minutes);
}

// --- today's visits ------------------------------------------------------------------

TEST(Today, ChoosesWhatCanBeCheckedInAndNothingElse) {
    const auto step = react(found({card(1, Standing::open), card(2, Standing::late),
                                   card(3, Standing::early), card(4, Standing::here)}),
                            IdentityConfirmed{});
    const auto visits = shows<TodaysVisits>(step).visits;
    ASSERT_EQ(visits.size(), 4U);
    EXPECT_TRUE(visits[0].chosen);
    EXPECT_TRUE(visits[1].chosen);
    EXPECT_FALSE(visits[2].chosen);
    EXPECT_FALSE(visits[3].chosen);
}

TEST(Today, TogglesOneVisitAndNeverOneThatOpensLater) {
    const auto open = chosen(card(1, Standing::open));
    const TodaysVisits here{ada(), {open, card(2, Standing::early)}};
    EXPECT_FALSE(
        shows<TodaysVisits>(react(here, VisitToggled{alias(1)})).visits[0].chosen);
    EXPECT_FALSE(
        shows<TodaysVisits>(react(here, VisitToggled{alias(2)})).visits[1].chosen);
}

TEST(Today, ChecksInToTheChosenVisitsAlone) {
    const auto open = chosen(card(1, Standing::open));
    const TodaysVisits here{ada(), {open, card(2, Standing::open)}};
    const auto step = react(here, CheckInAsked{});
    EXPECT_TRUE(is<CheckingIn>(step.next));
    EXPECT_EQ(ordered<SaveCheckIn>(step).visits, std::vector{alias(1)});
    EXPECT_EQ(ordered<SaveCheckIn>(step).patient, ada().id);
}

TEST(Today, WithNothingChosenSavesNothing) {
    const TodaysVisits here{ada(), {card(1, Standing::open)}};
    const auto step = react(here, CheckInAsked{});
    EXPECT_TRUE(is<TodaysVisits>(step.next));
    EXPECT_TRUE(step.effects.empty());
}

TEST(Today, WithEveryVisitCheckedInShowsTheCheckInThatStands) {
    const auto step = react(found({card(1, Standing::here)}), IdentityConfirmed{});
    EXPECT_TRUE(is<CheckingIn>(step.next));
    const auto done = shows<Done>(react(step.next, CheckInSaved{}));
    EXPECT_TRUE(done.again);
}

TEST(Today, WithAVisitCheckedInAndTheOthersTooEarlyShowsTheCheckInThatStands) {
    const auto step = react(found({card(1, Standing::here), card(2, Standing::early)}),
                            IdentityConfirmed{});
    EXPECT_EQ(ordered<SaveCheckIn>(step).visits, std::vector{alias(1)});
    EXPECT_TRUE(shows<Done>(react(step.next, CheckInSaved{})).again);
}

TEST(Today, TheWaitIsToldOnceAndToNobodyLate) {
    CheckInSaved saved;
    saved.wait = std::chrono::minutes(15);
    const CheckingIn here{ada(), {chosen(card(1, Standing::open))}, false};
    EXPECT_EQ(shows<Done>(react(here, saved)).wait, std::chrono::minutes(15));
    const auto again = react(found({card(1, Standing::here)}), IdentityConfirmed{});
    EXPECT_EQ(shows<Done>(react(again.next, saved)).wait, std::nullopt);
    saved.visits = {card(1, Standing::late)};
    saved.late = true;
    EXPECT_EQ(shows<Done>(react(here, saved)).wait, std::nullopt);
}

TEST(Today, TooEarlySaysFromWhenAndTellsTheDesk) {
    const auto step = react(found({card(1, Standing::early)}), IdentityConfirmed{});
    EXPECT_EQ(shows<TooEarly>(step).opens.minutes, half_past(9).minutes);
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::too_early);
}

// --- is the phone still right --------------------------------------------------------

TEST(Contact, IsAskedOnlyWhenItIsOld) {
    const auto open = chosen(card(1, Standing::open));
    EXPECT_TRUE(is<ConfirmContact>(
        react(TodaysVisits{ada(true), {open}}, CheckInAsked{}).next));
    EXPECT_TRUE(
        is<CheckingIn>(react(TodaysVisits{ada(false), {open}}, CheckInAsked{}).next));
}

TEST(Contact, IsConfirmedChangedOrSkippedAndTheCheckInGoesOnInEachCase) {
    const auto open = chosen(card(1, Standing::open));
    const ConfirmContact here{ada(true), {open}};

    const auto yes = react(here, ContactConfirmed{});
    EXPECT_TRUE(orders<SaveContact>(yes));
    EXPECT_TRUE(orders<SaveCheckIn>(yes));

    const auto changed = react(here, ContactChanged{});
    EXPECT_FALSE(orders<SaveContact>(changed));
    EXPECT_EQ(ordered<TellDesk>(changed).reason, DeskReason::contact_changed);
    EXPECT_TRUE(orders<SaveCheckIn>(changed));
    EXPECT_TRUE(shows<CheckingIn>(changed).contact_changed);

    const auto skipped = react(here, ContactSkipped{});
    EXPECT_EQ(skipped.effects.size(), 1U);
    EXPECT_TRUE(orders<SaveCheckIn>(skipped));
}

// --- checked in ----------------------------------------------------------------------

TEST(CheckIn, IsSaidOnlyOnceItIsSaved) {
    for (const auto& sample : samples())
        for (const auto& event : every_event()) {
            // Forms come after a check-in and know the way back to it.
            const bool after_it = std::visit(
                [](const auto& screen) {
                    if constexpr (requires { screen.after; })
                        return is<Done>(*screen.after);
                    return false;
                },
                sample.screen);
            const bool before = after_it || is<Done>(sample.screen) ||
                                is<PrinterTrouble>(sample.screen) ||
                                is<WayShown>(sample.screen);
            const auto step = react(sample.screen, event);
            if (before || !is<Done>(step.next)) continue;
            EXPECT_TRUE(is<CheckingIn>(sample.screen) && is<CheckInSaved>(event))
                << sample.name;
        }
}

TEST(CheckIn, ThatFailedPromisesNothingAndTellsTheDesk) {
    const auto step = react(CheckingIn{}, CheckInFailed{Error::Code::disk_full});
    EXPECT_TRUE(is<SaveFailed>(step.next));
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::save_failed);
}

TEST(CheckIn, ThatTakesTooLongPromisesNothing) {
    EXPECT_TRUE(is<SaveFailed>(react(CheckingIn{}, TimeUp{}).next));
}

TEST(CheckIn, ThatIsLateTellsTheDeskOnce) {
    CheckInSaved saved;
    saved.visits = {card(1, Standing::here)};
    saved.late = true;
    const CheckingIn fresh{ada(), {chosen(card(1, Standing::late))}, false};
    EXPECT_EQ(ordered<TellDesk>(react(fresh, saved)).reason, DeskReason::late);
    const CheckingIn again{ada(), {chosen(card(1, Standing::here))}, false};
    EXPECT_FALSE(orders<TellDesk>(react(again, saved)));
}

TEST(CheckIn, IsKnownToTheTeamOnlyAfterAnAcknowledgement) {
    const auto done = shows<Done>(react(CheckingIn{}, CheckInSaved{}));
    EXPECT_FALSE(done.acknowledged);
    EXPECT_TRUE(shows<Done>(react(done, ArrivalAcknowledged{})).acknowledged);
}

TEST(Printing, IsOrderedOnceHoweverOftenTheButtonIsTapped) {
    const auto step = react(Done{}, PrintTapped{});
    EXPECT_TRUE(orders<PrintSlip>(step));
    EXPECT_FALSE(orders<PrintSlip>(react(step.next, PrintTapped{})));
}

TEST(Printing, ThatFailsKeepsTheCheckInAndCanBeTriedAgain) {
    const auto step = react(Done{}, SlipFailed{Error::Code::out_of_paper});
    EXPECT_TRUE(shows<PrinterTrouble>(step).out_of_paper);
    EXPECT_TRUE(orders<PrintSlip>(react(step.next, PrintTapped{})));
    EXPECT_TRUE(is<Done>(react(step.next, BackTapped{}).next));
}

TEST(Printing, WithoutAskingIsTheClinicsChoice) {
    CheckInSaved saved;
    EXPECT_FALSE(orders<PrintSlip>(react(CheckingIn{}, saved)));
    saved.print = true;
    EXPECT_TRUE(orders<PrintSlip>(
        react(CheckingIn{ada(), {chosen(card(1, Standing::open))}, false}, saved)));
}

// --- help, comfort, cover ------------------------------------------------------------

TEST(Help, IsOneTapAwayOnEveryScreenAPatientSees) {
    for (const auto& sample : samples()) {
        const auto& screen = sample.screen;
        if (is<Help>(screen) || is<Cleaning>(screen) || is<StartingUp>(screen) ||
            is<StaffPin>(screen) || is<StaffMenu>(screen))
            continue;
        EXPECT_TRUE(is<Help>(react(screen, HelpTapped{}).next)) << sample.name;
    }
}

TEST(Help, LeadsBackToWhereOneWas) {
    const auto help = react(typed("Ada", "1", "", ""), HelpTapped{});
    EXPECT_EQ(shows<FindMe>(react(help.next, BackTapped{})).family, "Ada");
}

TEST(Help, FromACoverLeadsBackUnderIt) {
    const auto help = react(StillThere{keep(typed("Ada", "", "", ""))}, HelpTapped{});
    EXPECT_EQ(shows<FindMe>(react(help.next, BackTapped{})).family, "Ada");
}

TEST(Help, CallsOnceAndSaysHonestlyWhatBecameOfIt) {
    const auto calling = react(Help{keep(Welcome{})}, PersonAsked{});
    EXPECT_TRUE(orders<CallDesk>(calling));
    EXPECT_FALSE(orders<CallDesk>(react(calling.next, PersonAsked{})));
    EXPECT_EQ(shows<Help>(react(calling.next, DeskIsComing{})).call, HelpCall::coming);
    const auto unreached = react(calling.next, DeskUnreached{});
    EXPECT_EQ(shows<Help>(unreached).call, HelpCall::unreached);
    EXPECT_TRUE(orders<CallDesk>(react(unreached.next, PersonAsked{})));
}

TEST(Crisis, CallsTheDeskAtOnceAndAsksForNothing) {
    const auto step = react(WalkIn{}, WalkInChosen{WalkInChosen::Need::crisis});
    EXPECT_TRUE(orders<CallDesk>(step));
    EXPECT_EQ(shows<Help>(step).call, HelpCall::calling);
}

TEST(Cover, HandsAnAnswerToTheScreenBeneath) {
    const Help over{keep(Looking{})};
    const auto step =
        react(over, PersonFound{ada(), {card(1, Standing::open)}, {}, {}});
    const auto help = shows<Help>(step);
    EXPECT_TRUE(is<ConfirmIdentity>(*help.before));
}

TEST(Cover, ComesWhenNobodyTouchesAndGoesWithATap) {
    const auto cover = react(typed("Ada", "", "", ""), WentIdle{});
    EXPECT_EQ(shows<FindMe>(react(shows<StillThere>(cover), StayTapped{})).family,
              "Ada");
    const auto over = react(cover.next, TimeUp{});
    EXPECT_TRUE(is<Welcome>(over.next));
    EXPECT_TRUE(orders<EndSession>(over));
}

// --- the clinic's day and its staff --------------------------------------------------

TEST(ClosingTime, ComesOnlyBetweenPatients) {
    for (const auto& sample : samples()) {
        const auto step = react(sample.screen, ClinicClosed{});
        const bool at_door = is<Welcome>(sample.screen) || is<Closed>(sample.screen);
        EXPECT_EQ(is<Closed>(step.next), at_door) << sample.name;
    }
    EXPECT_TRUE(is<Welcome>(react(Closed{}, ClinicOpened{}).next));
}

TEST(Staff, ComeInByAPinOnly) {
    const auto pin = react(Welcome{}, StaffHeld{});
    EXPECT_TRUE(is<StaffPin>(pin.next));
    const auto typed = react(pin.next, DigitsEdited{"4711"});
    const auto asked = react(typed.next, DigitsDone{});
    EXPECT_EQ(ordered<CheckPin>(asked).digits, "4711");
    EXPECT_TRUE(is<StaffMenu>(react(asked.next, PinRight{}).next));
    const auto wrong = shows<StaffPin>(react(asked.next, PinWrong{}));
    EXPECT_TRUE(wrong.wrong);
    EXPECT_TRUE(wrong.digits.empty());
}

TEST(Staff, HaveNoDoorOnAPatientsScreen) {
    EXPECT_TRUE(is<TodaysVisits>(react(TodaysVisits{}, StaffHeld{}).next));
    EXPECT_TRUE(is<Done>(react(Done{}, StaffHeld{}).next));
}

TEST(Staff, CleanPauseAndOpenTheKiosk) {
    const StaffMenu menu{keep(Welcome{})};
    EXPECT_TRUE(is<Cleaning>(react(menu, CleanTapped{}).next));
    EXPECT_TRUE(is<Paused>(react(menu, PauseTapped{}).next));
    EXPECT_TRUE(is<Welcome>(react(menu, ResumeTapped{}).next));
    const StaffMenu in_trouble{keep(KioskTrouble{})};
    EXPECT_TRUE(orders<OpenStore>(react(in_trouble, ResumeTapped{})));
}

TEST(Cleaning, TakesNoTap) {
    for (const auto& event : every_event()) {
        if (is<TimeUp>(event)) continue;
        EXPECT_TRUE(is<Cleaning>(react(Cleaning{}, event).next)) << event.index();
    }
}

// --- what holds of every screen ------------------------------------------------------

TEST(EveryScreen, KeepsStillWhenALateAnswerComes) {
    const PersonFound somebody{ada(), {card(1, Standing::open)}, {}, {}};
    const std::vector<Event> late = {somebody,       TwoFound{},      NobodyToday{},
                                     TooManyTries{}, SlipNotTaken{},  SlipForOtherDay{},
                                     CheckInSaved{}, CheckInFailed{}, PinRight{}};
    for (const auto& sample : samples()) {
        const auto& here = sample.screen;
        if (is<Looking>(here) || is<CheckingIn>(here) || is<StaffPin>(here)) continue;
        for (const auto& event : late) {
            const auto step = react(here, event);
            EXPECT_EQ(step.next.index(), here.index()) << sample.name << event.index();
            EXPECT_TRUE(step.effects.empty()) << sample.name << event.index();
        }
    }
}

TEST(EveryScreen, LeadsHome) {
    for (const auto& sample : samples()) {
        std::vector<Screen> reached{sample.screen};
        std::vector<bool> seen(std::variant_size_v<Screen::variant>);
        seen[sample.screen.index()] = true;
        for (std::size_t i = 0; i < reached.size() && !seen[screen_index<Welcome>]; ++i)
            for (const auto& event : every_event()) {
                auto next = react(reached[i], event).next;
                if (seen[next.index()]) continue;
                seen[next.index()] = true;
                reached.push_back(std::move(next));
            }
        EXPECT_TRUE(seen[screen_index<Welcome>]) << sample.name;
    }
}

TEST(EveryScreen, IsForgottenOnTheWayHome) {
    for (const auto& sample : samples()) {
        const auto& here = sample.screen;
        // These have no patient on them; a cover and staff's door lie over what has.
        if (is<StartingUp>(here) || is<KioskTrouble>(here) || is<Closed>(here) ||
            is<StaffPin>(here) || is<StaffMenu>(here) || is<Help>(here) ||
            is<MakeItEasier>(here) || is<Welcome>(here))
            continue;
        for (const auto& event : every_event()) {
            const auto step = react(here, event);
            if (!is<Welcome>(step.next)) continue;
            EXPECT_TRUE(orders<EndSession>(step)) << sample.name << event.index();
        }
    }
}

}  // namespace
}  // namespace foyer
