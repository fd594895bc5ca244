#include "kiosk/flow_classes.h"

#include <algorithm>
#include <concepts>
#include <utility>

#include "kiosk/flow_forms.h"
#include "kiosk/flow_parts.h"

namespace foyer {

namespace {

using Can = ClassCard::Can;
using Doing = ClassWorking::What;

/// Most pairs mean nothing; they share this.
Stays on(const auto&, const auto&) {
    return {};
}

Step home() {
    return {Welcome{}, {EndSession{}}};
}

Step desk() {
    return {SeeDesk{SeeDesk::For::classes}, {TellDesk{DeskReason::class_help, {}, {}}}};
}

const ClassCard* card_of(const Classes& here, const std::string& session) {
    if (here.day >= here.board.days.size()) return nullptr;
    const auto& cards = here.board.days[here.day].classes;
    const auto found = std::ranges::find(cards, session, &ClassCard::session);
    return found == cards.end() ? nullptr : &*found;
}

/// The same day of a newer board, as far down as before; the next one that still has
/// classes if that day is gone.
Classes moved_to(const Classes& here, const ClassBoard& board) {
    Classes next{.board = board};
    if (here.day >= here.board.days.size() || board.days.empty()) return next;
    const auto day = here.board.days[here.day].day;
    const auto found = std::ranges::find_if(board.days, [&](const ClassDay& other) {
        return std::chrono::sys_days(other.day) >= std::chrono::sys_days(day);
    });
    if (found == board.days.end()) return next;
    next.day = std::size_t(found - board.days.begin());
    if (found->day == day && here.first < found->classes.size())
        next.first = here.first;
    return next;
}

Step join(Classes list, const std::string& session, bool now, bool anyway) {
    const auto patient = list.board.patient;
    return {ClassWorking{.what = Doing::joining,
                         .list = std::move(list),
                         .session = session,
                         .anyway = anyway,
                         .now = now},
            {JoinClass{patient, session, anyway, now, false}}};
}

/// The next thing to tell, or what comes after.
Step go_on(const ClassesTold& here) {
    auto next = here;
    next.answering = false;
    if (!next.news.empty()) next.news.erase(next.news.begin());
    if (!next.news.empty()) return {std::move(next)};
    return {*here.after, goes_on_with(*here.after)};
}

// --- the list ------------------------------------------------------------------------

Step on(const Classes& here, const ClassDayChosen& chosen) {
    auto next = here;
    if (chosen.day < here.board.days.size()) next.day = chosen.day;
    next.first = 0;
    return {std::move(next)};
}
Step on(const Classes& here, const ClassesPaged& paged) {
    auto next = here;
    if (here.day < here.board.days.size() &&
        paged.first < here.board.days[here.day].classes.size())
        next.first = paged.first;
    return {std::move(next)};
}
Step on(const Classes& here, const ClassTapped& tapped) {
    const auto* card = card_of(here, tapped.session);
    if (card == nullptr) return {here};
    switch (card->can) {
        case Can::nothing:
            break;
        case Can::join:
        case Can::queue:
            return join(here, card->session, false, false);
        case Can::join_now:
            return join(here, card->session, true, false);
        case Can::leave:
            return {ClassLeaving{here, *card}};
        case Can::sign_in:
            return {ClassWorking{.what = Doing::signing_in, .list = here},
                    {SignInToClass{here.board.patient, card->session}}};
        case Can::answer:
            // The offer is told again, in the words it has of its own.
            return {ClassWorking{.what = Doing::opening, .list = here},
                    {ShowClasses{here.board.patient}}};
    }
    return {here};
}
Step on(const Classes&, const BackTapped&) {
    return home();
}
Step on(const Classes&, const Finished&) {
    return home();
}
// The clinic has answered a wish.
Step on(const Classes& here, const ClassesShown& shown) {
    return {moved_to(here, shown.board)};
}

// --- a moment's work -----------------------------------------------------------------

Step on(const ClassWorking& here, const ClassesShown& shown) {
    auto list = moved_to(here.list, shown.board);
    if (shown.news.empty()) return {std::move(list)};
    const auto patient = shown.board.patient;
    return tell_first({ClassWorking{.what = Doing::opening, .list = std::move(list)}},
                      patient, shown.news);
}
Step on(const ClassWorking& here, const ClassClashes& clash) {
    return {ClassClash{.list = here.list,
                       .wanted = clash.wanted,
                       .now = here.now,
                       .other = clash.other,
                       .other_starts = clash.other_starts}};
}
// The waiver comes first; afterwards it is joined, or not.
Step on(const ClassWorking& here, const FormsDue& due) {
    return offer_forms(here, due.forms, {});
}
Step on(const ClassWorking&, const ClassNeedsDesk&) {
    return desk();
}
Step on(const ClassWorking& here, const ClassesFailed&) {
    // What was there before still stands; without it only a person can help.
    if (here.list.board.days.empty()) return desk();
    return {here.list};
}
// Nobody confirmed it in time: it is asked for, and the list says so.
Step on(const ClassWorking& here, const TimeUp&) {
    if (here.what == Doing::opening) return desk();
    return {ClassWorking{.what = Doing::opening, .list = here.list},
            {ShowClasses{here.list.board.patient}}};
}

// --- at the same time, and giving up -------------------------------------------------

Step on(const ClassClash& here, const ClassJoinedAnyway&) {
    return join(here.list, here.wanted.session, here.now, true);
}
Step on(const ClassClash& here, const BackTapped&) {
    return {here.list};
}
Step on(const ClassLeaving& here, const ClassLeft&) {
    return {ClassWorking{.what = Doing::leaving, .list = here.list},
            {LeaveClass{here.list.board.patient, here.card.session}}};
}
Step on(const ClassLeaving& here, const BackTapped&) {
    return {here.list};
}
// The clinic has answered meanwhile: the list beneath is the newer one.
template <class S>
requires OneOf<S, ClassClash, ClassLeaving> Step on(const S& here,
                                                    const ClassesShown& shown) {
    auto next = here;
    next.list = moved_to(here.list, shown.board);
    return {std::move(next)};
}

// --- what is told --------------------------------------------------------------------

bool is_offer(const ClassesTold& here) {
    return !here.news.empty() && here.news.front().what == ClassNews::What::offer;
}

Step on(const ClassesTold& here, const ClassNewsRead&) {
    if (here.news.empty()) return go_on(here);
    if (is_offer(here)) return {here};
    auto step = go_on(here);
    step.effects.insert(step.effects.begin(),
                        PutAwayClassNews{here.patient, here.news.front().unit, false});
    return step;
}
Step on(const ClassesTold& here, const ClassOfferTaken&) {
    if (!is_offer(here) || here.answering) return {here};
    auto next = here;
    next.answering = true;
    return {std::move(next), {TakeClassOffer{here.patient, here.news.front().unit}}};
}
Step on(const ClassesTold& here, const ClassOfferDeclined&) {
    if (!is_offer(here) || here.answering) return {here};
    auto step = go_on(here);
    step.effects.insert(step.effects.begin(),
                        PutAwayClassNews{here.patient, here.news.front().unit, true});
    return step;
}
Step on(const ClassesTold& here, const ClassOfferAnswered& answered) {
    auto next = here;
    next.answering = false;
    if (!next.news.empty() && next.news.front().unit == answered.now.unit)
        next.news.front() = answered.now;
    return {std::move(next)};
}
Step on(const FormOpening& here, const ClassNewsFound& found) {
    return tell_first({here}, found.patient, found.news);
}
// What belongs to the screen beneath goes to it.
template <class E>
requires OneOf<E, ArrivalAcknowledged, SlipPrinted, SlipFailed, FormsDue, FormsOver,
               FormFailed, LanguageChosen>
    Step on(const ClassesTold& here, const E& outcome) {
    Step beneath = react(*here.after, outcome);
    auto next = here;
    next.after = keep(std::move(beneath.next));
    return {std::move(next), std::move(beneath.effects)};
}

// --- the end of "My forms" -----------------------------------------------------------

template <class E>
requires OneOf<E, Finished, TimeUp, BackTapped> Step on(const MyFormsOver&, const E&) {
    return home();
}
Step on(const MyFormsOver&, const SlipScanned& scan) {
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}

}  // namespace

Step open_classes(const Person& person) {
    ClassWorking opening;
    opening.list.board.patient = person.id;
    return {std::move(opening), {ShowClasses{person.id}}};
}

Step open_my_forms(const Person& person) {
    return {FormOpening{keep(MyFormsOver{})},
            {FindClassNews{person.id}, OfferMyForms{person.id}}};
}

Step tell_first(Step step, const Alias& patient, std::vector<ClassNews> news) {
    if (news.empty()) return step;
    return {ClassesTold{.after = keep(std::move(step.next)),
                        .patient = patient,
                        .news = std::move(news)},
            std::move(step.effects)};
}

std::vector<Effect> goes_on_with(const Screen& after) {
    const auto* working = std::get_if<ClassWorking>(&after);
    if (working == nullptr) return {};
    const auto& patient = working->list.board.patient;
    if (working->what == Doing::joining)
        return {
            JoinClass{patient, working->session, working->anyway, working->now, true}};
    return {ShowClasses{patient}};
}

bool concerns_classes(const Screen& screen, const Event& event) {
    return concerns<ClassPairs>(screen, event);
}

Step react_to_classes(const Screen& screen, const Event& event) {
    return answered<ClassPairs>(
        screen, event,
        [](const auto& here, const auto& what) -> decltype(on(here, what)) {
            return on(here, what);
        });
}

}  // namespace foyer
