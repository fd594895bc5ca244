#include "tests/flow_fixture.h"

namespace foyer {
namespace {

using State = Attended::State;
using Kind = AttendanceKind;

VisitCard group(std::uint8_t number, Standing standing) {
    auto visit = card(number, standing);
    visit.signs = true;
    return visit;
}

SessionCard session(std::uint8_t number, State state) {
    return {.visit = group(number, Standing::here),
            .state = state,
            .in = half_past(9),
            .out = {}};
}

ConfirmIdentity asks(std::vector<VisitCard> visits, std::vector<SessionCard> sessions,
                     Purpose purpose = Purpose::check_in) {
    return {ada(), std::move(visits), {}, {}, purpose, std::move(sessions)};
}

PersonFound by_slip(std::vector<VisitCard> visits,
                    std::vector<SessionCard> sessions = {}) {
    PersonFound found{ada(), std::move(visits),   {},
                      {},    std::move(sessions), "FOYER1:a"};
    found.person.known_by = AttendanceMethod::slip;
    return found;
}

SignedIn at(std::vector<SessionCard> sessions) {
    return {ada(), std::move(sessions), {}, {}, true};
}

// --- signing in ----------------------------------------------------------------------

TEST(SigningIn, SaysWhoseWordItIs) {
    const TodaysVisits here{ada(), {chosen(group(1, Standing::open))}};
    EXPECT_TRUE(ordered<SaveCheckIn>(react(here, CheckInAsked{})).attested);
    const TodaysVisits other{ada(), {chosen(card(1, Standing::open))}};
    EXPECT_FALSE(ordered<SaveCheckIn>(react(other, CheckInAsked{})).attested);
}

TEST(SigningIn, KeepsHowThePatientWasKnown) {
    auto found = by_slip({group(1, Standing::open)});
    found.rush.clear();
    auto step = react(react(Looking{}, found).next, IdentityConfirmed{});
    step = react(step.next, CheckInAsked{});
    EXPECT_EQ(ordered<SaveCheckIn>(step).method, AttendanceMethod::slip);
}

// --- the clinic's sheet --------------------------------------------------------------

VisitCard on_sheet(std::uint8_t number, Standing standing) {
    auto visit = group(number, standing);
    visit.by_hand = true;
    return visit;
}
Screen sheet_of(const VisitCard& visit) {
    return react(TodaysVisits{ada(), {chosen(visit)}}, CheckInAsked{}).next;
}

TEST(SignInSheet, IsSignedBeforeTheSignInIsWritten) {
    auto step = react(TodaysVisits{ada(), {chosen(on_sheet(1, Standing::open))}},
                      CheckInAsked{});
    EXPECT_TRUE(is<SignInSheet>(step.next));
    EXPECT_TRUE(step.effects.empty());
    EXPECT_TRUE(is<SignInSheet>(react(step.next, SignatureDone{}).next));

    step = react(step.next, SignatureStrokeMade{{{{0.1F, 0.5F}, {0.9F, 0.5F}}}});
    step = react(step.next, SignatureDone{});
    EXPECT_TRUE(is<CheckingIn>(step.next));
    const auto& order = ordered<SaveCheckIn>(step);
    EXPECT_EQ(order.strokes.size(), 1U);
    EXPECT_TRUE(order.signed_name.empty());
    EXPECT_TRUE(order.attested);
    EXPECT_EQ(order.visits, std::vector{alias(1)});
}

TEST(SignInSheet, TakesATypedName) {
    auto step = react(sheet_of(on_sheet(1, Standing::late)), SignatureModeToggled{});
    step = react(step.next, SignatureTyped{"  "});
    EXPECT_TRUE(is<SignInSheet>(react(step.next, SignatureDone{}).next));
    step = react(step.next, SignatureTyped{"Ada Rivera"});
    step = react(step.next, SignatureDone{});
    EXPECT_EQ(ordered<SaveCheckIn>(step).signed_name, "Ada Rivera");
}

TEST(SignInSheet, IsNoHurdleForWhoCannotSign) {
    auto drawn = react(sheet_of(on_sheet(1, Standing::open)),
                       SignatureStrokeMade{{{{0.1F, 0.5F}}}});
    const auto step = react(drawn.next, SignedByTap{});
    EXPECT_TRUE(ordered<SaveCheckIn>(step).strokes.empty());
    EXPECT_TRUE(ordered<SaveCheckIn>(step).attested);
}

TEST(SignInSheet, IsNotAskedTwiceNorInACrisis) {
    const TodaysVisits before{ada(), {chosen(on_sheet(1, Standing::here))}};
    EXPECT_TRUE(is<CheckingIn>(react(before, CheckInAsked{}).next));
    auto crisis = chosen(card(2, Standing::open));
    crisis.crisis = true;
    const TodaysVisits both{ada(), {chosen(on_sheet(1, Standing::open)), crisis}};
    EXPECT_TRUE(is<CheckingIn>(react(both, CheckInAsked{}).next));
}

TEST(SignInSheet, ComesAfterThePhoneNumberWhichIsAskedForOnce) {
    auto stale = ada();
    stale.contact_stale = true;
    auto step = react(TodaysVisits{stale, {chosen(on_sheet(1, Standing::open))}},
                      CheckInAsked{});
    step = react(step.next, ContactConfirmed{});
    EXPECT_TRUE(is<SignInSheet>(step.next));
    EXPECT_TRUE(orders<SaveContact>(step));
    step = react(step.next, BackTapped{});
    EXPECT_TRUE(is<TodaysVisits>(step.next));
    EXPECT_TRUE(is<SignInSheet>(react(step.next, CheckInAsked{}).next));
}

TEST(SignInSheet, IsCoveredAndKeptWhileNobodyIsThere) {
    const auto sheet = react(sheet_of(on_sheet(1, Standing::open)),
                             SignatureStrokeMade{{{{0.1F, 0.5F}}}});
    const auto cover = react(sheet.next, WentIdle{});
    EXPECT_TRUE(is<StillThere>(cover.next));
    const auto back = react(cover.next, StayTapped{});
    EXPECT_EQ(shows<SignInSheet>(back).strokes.size(), 1U);
}

// --- who is there --------------------------------------------------------------------

TEST(WhoIsSignedIn, IsAskedWhatTheyComeFor) {
    const auto step =
        react(asks({group(1, Standing::here)}, {session(1, State::present)}),
              IdentityConfirmed{});
    EXPECT_EQ(shows<SignedIn>(step).sessions.size(), 1U);
    EXPECT_TRUE(step.effects.empty());
}

TEST(WhoIsSignedIn, CanStillCheckInToAnotherVisit) {
    const auto there =
        react(asks({card(2, Standing::open)}, {session(1, State::present)}),
              IdentityConfirmed{});
    const auto visits = shows<TodaysVisits>(react(there.next, OtherVisitTapped{}));
    EXPECT_TRUE(visits.visits.front().chosen);
}

TEST(WhoIsSignedIn, AndCameByASlipAloneSaysWhoTheyAreBeforeTheirDayIsShown) {
    const auto there = react(
        Looking{}, by_slip({card(2, Standing::open)}, {session(1, State::present)}));
    EXPECT_TRUE(is<SignedIn>(there.next));
    EXPECT_TRUE(is<ConfirmIdentity>(react(there.next, OtherVisitTapped{}).next));
}

TEST(WhoHasSignedOut, IsToldWhenInsteadOfSignedOutAgain) {
    const auto step = react(asks({group(1, Standing::here)}, {session(1, State::gone)}),
                            IdentityConfirmed{});
    EXPECT_TRUE(shows<AttendanceSaid>(step).again);
    EXPECT_TRUE(step.effects.empty());
}

TEST(WhoHasSignedOut, ChecksInToTheirNextVisitAsEver) {
    const auto step = react(asks({card(2, Standing::open)}, {session(1, State::gone)}),
                            IdentityConfirmed{});
    EXPECT_TRUE(is<TodaysVisits>(step.next));
}

// --- the way -------------------------------------------------------------------------

/// Everything that tells the way to a room.
std::vector<Screen> that_tell_the_way() {
    const auto here = group(1, Standing::here);
    Done done;
    done.visits = {here};
    return {
        done,
        SignedInNow{
            .patient = alias(9), .visit = here, .call_name = {}, .slip = "FOYER1:a"},
        AttendanceSaid{.session = session(1, State::present), .kind = Kind::break_in}};
}

TEST(TheWay, IsShownAndLeadsBackToWhatSaidSo) {
    for (const auto& screen : that_tell_the_way()) {
        const auto step = react(screen, WayAsked{group(1, Standing::here)});
        EXPECT_EQ(shows<WayShown>(step).visit.id, alias(1));
        EXPECT_TRUE(step.effects.empty());
        EXPECT_EQ(react(step.next, BackTapped{}).next.index(), screen.index());
    }
}

TEST(TheWay, EndsTheSessionWithTimeOrATap) {
    const Screen way = WayShown{keep(Done{}), group(1, Standing::here)};
    for (const Event& event : {Event{Finished{}}, Event{TimeUp{}}}) {
        const auto step = react(way, event);
        EXPECT_TRUE(is<Welcome>(step.next));
        EXPECT_TRUE(orders<EndSession>(step));
    }
}

TEST(TheWay, LetsTheNextInLineScan) {
    for (const auto& screen : that_tell_the_way()) {
        const Screen way = WayShown{keep(screen), group(1, Standing::here)};
        EXPECT_TRUE(takes_slips(way));
        const auto step = react(way, SlipScanned{"FOYER1:b"});
        EXPECT_TRUE(is<Looking>(step.next));
        EXPECT_TRUE(orders<EndSession>(step));
    }
    // The same slip held a moment longer.
    const Screen way = WayShown{keep(that_tell_the_way()[1]), group(1, Standing::here)};
    EXPECT_TRUE(is<WayShown>(react(way, SlipScanned{"FOYER1:a"}).next));
}

TEST(TheWay, LosesNoAnswerThatComesMeanwhile) {
    const Screen way = WayShown{keep(Done{}), group(1, Standing::here)};
    const auto known = react(way, ArrivalAcknowledged{});
    EXPECT_TRUE(is<WayShown>(known.next));
    EXPECT_TRUE(shows<Done>(react(known.next, BackTapped{})).acknowledged);
}

// --- leaving, a break, back ----------------------------------------------------------

TEST(Leaving, IsSaidOnlyOnceItIsSaved) {
    for (const auto kind : {Kind::sign_out, Kind::break_out, Kind::break_in}) {
        const auto saving =
            react(at({session(1, State::present)}), AttendanceTapped{kind});
        EXPECT_TRUE(is<SavingAttendance>(saving.next));
        EXPECT_EQ(ordered<SaveAttendance>(saving).kind, kind);
        EXPECT_EQ(ordered<SaveAttendance>(saving).visit, alias(1));
        const auto said =
            react(saving.next, AttendanceSaved{session(1, State::gone), kind, false});
        EXPECT_EQ(shows<AttendanceSaid>(said).kind, kind);
    }
}

TEST(Leaving, IsSaidOfNothingElse) {
    for (const auto& sample : samples())
        for (const auto& event : every_event()) {
            const auto step = react(sample.screen, event);
            if (!is<AttendanceSaid>(step.next) || is<AttendanceSaid>(sample.screen))
                continue;
            EXPECT_TRUE(is<SavingAttendance>(sample.screen) &&
                        is<AttendanceSaved>(event))
                << sample.name;
        }
}

TEST(Leaving, ThatFailedPromisesNothingAndTellsTheDesk) {
    for (const Event& event : {Event{AttendanceFailed{}}, Event{TimeUp{}}}) {
        const auto step = react(SavingAttendance{ada()}, event);
        EXPECT_TRUE(shows<SaveFailed>(step).attendance);
        EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::save_failed);
    }
}

TEST(Leaving, OneOfSeveralIsThatOne) {
    const auto both = at({session(1, State::present), session(2, State::present)});
    EXPECT_TRUE(react(both, AttendanceTapped{}).effects.empty());
    const auto picked = react(both, SessionPicked{alias(2)});
    EXPECT_EQ(ordered<SaveAttendance>(react(picked.next, AttendanceTapped{})).visit,
              alias(2));
    EXPECT_FALSE(shows<SignedIn>(react(picked.next, BackTapped{})).picked);
}

TEST(Leaving, SavedUnderACoverIsNotLost) {
    const Help over{keep(SavingAttendance{ada()})};
    const auto step =
        react(over, AttendanceSaved{session(1, State::gone), Kind::sign_out, false});
    EXPECT_TRUE(is<AttendanceSaid>(*shows<Help>(step).before));
}

// --- "Sign out of my program" --------------------------------------------------------

TEST(SigningOut, BeforeSigningInOffersToSignInAndTellsTheDesk) {
    const auto asked = react(asks({group(1, Standing::open)}, {}, Purpose::sign_out),
                             IdentityConfirmed{});
    EXPECT_TRUE(is<NotSignedIn>(asked.next));
    EXPECT_TRUE(is<TodaysVisits>(react(asked.next, SignInTapped{}).next));
    const auto was = react(asked.next, WasHereTapped{});
    EXPECT_TRUE(is<SeeDesk>(was.next));
    EXPECT_EQ(ordered<TellDesk>(was).reason, DeskReason::not_signed_in);
}

TEST(SigningOut, OfWhoSignedInAtAKioskThatIsCutOffIsNotedAllTheSame) {
    const auto asked = react(asks({group(1, Standing::late)},
                                  {session(1, State::expected)}, Purpose::sign_out),
                             IdentityConfirmed{});
    const auto there = react(asked.next, SignedInElsewhereTapped{});
    const auto out = react(there.next, AttendanceTapped{Kind::sign_out});
    EXPECT_EQ(ordered<SaveAttendance>(out).visit, alias(1));
}

TEST(SigningOut, LongAfterTheEndIsWrittenDownByAPerson) {
    auto missed = session(1, State::present);
    missed.over = true;
    const auto step =
        react(asks({group(1, Standing::here)}, {missed}, Purpose::sign_out),
              IdentityConfirmed{});
    EXPECT_TRUE(is<SeeDesk>(step.next));
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::sign_out_missed);
}

