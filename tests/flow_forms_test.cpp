#include "flow_fixture.h"

namespace foyer {
namespace {

using To = FormMove::To;

const ItemPath mood = {{"mood"}};

Before done() {
    Done screen;
    screen.call_name = {3, 27};
    return keep(std::move(screen));
}

ItemState question(const ItemPath& path, bool required = false) {
    ItemState item;
    item.path = path;
    item.type = ItemType::choice;
    item.required = required;
    for (const char* letter : {"a", "b"}) {
        OptionState option;
        option.json = std::string(R"({"valueString":")") + letter + R"("})";
        option.text = letter;
        item.options.push_back(std::move(option));
    }
    return item;
}

FormQuestions asking(std::vector<ItemState> items = {question(mood)}) {
    FormQuestions screen{.after = done()};
    screen.page.number = 2;
    screen.page.items = std::move(items);
    return screen;
}

/// A question for a text, with something typed that is not an answer yet.
FormQuestions typing(const std::string& text) {
    ItemState item;
    item.path = mood;
    item.type = ItemType::string;
    auto screen = asking({item});
    FormTyping piece;
    piece.path = mood;
    piece.text = text;
    screen.typing = {piece};
    return screen;
}

CheckInSaved saved_with_forms() {
    CheckInSaved saved;
    saved.call_name = {3, 27};
    FormOffer offer;
    offer.canonical = "f";
    saved.forms = {offer};
    return saved;
}

TEST(Forms, AreOfferedBetweenTheCheckInAndItsEnd) {
    const auto step = react(CheckingIn{}, saved_with_forms());
    const auto offered = shows<FormsOffered>(step);
    EXPECT_EQ(offered.forms.size(), 1U);
    const auto later = react(offered, FormsPutOff{});
    EXPECT_EQ(shows<Done>(later).call_name, (CallName{3, 27}));
    EXPECT_TRUE(orders<LeaveForms>(later));
    EXPECT_TRUE(orders<OpenForm>(react(offered, FormsStarted{})));
}

TEST(Forms, WithNoneDueTheCheckInIsAllThereIs) {
    EXPECT_TRUE(is<Done>(react(CheckingIn{}, CheckInSaved{}).next));
}

TEST(Forms, LeaveTheCheckInItsOwnOutcomes) {
    auto saved = saved_with_forms();
    saved.print = true;
    const CheckingIn here{ada(), {chosen(card(1, Standing::open))}, false};
    const auto step = react(here, saved);
    EXPECT_TRUE(orders<PrintSlip>(step));
    const auto known = react(step.next, ArrivalAcknowledged{});
    const auto printed = react(known.next, SlipPrinted{});
    const auto end = shows<Done>(react(printed.next, FormsPutOff{}));
    EXPECT_TRUE(end.acknowledged);
    EXPECT_EQ(end.printing, Printing::printed);
}

TEST(Answer, IsSeenAtOnceAndOrderedToBeSaved) {
    const auto step = react(asking(), AnswerGiven{mood, {R"({"valueString":"b"})"}});
    const auto next = shows<FormQuestions>(step);
    EXPECT_TRUE(next.saving);
    EXPECT_FALSE(next.page.items[0].options[0].chosen);
    EXPECT_TRUE(next.page.items[0].options[1].chosen);
    const auto order = ordered<SaveAnswers>(step);
    ASSERT_EQ(order.answers.size(), 1U);
    EXPECT_EQ(order.answers[0].path, mood);
    EXPECT_EQ(order.then.to, To::stay);
}

TEST(Answer, BeingTypedIsSavedByWhateverLeavesThePage) {
    for (const auto& [event, to] :
         std::vector<std::pair<Event, To>>{{FormNextTapped{}, To::next},
                                           {BackTapped{}, To::back},
                                           {WholePageToggled{}, To::whole}}) {
        const auto order = ordered<SaveAnswers>(react(typing("tired"), event));
        EXPECT_EQ(order.then.to, to);
        ASSERT_EQ(order.answers.size(), 1U);
    }
    for (const Event& event : {Event(WentIdle{}), Event(FormLeaveTapped{})})
        EXPECT_EQ(ordered<SaveAnswers>(react(typing("tired"), event)).answers.size(),
                  1U);
}

TEST(Answer, ThatCannotBeReadKeepsThePage) {
    auto here = typing("12-");
    here.page.items[0].type = ItemType::integer;
    const auto step = react(here, FormNextTapped{});
    EXPECT_TRUE(shows<FormQuestions>(step).show_issues);
    EXPECT_TRUE(step.effects.empty());
}

TEST(Answer, DeclinedIsSaidAtOnce) {
    const auto step = react(asking(), AnswerDeclined{mood});
    EXPECT_TRUE(shows<FormQuestions>(step).page.items[0].declined);
    EXPECT_EQ(ordered<DeclineItem>(step).path, mood);
}

TEST(Page, KeepsWhatIsBeingTypedElsewhereOnItWhenItIsShownAgain) {
    auto here = typing("tir");
    const auto again =
        shows<FormQuestions>(react(here, FormPageShown{here.page, false}));
    EXPECT_EQ(again.typing.size(), 1U);
    auto other = here.page;
    other.number = 3;
    EXPECT_TRUE(
        shows<FormQuestions>(react(here, FormPageShown{other, false})).typing.empty());
}

TEST(Page, ComesThroughTheCoverThatLiesOverIt) {
    auto answered = asking().page;
    answered.title = "again";
    const auto step = react(StillThere{keep(asking())}, FormPageShown{answered, false});
    const auto& beneath = *shows<StillThere>(step).before;
    EXPECT_EQ(std::get<FormQuestions>(beneath).page.title, "again");
}

TEST(Page, IsSaidAgainInAnotherLanguage) {
    EXPECT_TRUE(orders<SaveAnswers>(react(asking(), LanguageChosen{"es"})));
    EXPECT_TRUE(
        orders<SaveAnswers>(react(MakeItEasier{keep(asking())}, LanguageChosen{"es"})));
    EXPECT_TRUE(orders<OfferForms>(react(FormsOffered{done()}, LanguageChosen{"es"})));
    EXPECT_TRUE(react(Welcome{}, LanguageChosen{"es"}).effects.empty());
}

TEST(LeavingAForm, CanBeTakenBack) {
    const auto leaving =
        shows<FormLeaving>(react(asking({question(mood, true)}), FormLeaveTapped{}));
    EXPECT_TRUE(leaving.required);
    EXPECT_TRUE(is<FormQuestions>(react(leaving, BackTapped{}).next));
    EXPECT_TRUE(is<Done>(react(leaving, FormLater{}).next));
    EXPECT_TRUE(orders<StopForm>(react(leaving, FormRefused{})));
}

TEST(Signature, IsAskedForWhereItIsNeededAndOrderedOnceThereIsOne) {
    const FormReview review{.after = done(), .signature = true};
    const auto sign = shows<FormSign>(react(review, FormFinishTapped{}));
    EXPECT_TRUE(react(sign, SignatureDone{}).effects.empty());
    const auto typed = react(sign, SignatureTyped{"Ada Lovelace"});
    EXPECT_EQ(ordered<SignForm>(react(typed.next, SignatureDone{})).name,
              "Ada Lovelace");

    const auto drawing = react(sign, SignatureModeToggled{});
    EXPECT_TRUE(react(drawing.next, SignatureDone{}).effects.empty());
    const auto drawn = react(drawing.next, SignatureStrokeMade{{{{0.1F, 0.2F}}}});
    EXPECT_EQ(ordered<SignForm>(react(drawn.next, SignatureDone{})).strokes.size(), 1U);
}

TEST(Signature, IsNotAskedForWhereItIsNot) {
    const auto step = react(FormReview{.after = done()}, FormFinishTapped{});
    EXPECT_TRUE(orders<FinishForm>(step));
}

TEST(Review, WithAProblemDoesNotFinish) {
    const FormReview review{.after = done(), .can_finish = false};
    EXPECT_TRUE(react(review, FormFinishTapped{}).effects.empty());
}

TEST(FormEnd, LeadsToTheNextFormOrToTheCheckIn) {
    const auto ended = [](bool more) {
        FormKept kept;
        kept.more = more;
        return shows<FormEnded>(react(FormOpening{done()}, kept));
    };
    EXPECT_TRUE(orders<OpenForm>(react(ended(true), Finished{})));
    EXPECT_TRUE(is<Done>(react(ended(false), Finished{}).next));
    EXPECT_TRUE(is<Done>(react(ended(true), TimeUp{}).next));
}

TEST(FormEnd, PrintsOneCopyForHoweverManyTaps) {
    const FormEnded ended{.after = done(), .signed_copy = true};
    const auto step = react(ended, FormCopyTapped{});
    EXPECT_TRUE(orders<PrintCopy>(step));
    EXPECT_FALSE(orders<PrintCopy>(react(step.next, FormCopyTapped{})));
    EXPECT_TRUE(shows<FormEnded>(react(step.next, CopyPrinted{})).printed);
    const auto failed = react(step.next, CopyFailed{});
    EXPECT_TRUE(orders<PrintCopy>(react(failed.next, FormCopyTapped{})));
    EXPECT_FALSE(
        orders<PrintCopy>(react(FormEnded{.after = done()}, FormCopyTapped{})));
}

TEST(FormTroubles, TellTheDeskAndBlockNothing) {
    const auto step = react(asking(), FormFailed{Error::Code::disk_full});
    EXPECT_EQ(ordered<TellDesk>(step).reason, DeskReason::form_failed);
    EXPECT_TRUE(is<Done>(react(step.next, Finished{}).next));
    EXPECT_TRUE(is<FormTrouble>(react(FormOpening{done()}, TimeUp{}).next));
}

TEST(HandOver, ShowsTheNextPartOnlyOnceTheKioskHasChangedHands) {
    const auto step = react(asking(), FormPartEnded{true});
    const auto over = shows<FormHandOver>(step);
    EXPECT_TRUE(over.to_teen);
    EXPECT_EQ(ordered<SaveAnswers>(react(over, HandedOver{})).then.to, To::beyond);
    EXPECT_TRUE(react(over, BackTapped{}).effects.empty());
}

TEST(FormIdling, CoversWhatIsPrivate) {
    const std::vector<Screen> screens = {FormsOffered{done()},
                                         asking(),
                                         FormReview{.after = done()},
                                         FormSign{.after = done()},
                                         FormLeaving{done(), keep(asking())},
                                         FormHandOver{done()}};
    for (const auto& screen : screens) {
        const auto step = react(screen, WentIdle{});
        EXPECT_TRUE(is<StillThere>(step.next)) << screen.index();
        EXPECT_TRUE(orders<EndSession>(react(step.next, TimeUp{})));
    }
}

TEST(FormEvents, MeanNothingToOtherScreens) {
    for (const Screen& screen :
         {Screen(Welcome{}), Screen(FindMe{}), Screen(Looking{})})
        for (const Event& event :
             {Event(FormPageShown{}), Event(FormKept{}), Event(FormFailed{}),
              Event(FormsDue{}), Event(AnswerGiven{})}) {
            const auto step = react(screen, event);
            EXPECT_EQ(step.next.index(), screen.index());
            EXPECT_TRUE(step.effects.empty());
        }
}

}  // namespace
}  // namespace foyer
