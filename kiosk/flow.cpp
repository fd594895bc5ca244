#include "kiosk/flow.h"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <utility>

#include "kiosk/flow_attendance.h"
#include "kiosk/flow_classes.h"
#include "kiosk/flow_forms.h"
#include "kiosk/flow_lobby.h"
#include "kiosk/flow_parts.h"

namespace foyer {

namespace {

/// What an effect came to. A cover hands these to the screen beneath it.
template <class E>
concept Outcome = OneOf<E, StoreOpened, StoreFailed, PersonFound, TwoFound, NobodyToday,
                        TooManyTries, SlipNotTaken, SlipForOtherDay, CheckInSaved,
                        CheckInFailed, SlipPrinted, SlipFailed, ArrivalAcknowledged>;

/// Screens on which a person who holds a slip may scan it.
template <class S>
concept TakesSlips = OneOf<S, Welcome, FindMe, OneMoreThing, SlowDown, SeeDesk, WalkIn,
                           SlipRefused, NotToday, TooEarly, SaveFailed>;

/// Screens that say something and then go away by themselves.
template <class S>
concept Message = OneOf<S, SlowDown, SeeDesk, SlipRefused, NotToday, TooEarly,
                        SaveFailed, Done, PrinterTrouble, WayShown>;

/// Screens that staff can reach their menu from.
template <class S>
concept StaffDoor = OneOf<S, Welcome, Closed, Paused, KioskTrouble>;

template <class S>
concept NeedsNoHelp = OneOf<S, Help, Cleaning, StartingUp, StaffPin, StaffMenu>;

Step home() {
    return {Welcome{}, {EndSession{}}};
}

bool can_be_chosen(const VisitCard& visit) {
    return visit.standing == Standing::open || visit.standing == Standing::late;
}

std::vector<Alias> chosen(const std::vector<VisitCard>& visits) {
    std::vector<Alias> ids;
    for (const auto& visit : visits)
        if (visit.chosen) ids.push_back(visit.id);
    return ids;
}

/// Whether everything chosen was checked in before.
bool again(const std::vector<VisitCard>& visits) {
    return std::ranges::all_of(visits, [](const auto& visit) {
        return !visit.chosen || visit.standing == Standing::here;
    });
}

/// Writes the check-in to the chosen visits, which may have to be signed for first.
Step save(Person person, std::vector<VisitCard> visits, bool contact_changed,
          std::vector<Effect> first) {
    if (signs_by_hand(visits)) {
        // It has been asked, and is not again after a "Back".
        person.contact_stale = false;
        return {SignInSheet{std::move(person), std::move(visits), contact_changed},
                std::move(first)};
    }
    auto effects = std::move(first);
    effects.push_back(check_in_of(person, visits));
    return {CheckingIn{std::move(person), std::move(visits), contact_changed},
            std::move(effects)};
}

/// What is asked before a check-in: nothing of somebody in a crisis, and of a minor
/// only what they can answer; for the rest a guardian has to be there (domain.md W8).
Step ask_before(Person person, std::vector<VisitCard> visits) {
    const bool crisis = std::ranges::any_of(
        visits, [](const auto& visit) { return visit.chosen && visit.crisis; });
    if (crisis) return save(std::move(person), std::move(visits), false, {});
    if (person.asks_guardian && !person.guardian)
        return {GuardianAsked{std::move(person), std::move(visits)}};
    const bool alone = person.guardian == false;
    if (person.contact_stale && !alone)
        return {ConfirmContact{std::move(person), std::move(visits)}};
    std::vector<Effect> effects;
    if (alone) effects.push_back(TellDesk{DeskReason::guardian_away, {}, person.id});
    return save(std::move(person), std::move(visits), false, std::move(effects));
}

/// After "Yes, that is me": what there is to do today.
Step todays_visits(const ConfirmIdentity& here) {
    if (auto step = already_signed_in(here)) return *step;
    auto visits = here.visits;
    for (auto& visit : visits) visit.chosen = can_be_chosen(visit);

    if (!chosen(visits).empty()) return {TodaysVisits{here.person, std::move(visits)}};

    // Nothing new: the check-in that stands is shown again.
    for (auto& visit : visits)
        visit.chosen = visit.standing == Standing::here && !is_behind(here, visit);
    if (!chosen(visits).empty()) return save(here.person, std::move(visits), false, {});

    const auto early = std::ranges::find(visits, Standing::early, &VisitCard::standing);
    if (early == visits.end())
        return {SeeDesk{SeeDesk::For::over},
                {TellDesk{DeskReason::over, visits.front().id, here.person.id}}};
    return {TooEarly{early->starts, early->opens},
            {TellDesk{DeskReason::too_early, early->id, here.person.id}}};
}

// --- a late tap or a late answer changes nothing ------------------------------------

Stays on(const auto&, const auto&) {
    return {};
}

// --- starting ------------------------------------------------------------------------

Step on(const StartingUp&, const StoreOpened&) {
    return {Welcome{}};
}
Step on(const StartingUp&, const StoreFailed& failed) {
    return {KioskTrouble{failed.code}};
}
Step on(const KioskTrouble&, const StoreOpened&) {
    return {Welcome{}};
}
Step on(const KioskTrouble&, const StoreFailed& failed) {
    return {KioskTrouble{failed.code}};
}
Step on(const KioskTrouble& here, const TimeUp&) {
    return {here, {OpenStore{}}};
}

// --- who is it -----------------------------------------------------------------------

Step on(const Welcome&, const CheckInTapped&) {
    return {FindMe{}};
}
Step on(const Welcome&, const WalkInTapped&) {
    return {WalkIn{}};
}
Step on(const Welcome&, const GuestTapped&) {
    return {GuestAsked{}};
}

Step find_me_for(Purpose purpose) {
    FindMe asked;
    asked.purpose = purpose;
    return {std::move(asked)};
}
Step on(const Welcome&, const ClassesTapped&) {
    return find_me_for(Purpose::classes);
}
Step on(const Welcome&, const MyFormsTapped&) {
    return find_me_for(Purpose::forms);
}
Step on(const Welcome&, const SignOutTapped&) {
    return find_me_for(Purpose::sign_out);
}

template <TakesSlips S>
Step on(const S& here, const SlipScanned& scan) {
    auto purpose = Purpose::check_in;
    if constexpr (OneOf<S, FindMe, OneMoreThing>) purpose = here.purpose;
    return {Looking{purpose}, {ReadSlip{scan.text, purpose}}};
}
// Whoever scans after "you're checked in" is the next in line.
template <class S>
requires OneOf<S, Done, PrinterTrouble> Step on(const S&, const SlipScanned& scan) {
    return {Looking{}, {EndSession{}, ReadSlip{scan.text}}};
}

Step on(const FindMe& here, const FindMeEdited& typed) {
    return {FindMe{typed.family, typed.month, typed.day, typed.year,
                   FindMeProblem::none, here.purpose}};
}
Step on(const FindMe& here, const FindMeDone&) {
    const auto wrong = [&](FindMeProblem problem) {
        auto next = here;
        next.problem = problem;
        return Step{next};
    };
    if (here.family.find_first_not_of(' ') == std::string::npos)
        return wrong(FindMeProblem::name_missing);
    if (here.month.empty() || here.day.empty() || here.year.size() < 4)
        return wrong(FindMeProblem::date_missing);
    const auto born = typed_date(here.month, here.day, here.year);
    if (!born) return wrong(FindMeProblem::date_impossible);
    return {Looking{here.purpose}, {FindPatient{here.family, *born, here.purpose}}};
}
Step on(const FindMe&, const BackTapped&) {
    return home();
}

Step on(const Looking& here, const PersonFound& found) {
    if (auto step = rush(found, here.purpose)) return *step;
    return {ConfirmIdentity{found.person, found.visits, found.trouble, found.not_today,
                            here.purpose, found.sessions}};
}
Step on(const Looking& here, const TwoFound& found) {
    return {OneMoreThing{found.candidates, {}, here.purpose}};
}
// One screen whatever the reason: who asks for somebody else learns nothing.
Step on(const Looking&, const NobodyToday&) {
    return {SeeDesk{}};
}
Step on(const Looking&, const TimeUp&) {
    return {SeeDesk{}};
}
Step on(const Looking&, const TooManyTries& tries) {
    return {SlowDown{tries.seconds}};
}
Step on(const Looking&, const SlipNotTaken& slip) {
    return {SlipRefused{slip.trouble}};
}
Step on(const Looking&, const SlipForOtherDay& slip) {
    return {slip.when};
}

Step on(const OneMoreThing& here, const DigitsEdited& typed) {
    return {OneMoreThing{here.candidates, typed.digits, here.purpose}};
}
Step on(const OneMoreThing& here, const DigitsDone&) {
    if (here.digits.size() != 4) return {here};
    return {Looking{here.purpose},
            {TellApart{here.candidates, here.digits, here.purpose}}};
}
Step on(const OneMoreThing&, const BackTapped&) {
    return home();
}

Step on(const WalkIn&, const WalkInChosen& chose) {
    if (chose.need == WalkInChosen::Need::crisis)
        return {Help{keep(Welcome{}), HelpCall::calling}, {CallDesk{}}};
    return come_in(chose.need);
}
Step on(const WalkIn&, const BackTapped&) {
    return home();
}

// --- today's visits ------------------------------------------------------------------

Step on(const ConfirmIdentity& here, const IdentityConfirmed&) {
    if (here.purpose == Purpose::classes) return open_classes(here.person);
    if (here.purpose == Purpose::forms) return open_my_forms(here.person);
    if (here.purpose == Purpose::sign_out) return sign_out_asked(here);
    if (here.not_today) return {*here.not_today};
    if (here.trouble) return {SlipRefused{*here.trouble}};
    return todays_visits(here);
}
Step on(const ConfirmIdentity& here, const IdentityDenied&) {
    return {SeeDesk{SeeDesk::For::not_me},
            {TellDesk{DeskReason::not_me, {}, here.person.id}}};
}

Step on(const TodaysVisits& here, const VisitToggled& tapped) {
    auto next = here;
    for (auto& visit : next.visits)
        if (visit.id == tapped.visit && can_be_chosen(visit))
            visit.chosen = !visit.chosen;
    return {next};
}
Step on(const TodaysVisits& here, const CheckInAsked&) {
    if (chosen(here.visits).empty()) return {here};
    return ask_before(here.person, here.visits);
}
Step on(const GuardianAsked& here, const GuardianAnswered& answered) {
    auto person = here.person;
    person.guardian = answered.here;
    return ask_before(std::move(person), here.visits);
}
Step on(const GuardianAsked& here, const BackTapped&) {
    return {TodaysVisits{here.person, here.visits}};
}
Step on(const TodaysVisits&, const BackTapped&) {
    return home();
}

Step on(const ConfirmContact& here, const ContactConfirmed&) {
    return save(here.person, here.visits, false, {SaveContact{here.person.id}});
}
Step on(const ConfirmContact& here, const ContactChanged&) {
    return save(here.person, here.visits, true,
                {TellDesk{DeskReason::contact_changed, {}, here.person.id}});
}
Step on(const ConfirmContact& here, const ContactSkipped&) {
    return save(here.person, here.visits, false, {});
}
Step on(const ConfirmContact& here, const BackTapped&) {
    return {TodaysVisits{here.person, here.visits}};
}

// --- checked in ----------------------------------------------------------------------

Step on(const CheckingIn& here, const CheckInSaved& saved) {
    if (auto step = signed_in_now(here, saved)) return *step;
    Done done{
        .visits = saved.visits,
        .call_name = saved.call_name,
        .waiting_place = saved.waiting_place,
        .token = saved.token,
        .again = again(here.visits),
        .late = saved.late,
        .contact_changed = here.contact_changed,
        .offline = saved.offline,
    };
    std::vector<Effect> effects;
    if (saved.late && !done.again)
        effects.push_back(
            TellDesk{DeskReason::late, saved.visits.front().id, here.person.id});
    if (saved.print && !done.again) {
        done.printing = Printing::busy;
        effects.push_back(PrintSlip{done});
    }
    const auto crisis = std::ranges::find(saved.visits, true, &VisitCard::crisis);
    if (crisis != saved.visits.end() && !done.again)
        effects.push_back(
            TellDesk{DeskReason::see_at_once, crisis->id, here.person.id});
    done.class_news = !saved.news.empty();
    done.to_finish = saved.to_finish;
    done.guardian_needed = here.person.guardian == false;
    // Who was here before has waited for some of it, and who is late is fitted in.
    if (!done.again && !done.late) done.wait = saved.wait;
    const bool repeated = done.again;
    auto next = saved.forms.empty()
                    ? Step{std::move(done), std::move(effects)}
                    : offer_forms(std::move(done), saved.forms, std::move(effects));
    next = tell_first(std::move(next), here.person.id, saved.news);
    const auto by_video =
        std::ranges::find(saved.visits, true, &VisitCard::virtual_visit);
    if (by_video == saved.visits.end() || repeated) return next;
    return offer_room(std::move(next), here.person.id, by_video->id);
}
Step on(const CheckingIn& here, const CheckInFailed&) {
    return {SaveFailed{}, {TellDesk{DeskReason::save_failed, {}, here.person.id}}};
}
// Nobody knows whether it was written; a person finds out, and the kiosk promises
// nothing.
Step on(const CheckingIn&, const TimeUp&) {
    return {SaveFailed{}};
}

Step on(const Done& here, const PrintTapped& tapped) {
    if (here.printing == Printing::busy) return {here};
    auto next = here;
    next.printing = Printing::busy;
    next.guest_code = tapped.guest_code;
    return {next, {PrintSlip{next}}};
}
Step on(const Done& here, const WayAsked& asked) {
    return {WayShown{keep(here), asked.visit}};
}
Step on(const WayShown& here, const BackTapped&) {
    return {*here.before};
}
// As on the screen beneath: the next in line, or the same slip held a moment longer.
Step on(const WayShown& here, const SlipScanned& scan) {
    auto beneath = react(*here.before, scan);
    if (beneath.next.index() == here.before->index()) return {here};
    return beneath;
}
Step on(const Done& here, const SlipPrinted&) {
    auto next = here;
    next.printing = Printing::printed;
    return {next};
}
Step on(const Done& here, const SlipFailed& failed) {
    auto done = here;
    done.printing = Printing::idle;
    return {PrinterTrouble{done, failed.code == Error::Code::out_of_paper}};
}
Step on(const Done& here, const ArrivalAcknowledged&) {
    auto next = here;
    next.acknowledged = true;
    next.offline = false;
    return {next};
}
Step on(const PrinterTrouble& here, const ArrivalAcknowledged&) {
    auto next = here;
    next.done.acknowledged = true;
    next.done.offline = false;
    return {next};
}
Step on(const PrinterTrouble& here, const PrintTapped&) {
    return on(here.done, PrintTapped{here.done.guest_code});
}
Step on(const PrinterTrouble& here, const BackTapped&) {
    return {here.done};
}

// --- going away ----------------------------------------------------------------------

template <Message S>
Step on(const S&, const Finished&) {
    return home();
}
template <Message S>
Step on(const S&, const TimeUp&) {
    return home();
}
template <class S>
requires OneOf<S, SlowDown, SeeDesk, SlipRefused, NotToday, TooEarly, SaveFailed, Done>
    Step on(const S&, const BackTapped&) {
    return home();
}

// --- idle: nobody finds the last patient's screen ------------------------------------

Step on(const Welcome&, const WentIdle&) {
    return home();
}
template <class S>
requires OneOf<S, FindMe, OneMoreThing, WalkIn, ConfirmIdentity, TodaysVisits,
               GuardianAsked, ConfirmContact, Help, MakeItEasier>
    Step on(const S& here, const WentIdle&) {
    return {StillThere{keep(here)}};
}
Step on(const StillThere& here, const StayTapped&) {
    return {*here.before};
}
Step on(const StillThere&, const Finished&) {
    return home();
}
Step on(const StillThere&, const TimeUp&) {
    return home();
}

// --- help and comfort, on every screen -----------------------------------------------

template <class S>
requires(!NeedsNoHelp<S>) Step on(const S& here, const HelpTapped&) {
    if constexpr (OneOf<S, MakeItEasier, StillThere>)
        return {Help{here.before}};
    else
        return {Help{keep(here)}};
}
Step on(const Help& here, const PersonAsked&) {
    if (here.call == HelpCall::calling || here.call == HelpCall::coming) return {here};
    return {Help{here.before, HelpCall::calling}, {CallDesk{}}};
}
Step on(const Help& here, const DeskIsComing&) {
    return {Help{here.before, HelpCall::coming}};
}
Step on(const Help& here, const DeskUnreached&) {
    return {Help{here.before, HelpCall::unreached}};
}
Step on(const Help& here, const BackTapped&) {
    return {*here.before};
}

template <class S>
requires(!NeedsNoHelp<S> &&
         !OneOf<S, MakeItEasier, StillThere, Looking, CheckingIn>) Step
    on(const S& here, const EasierTapped&) {
    return {MakeItEasier{keep(here)}};
}
Step on(const Help& here, const EasierTapped&) {
    return {MakeItEasier{keep(here)}};
}
Step on(const MakeItEasier& here, const BackTapped&) {
    return {*here.before};
}
Step on(const MakeItEasier& here, const Finished&) {
    return {*here.before};
}

// An answer that comes while a cover lies over its screen is not lost.
template <Cover S, Outcome E>
Step on(const S& here, const E& outcome) {
    return told_beneath(here, outcome);
}

// --- the clinic's day and its staff --------------------------------------------------

Step on(const Welcome&, const ClinicClosed& closed) {
    return {Closed{closed.opens, closed.opens_today}, {EndSession{}}};
}
Step on(const Closed&, const ClinicClosed& closed) {
    return {Closed{closed.opens, closed.opens_today}};
}
Step on(const Closed&, const ClinicOpened&) {
    return {Welcome{}};
}

template <StaffDoor S>
Step on(const S& here, const StaffHeld&) {
    return {StaffPin{keep(here), {}, false}};
}
Step on(const StaffPin& here, const DigitsEdited& typed) {
    return {StaffPin{here.before, typed.digits, false}};
}
Step on(const StaffPin& here, const DigitsDone&) {
    if (here.digits.empty()) return {here};
    return {here, {CheckPin{here.digits}}};
}
Step on(const StaffPin& here, const PinRight& right) {
    return {StaffMenu{here.before, right.exchange}};
}
Step on(const StaffPin& here, const PinWrong&) {
    return {StaffPin{here.before, {}, true}};
}
template <class S>
requires OneOf<S, StaffPin, StaffMenu> Step on(const S& here, const BackTapped&) {
    return {*here.before};
}
template <class S>
requires OneOf<S, StaffPin, StaffMenu> Step on(const S& here, const TimeUp&) {
    return {*here.before};
}
Step on(const StaffMenu&, const CleanTapped&) {
    return {Cleaning{}};
}
Step on(const StaffMenu&, const PauseTapped&) {
    return {Paused{}, {EndSession{}}};
}
Step on(const StaffMenu& here, const ResumeTapped&) {
    if (std::holds_alternative<KioskTrouble>(*here.before))
        return {StartingUp{}, {OpenStore{}}};
    return home();
}
Step on(const Cleaning&, const TimeUp&) {
    return home();
}

}  // namespace

Step react(const Screen& screen, const Event& event) {
    if (concerns_classes(screen, event)) return react_to_classes(screen, event);
    if (concerns_attendance(screen, event)) return react_to_attendance(screen, event);
    if (concerns_lobby(screen, event)) return react_to_lobby(screen, event);
    if (concerns_forms(screen, event)) return react_to_form(screen, event);
    return answered<RestPairs>(
        screen, event,
        [](const auto& here, const auto& what) -> decltype(on(here, what)) {
            return on(here, what);
        });
}

bool takes_slips(const Screen& screen) {
    return std::visit(
        []<class S>(const S& here) {
            if constexpr (OneOf<S, SignedIn>) return !here.confirmed;
            return TakesSlips<S> ||
                   OneOf<S, Done, PrinterTrouble, FormEnded, FormTrouble, MyFormsOver,
                         AttendanceSaid, SignedInNow, InLobby, WayShown>;
        },
        screen);
}

std::optional<Date> typed_date(const std::string& month, const std::string& day,
                               const std::string& year) {
    const auto number = [](const std::string& text) -> std::optional<int> {
        int value = 0;
        const auto [end, failed] =
            std::from_chars(text.data(), text.data() + text.size(), value);
        if (failed != std::errc{} || end != text.data() + text.size()) return {};
        return value;
    };
    const auto m = number(month);
    const auto d = number(day);
    const auto y = number(year);
    // Nobody alive was born before 1900 (the oldest person ever reached 122 years).
    if (!m || !d || !y || *m < 1 || *d < 1 || *y < 1900 || *y > 2200) return {};
    const Date date{std::chrono::year{*y}, std::chrono::month{unsigned(*m)},
                    std::chrono::day{unsigned(*d)}};
    if (!date.ok()) return {};
    return date;
}

}  // namespace foyer