TEST(WhoIsSignedIn, LongAfterTheEndReadsNothingOfASessionThatIsOver) {
    auto missed = session(1, State::present);
    missed.over = true;
    const auto step =
        react(asks({group(1, Standing::here)}, {missed}), IdentityConfirmed{});
    EXPECT_EQ(shows<SeeDesk>(step).reason, SeeDesk::For::sign_out);
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::sign_out_missed);
}

TEST(WhoIsSignedIn, LongAfterTheEndReadsWhenTheirNextGroupOpens) {
    for (const auto state : {State::present, State::gone}) {
        auto behind = session(1, state);
        behind.over = true;
        const auto step =
            react(asks({group(1, Standing::here), group(2, Standing::early)}, {behind}),
                  IdentityConfirmed{});
        EXPECT_TRUE(is<TooEarly>(step.next));
    }
}

TEST(WhoIsSignedIn, AndJustLeftIsToldSoEvenIfAnotherGroupComesLater) {
    const auto step = react(asks({group(1, Standing::here), group(2, Standing::early)},
                                 {session(1, State::gone)}),
                            IdentityConfirmed{});
    EXPECT_TRUE(shows<AttendanceSaid>(step).again);
}

TEST(WhoIsSignedIn, AndWasCheckedInForAVisitReadsOfTheVisitAlone) {
    auto missed = session(1, State::present);
    missed.over = true;
    const auto step =
        react(asks({group(1, Standing::here), card(2, Standing::here)}, {missed}),
              IdentityConfirmed{});
    EXPECT_EQ(ordered<SaveCheckIn>(step).visits, std::vector{alias(2)});
}

