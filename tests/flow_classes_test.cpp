#include "kiosk/class_samples.h"
#include "kiosk/flow.h"
#include "tests/flow_fixture.h"

namespace foyer {
namespace {

using Can = ClassCard::Can;
using What = ClassNews::What;

ConfirmIdentity found_for(Purpose purpose) {
    return {ada(), {}, {}, {}, purpose};
}

Classes list() {
    Classes here{.board = sample_board()};
    here.board.patient = alias(100);
    return here;
}

std::string session_that(const Classes& here, Can can) {
    for (const auto& card : here.board.days[here.day].classes)
        if (card.can == can) return card.session;
    ADD_FAILURE() << "the sample has no such class";
    return {};
}

ClassNews news(const std::string& unit, What what) {
    ClassNews made;
    made.unit = unit;
    made.what = what;
    return made;
}

CheckInSaved saved() {
    CheckInSaved done;
    done.visits = {card(1, Standing::here)};
    return done;
}

// --- what somebody came for ----------------------------------------------------------

TEST(Purpose, GoesWithAPersonUntilTheyAreKnown) {
    auto step = react(Welcome{}, ClassesTapped{});
    step = react(step.next, FindMeEdited{"Lovelace", "12", "10", "1915"});
    step = react(step.next, FindMeDone{});
    EXPECT_EQ(ordered<FindPatient>(step).purpose, Purpose::classes);
    auto two = react(step.next, TwoFound{{alias(1), alias(2)}});
    two = react(two.next, DigitsEdited{"0117"});
    two = react(two.next, DigitsDone{});
    EXPECT_EQ(ordered<TellApart>(two).purpose, Purpose::classes);
    step = react(two.next, PersonFound{ada(), {}, {}, {}});
    EXPECT_EQ(shows<ConfirmIdentity>(step).purpose, Purpose::classes);
    step = react(step.next, IdentityConfirmed{});
    EXPECT_EQ(ordered<ShowClasses>(step).patient, alias(100));
}

TEST(Purpose, OfASlipScannedAtWelcomeIsCheckingIn) {
    EXPECT_EQ(ordered<ReadSlip>(react(Welcome{}, SlipScanned{"x"})).purpose,
              Purpose::check_in);
}

TEST(Purpose, OfASlipScannedInPlaceOfANameIsTheNames) {
    const auto asked = react(Welcome{}, MyFormsTapped{});
    const auto step = react(asked.next, SlipScanned{"x"});
    EXPECT_EQ(ordered<ReadSlip>(step).purpose, Purpose::forms);
    EXPECT_EQ(shows<Looking>(step).purpose, Purpose::forms);
}

TEST(Purpose, NobodyFoundIsOneScreenWhateverItIs) {
    for (const auto purpose :
         {Purpose::check_in, Purpose::classes, Purpose::forms, Purpose::sign_out})
        EXPECT_EQ(
            shows<SeeDesk>(react(Looking{.purpose = purpose}, NobodyToday{})).reason,
            SeeDesk::For::find_me);
}

TEST(MyForms, AreOfferedWithoutACheckInAndEndCalmly) {
    auto step = react(found_for(Purpose::forms), IdentityConfirmed{});
    EXPECT_TRUE(orders<OfferMyForms>(step));
    EXPECT_FALSE(orders<SaveCheckIn>(step));
    step = react(step.next, FormsDue{{FormOffer{.canonical = "urn:form"}}});
    EXPECT_TRUE(is<FormsOffered>(step.next));
    step = react(step.next, FormsPutOff{});
    EXPECT_TRUE(is<MyFormsOver>(step.next));
    EXPECT_TRUE(orders<EndSession>(react(step.next, Finished{})));
}

// --- the list ------------------------------------------------------------------------

TEST(ClassList, TurnsToADayAndStaysThereWhenItIsToldAnew) {
    const auto step = react(list(), ClassDayChosen{2});
    EXPECT_EQ(shows<Classes>(step).day, 2U);
    auto board = sample_board();
    board.days.erase(board.days.begin());
    EXPECT_EQ(shows<Classes>(react(step.next, ClassesShown{board, {}})).day, 1U);
}

TEST(ClassList, AsksForAPlaceAndWaitsALittle) {
    const auto here = list();
    const auto session = session_that(here, Can::join);
    auto step = react(here, ClassTapped{session});
    EXPECT_EQ(ordered<JoinClass>(step).session, session);
    EXPECT_FALSE(ordered<JoinClass>(step).anyway);
    EXPECT_TRUE(is<ClassWorking>(step.next));
    // Nobody has confirmed it in time: the list says what is true.
    step = react(step.next, TimeUp{});
    EXPECT_TRUE(orders<ShowClasses>(step));
    EXPECT_TRUE(is<Classes>(react(step.next, ClassesShown{here.board, {}}).next));
}

TEST(ClassList, GivesUpAPlaceOnlyAfterAskingOnce) {
    const auto here = list();
    const auto session = session_that(here, Can::leave);
    const auto asked = react(here, ClassTapped{session});
    EXPECT_FALSE(orders<LeaveClass>(asked));
    EXPECT_TRUE(is<Classes>(react(asked.next, BackTapped{}).next));
    EXPECT_EQ(ordered<LeaveClass>(react(asked.next, ClassLeft{})).session, session);
}

TEST(ClassList, SaysWhatIsAtTheSameTimeAndJoinsOnlyIfWanted) {
    const auto here = list();
    auto step = react(here, ClassTapped{session_that(here, Can::join)});
    ClassClashes clash;
    clash.wanted = here.board.days[0].classes[0];
    step = react(step.next, clash);
    EXPECT_TRUE(is<ClassClash>(step.next));
    EXPECT_TRUE(is<Classes>(react(step.next, BackTapped{}).next));
    step = react(step.next, ClassJoinedAnyway{});
    EXPECT_TRUE(ordered<JoinClass>(step).anyway);
}

TEST(ClassList, PutsAWaiverBeforeJoiningAndThenGoesOn) {
    const auto here = list();
    const auto session = session_that(here, Can::join);
    auto step = react(here, ClassTapped{session});
    step = react(step.next, FormsDue{{FormOffer{.canonical = "urn:waiver"}}});
    EXPECT_TRUE(is<FormsOffered>(step.next));
    step = react(step.next, FormsPutOff{});
    EXPECT_EQ(ordered<JoinClass>(step).session, session);
    EXPECT_TRUE(ordered<JoinClass>(step).waiver_shown);
    EXPECT_TRUE(is<Classes>(react(step.next, ClassesShown{here.board, {}}).next));
}

TEST(ClassList, IsHiddenWhenNobodyTouchesIt) {
    const auto step = react(list(), WentIdle{});
    EXPECT_TRUE(is<StillThere>(step.next));
    EXPECT_TRUE(is<Classes>(react(step.next, StayTapped{}).next));
}

TEST(ClassList, ThatCannotBeReadLeadsToAPerson) {
    const auto opening = react(found_for(Purpose::classes), IdentityConfirmed{});
    EXPECT_TRUE(is<SeeDesk>(react(opening.next, ClassesFailed{}).next));
    EXPECT_TRUE(is<SeeDesk>(react(opening.next, TimeUp{}).next));
}

// --- what is told --------------------------------------------------------------------

TEST(ClassNewsScreen, ComesAfterACheckInAndBeforeWhatFollows) {
    auto done = saved();
    done.news = {news("offer", What::offer), news("in", What::in)};
    CheckingIn checking;
    checking.person = ada();
    checking.visits = {chosen(card(1, Standing::open))};
    auto step = react(checking, done);
    EXPECT_EQ(shows<ClassesTold>(step).patient, alias(100));

    step = react(step.next, ClassOfferTaken{});
    EXPECT_EQ(ordered<TakeClassOffer>(step).unit, "offer");
    // A second tap changes nothing.
    EXPECT_FALSE(orders<TakeClassOffer>(react(step.next, ClassOfferTaken{})));
    step = react(step.next, ClassOfferAnswered{news("offer", What::in)});
    step = react(step.next, ClassNewsRead{});
    EXPECT_EQ(ordered<PutAwayClassNews>(step).unit, "offer");
    // The desk's answer to the check-in arrives meanwhile.
    step = react(step.next, ArrivalAcknowledged{});
    step = react(step.next, ClassNewsRead{});
    EXPECT_EQ(ordered<PutAwayClassNews>(step).unit, "in");
    EXPECT_TRUE(shows<Done>(step).acknowledged);
    EXPECT_TRUE(shows<Done>(step).class_news);
}

TEST(ClassNewsScreen, GivesAnOfferOnThatIsNotWanted) {
    ClassesTold here;
    here.after = keep(Done{});
    here.patient = alias(100);
    here.news = {news("offer", What::offer)};
    EXPECT_FALSE(orders<PutAwayClassNews>(react(here, ClassNewsRead{})));
    const auto step = react(here, ClassOfferDeclined{});
    EXPECT_TRUE(ordered<PutAwayClassNews>(step).declined);
    EXPECT_TRUE(is<Done>(step.next));
}

TEST(ClassNewsScreen, LeadsToTheListAsItIsAfterwards) {
    const auto opening = react(found_for(Purpose::classes), IdentityConfirmed{});
    auto step =
        react(opening.next, ClassesShown{sample_board(), {news("in", What::in)}});
    EXPECT_TRUE(is<ClassesTold>(step.next));
    step = react(step.next, ClassNewsRead{});
    EXPECT_TRUE(orders<ShowClasses>(step));
    EXPECT_TRUE(is<Classes>(react(step.next, ClassesShown{sample_board(), {}}).next));
}

TEST(ClassNewsScreen, ComesBeforeMyForms) {
    auto step = react(found_for(Purpose::forms), IdentityConfirmed{});
    step = react(step.next, ClassNewsFound{alias(100), {news("in", What::in)}});
    EXPECT_TRUE(is<ClassesTold>(step.next));
    step = react(step.next, FormsDue{{FormOffer{.canonical = "urn:form"}}});
    EXPECT_TRUE(is<ClassesTold>(step.next));
    EXPECT_TRUE(is<FormsOffered>(react(step.next, ClassNewsRead{}).next));
}

}  // namespace
}  // namespace foyer
