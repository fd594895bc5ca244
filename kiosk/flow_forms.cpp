#include "kiosk/flow_forms.h"

#include <algorithm>
#include <concepts>
#include <utility>

#include "kiosk/flow_classes.h"
#include "kiosk/flow_parts.h"

namespace foyer {

namespace {

/// Screens on which an answer was seen or typed: a cover hides them, then they go.
template <class S>
concept Private = FormScreen<S> && !OneOf<S, FormEnded, FormTrouble, FormOpening>;

/// Screens that wait for the worker to show a page.
template <class S>
concept ShowsPages = OneOf<S, FormsOffered, FormOpening, FormQuestions, FormReview,
                           FormSign, FormLeaving, FormHandOver, FormEnded>;

using To = FormMove::To;

/// Most pairs mean nothing; they share this.
Stays on(const auto&, const auto&) {
    return {};
}

/// Forms are over or put off: what they lay before, which may go on with something.
template <FormScreen S>
Step go_on(const S& here) {
    std::vector<Effect> effects{LeaveForms{}};
    for (auto& order : goes_on_with(*here.after)) effects.push_back(std::move(order));
    return {*here.after, std::move(effects)};
}

/// What is being typed, as answers, then a move. What cannot be read as an answer keeps
/// the page and says so.
Step leave_page(const FormQuestions& here, FormMove move) {
    auto next = here;
    auto typed = typed_answers(here.page, here.typing);
    if (typed.unreadable) {
        next.show_issues = true;
        return {std::move(next)};
    }
    next.saving = true;
    return {std::move(next), {SaveAnswers{std::move(typed.answers), move}}};
}

/// The same for something done to an item of the page.
template <class Order>
Step change(const FormQuestions& here, Order order) {
    auto typed = typed_answers(here.page, here.typing);
    auto next = here;
    next.saving = true;
    std::vector<Effect> effects;
    if (!typed.answers.empty())
        effects.emplace_back(SaveAnswers{std::move(typed.answers), {}});
    effects.emplace_back(std::move(order));
    return {std::move(next), std::move(effects)};
}

/// What can be read of the typing is saved; what cannot is lost, as is all that is
/// typed when a person goes away in the middle of a word.
std::vector<Effect> rescued(const FormQuestions& here) {
    auto typed = typed_answers(here.page, here.typing);
    if (typed.answers.empty()) return {};
    return {SaveAnswers{std::move(typed.answers), {}}};
}

// --- offered -------------------------------------------------------------------------

Step on(const FormsOffered& here, const FormsStarted&) {
    return {FormOpening{here.after}, {OpenForm{}}};
}
Step on(const FormsOffered& here, const FormsPutOff&) {
    return go_on(here);
}
template <class S>
requires OneOf<S, FormsOffered, FormOpening, FormQuestions> Step
on(const S& here, const FormsDue& due) {
    return {FormsOffered{here.after, due.forms}};
}
Step on(const Done& here, const FormsDue& due) {
    return offer_forms(here, due.forms, {});
}
template <ShowsPages S>
Step on(const S& here, const FormsOver&) {
    return go_on(here);
}

// --- questions -----------------------------------------------------------------------

template <ShowsPages S>
Step on(const S& here, const FormPageShown& shown) {
    FormQuestions next{
        .after = here.after, .page = shown.page, .show_issues = shown.show_issues};
    // The same page again: what is being typed in it stays.
    if constexpr (OneOf<S, FormQuestions>)
        if (here.page.number == shown.page.number &&
            here.page.whole == shown.page.whole)
            for (const auto& piece : here.typing)
                if (std::ranges::find(shown.page.items, piece.path, &ItemState::path) !=
                    shown.page.items.end())
                    next.typing.push_back(piece);
    return {std::move(next)};
}
Step on(const FormQuestions& here, const AnswerGiven& given) {
    auto next = here;
    FormAnswer answer{given.path, given.values};
    mark_answer(next.page, answer);
    drop_typing(next.typing, given.path);
    next.saving = true;
    return {std::move(next), {SaveAnswers{{std::move(answer)}, {}}}};
}
Step on(const FormQuestions& here, const AnswerTyped& typed) {
    auto next = here;
    keep_typing(next.typing, typed.typing);
    return {std::move(next)};
}
Step on(const FormQuestions& here, const AnswerDeclined& declined) {
    auto next = here;
    mark_declined(next.page, declined.path);
    drop_typing(next.typing, declined.path);
    return change(next, DeclineItem{declined.path});
}
Step on(const FormQuestions& here, const InstanceAdded& added) {
    return change(here, AddInstance{added.path});
}
Step on(const FormQuestions& here, const InstanceRemoved& removed) {
    auto next = here;
    // What was typed in it goes with it.
    std::erase_if(next.typing, [&](const auto& piece) {
        return piece.path.size() >= removed.path.size() &&
               std::equal(removed.path.begin(), removed.path.end(), piece.path.begin());
    });
    return change(next, RemoveInstance{removed.path});
}
Step on(const FormQuestions& here, const PhotoAsked& asked) {
    auto step = change(here, TakePhoto{asked.path});
    std::get<FormQuestions>(step.next).camera = true;
    return step;
}
Step on(const FormQuestions& here, const FormNextTapped&) {
    return leave_page(here, {To::next});
}
Step on(const FormQuestions& here, const BackTapped&) {
    return leave_page(here, {To::back});
}
Step on(const FormQuestions& here, const WholePageToggled&) {
    return leave_page(here, {To::whole});
}
Step on(const FormQuestions& here, const FormLeaveTapped&) {
    const bool required = std::ranges::any_of(here.page.items, [](const auto& item) {
        return item.required && item.enabled;
    });
    auto back = here;
    back.typing.clear();
    auto effects = rescued(here);
    return {FormLeaving{here.after, keep(std::move(back)), required},
            std::move(effects)};
}

Step on(const FormLeaving& here, const BackTapped&) {
    return {*here.back, {SaveAnswers{}}};
}
Step on(const FormLeaving& here, const FormLater&) {
    return go_on(here);
}
Step on(const FormLeaving& here, const FormRefused&) {
    return {FormOpening{here.after}, {StopForm{}}};
}
// The page that comes after the last typed answer belongs to the screen beneath.
Step on(const FormLeaving& here, const FormPageShown& shown) {
    auto next = here;
    next.back = keep(FormQuestions{.after = here.after, .page = shown.page});
    return {std::move(next)};
}

// --- the kiosk changes hands ---------------------------------------------------------

template <ShowsPages S>
Step on(const S& here, const FormPartEnded& ended) {
    return {FormHandOver{here.after, ended.to_teen}};
}
Step on(const FormHandOver& here, const HandedOver&) {
    return {FormOpening{here.after}, {SaveAnswers{{}, {To::beyond}}}};
}

// --- review, signature, end ----------------------------------------------------------

template <ShowsPages S>
Step on(const S& here, const FormReviewShown& shown) {
    return {FormReview{.after = here.after,
                       .title = shown.title,
                       .lines = shown.lines,
                       .can_finish = shown.can_finish,
                       .signature = shown.signature,
                       .form_number = shown.form_number,
                       .forms = shown.forms}};
}
// While it is being signed only its title can have changed: the language did.
Step on(const FormSign& here, const FormReviewShown& shown) {
    auto next = here;
    next.title = shown.title;
    return {std::move(next)};
}
Step on(const FormReview& here, const FormPageChosen& chosen) {
    return {FormOpening{here.after}, {SaveAnswers{{}, {To::page, chosen.page}}}};
}
Step on(const FormReview& here, const BackTapped&) {
    return {FormOpening{here.after}, {SaveAnswers{{}, {To::back}}}};
}
Step on(const FormReview& here, const FormFinishTapped&) {
    if (!here.can_finish) return {here};
    if (here.signature)
        return {FormSign{.after = here.after,
                         .title = here.title,
                         .form_number = here.form_number,
                         .forms = here.forms}};
    return {FormOpening{here.after}, {FinishForm{}}};
}
Step on(const FormReview& here, const FormLeaveTapped&) {
    return {FormLeaving{here.after, keep(here), false}};
}

Step on(const FormSign& here, const SignatureDone&) {
    if (!is_signed(here)) return {here};
    return {FormOpening{here.after},
            {here.draw ? SignForm{{}, here.strokes} : SignForm{here.name, {}}}};
}
Step on(const FormSign& here, const BackTapped&) {
    return {FormOpening{here.after}, {SaveAnswers{}}};
}
Step on(const FormSign& here, const FormLeaveTapped&) {
    return {FormLeaving{here.after, keep(here), false}};
}

template <ShowsPages S>
Step on(const S& here, const FormKept& kept) {
    return {FormEnded{.after = here.after,
                      .title = kept.title,
                      .stopped = kept.stopped,
                      .signed_copy = kept.signed_copy,
                      .more = kept.more}};
}
Step on(const FormEnded& here, const FormCopyTapped&) {
    if (here.printing || !here.signed_copy) return {here};
    auto next = here;
    next.printing = true;
    next.printed = next.print_failed = false;
    return {std::move(next), {PrintCopy{}}};
}
Step on(const FormEnded& here, const CopyPrinted&) {
    auto next = here;
    next.printing = false;
    next.printed = true;
    return {std::move(next)};
}
Step on(const FormEnded& here, const CopyFailed&) {
    auto next = here;
    next.printing = false;
    next.print_failed = true;
    return {std::move(next)};
}
Step on(const FormEnded& here, const Finished&) {
    if (here.more) return {FormOpening{here.after}, {OpenForm{}}};
    return go_on(here);
}
// Nobody is there to go on: the check-in is said once more and then clears.
Step on(const FormEnded& here, const TimeUp&) {
    return go_on(here);
}

// --- it cannot be kept ---------------------------------------------------------------

template <ShowsPages S>
Step on(const S& here, const FormFailed&) {
    return {FormTrouble{here.after}, {TellDesk{DeskReason::form_failed, {}, {}}}};
}
Step on(const FormOpening& here, const TimeUp&) {
    return {FormTrouble{here.after}, {TellDesk{DeskReason::form_failed, {}, {}}}};
}
Step on(const FormTrouble& here, const Finished&) {
    return go_on(here);
}
Step on(const FormTrouble& here, const TimeUp&) {
    return go_on(here);
}

// --- help, comfort, idling -----------------------------------------------------------

template <Private S>
Step on(const S& here, const WentIdle&) {
    if constexpr (OneOf<S, FormQuestions>) {
        auto effects = rescued(here);
        return {StillThere{keep(here)}, std::move(effects)};
    } else {
        return {StillThere{keep(here)}};
    }
}
// Whoever scans where nothing private stands is the next in line.
template <class S>
requires OneOf<S, FormEnded, FormTrouble> Step on(const S&, const SlipScanned& scan) {
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}

/// What tells a screen's texts again, in another language.
std::vector<Effect> told_again(const Screen& screen) {
    if (std::holds_alternative<FormsOffered>(screen)) return {OfferForms{}};
    if (std::holds_alternative<FormQuestions>(screen) ||
        std::holds_alternative<FormReview>(screen) ||
        std::holds_alternative<FormSign>(screen))
        return {SaveAnswers{}};
    if (const auto* leaving = std::get_if<FormLeaving>(&screen))
        return told_again(*leaving->back);
    return {};
}
template <FormScreen S>
Step on(const S& here, const LanguageChosen&) {
    return {here, told_again(Screen{here})};
}
template <Cover S>
Step on(const S& here, const LanguageChosen&) {
    return {here, told_again(*here.before)};
}

// What concerns the check-in goes to the screen that comes after.
template <FormScreen S, class E>
requires OneOf<E, ArrivalAcknowledged, SlipPrinted, SlipFailed> Step
on(const S& here, const E& outcome) {
    auto next = here;
    next.after = keep(react(*here.after, outcome).next);
    return {std::move(next)};
}

// --- which pairs there are -----------------------------------------------------------

}  // namespace

Step offer_forms(Screen done, std::vector<FormOffer> forms,
                 std::vector<Effect> effects) {
    return {FormsOffered{keep(std::move(done)), std::move(forms)}, std::move(effects)};
}

bool concerns_forms(const Screen& screen, const Event& event) {
    return concerns<FormPairs>(screen, event);
}

Step react_to_form(const Screen& screen, const Event& event) {
    return answered<FormPairs>(
        screen, event,
        [](const auto& here, const auto& what) -> decltype(on(here, what)) {
            return on(here, what);
        });
}

}  // namespace foyer