TEST(SigningOut, TwiceChangesNothing) {
    const auto step = react(
        asks({card(2, Standing::open)}, {session(1, State::gone)}, Purpose::sign_out),
        IdentityConfirmed{});
    EXPECT_TRUE(shows<AttendanceSaid>(step).again);
    EXPECT_TRUE(step.effects.empty());
}

// --- rush ----------------------------------------------------------------------------

TEST(Rush, IsOneScreenFromTheSlip) {
    auto step = react(Welcome{}, SlipScanned{"FOYER1:a"});
    step = react(step.next, by_slip({group(1, Standing::open)}));
    EXPECT_TRUE(is<CheckingIn>(step.next));
    EXPECT_EQ(ordered<SaveCheckIn>(step).method, AttendanceMethod::slip);
    EXPECT_FALSE(ordered<SaveCheckIn>(step).attested);
    CheckInSaved saved;
    saved.visits = {group(1, Standing::here)};
    step = react(step.next, saved);
    EXPECT_TRUE(is<SignedInNow>(step.next));
}

TEST(Rush, WaitsForNobodyToGo) {
    const SignedInNow before{alias(1), group(1, Standing::here), {}, "FOYER1:a"};
    const auto next = react(before, SlipScanned{"FOYER1:b"});
    EXPECT_TRUE(orders<EndSession>(next));
    EXPECT_TRUE(orders<ReadSlip>(next));
}

TEST(Rush, ASlipHeldLongerDoesNotSignOutAgain) {
    const SignedInNow before{alias(1), group(1, Standing::here), {}, "FOYER1:a"};
    const auto held = react(before, SlipScanned{"FOYER1:a"});
    EXPECT_TRUE(is<SignedInNow>(held.next));
    EXPECT_TRUE(held.effects.empty());
}

TEST(Rush, NotYouUndoesNothingAndTellsTheFacilitator) {
    const SignedInNow here{alias(9), group(1, Standing::here), {}, "FOYER1:a"};
    const auto step = react(here, SignInDisputed{});
    EXPECT_TRUE(is<SeeDesk>(step.next));
    ASSERT_EQ(step.effects.size(), 1U);
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::sign_in_disputed);
    EXPECT_EQ(ordered<TellDesk>(step).visit, alias(1));
}

TEST(Rush, LeavesOnlyByATap) {
    const auto step = react(
        Looking{}, by_slip({group(1, Standing::here)}, {session(1, State::present)}));
    EXPECT_TRUE(is<SignedIn>(step.next));
    EXPECT_TRUE(step.effects.empty());
}

TEST(Rush, GoesOnAfterSomebodyWhoScannedTwiceAndWalkedAway) {
    const auto there = react(
        Looking{}, by_slip({group(1, Standing::here)}, {session(1, State::present)}));
    EXPECT_TRUE(orders<ReadSlip>(react(there.next, SlipScanned{"FOYER1:b"})));
    EXPECT_FALSE(orders<ReadSlip>(
        react(at({session(1, State::present)}), SlipScanned{"FOYER1:b"})));
}

TEST(Rush, IsNotForClassesAndForms) {
    for (const auto purpose : {Purpose::classes, Purpose::forms})
        EXPECT_TRUE(is<ConfirmIdentity>(
            react(Looking{purpose}, by_slip({group(1, Standing::open)})).next));
}

TEST(Rush, ToSignOutNeverSignsIn) {
    const auto step =
        react(Looking{Purpose::sign_out}, by_slip({group(1, Standing::open)}));
    EXPECT_TRUE(is<ConfirmIdentity>(step.next));
}

TEST(Rush, EndsWhereSomethingIsToBeSaid) {
    const CheckingIn here{ada(), {chosen(group(1, Standing::open))}, false, "FOYER1:a"};
    CheckInSaved late;
    late.visits = {group(1, Standing::here)};
    late.late = true;
    EXPECT_TRUE(is<Done>(react(here, late).next));
    CheckInSaved forms;
    forms.visits = late.visits;
    forms.forms = {{"urn:form", "How you are", 2, false}};
    EXPECT_TRUE(is<FormsOffered>(react(here, forms).next));
}

}  // namespace
}  // namespace foyer
