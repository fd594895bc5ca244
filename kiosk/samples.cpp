#include "kiosk/samples.h"

#include <type_traits>
#include <utility>

#include "kiosk/class_samples.h"
#include "kiosk/form_samples.h"
#include "kiosk/lobby_samples.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

template <class S>
using Of = std::type_identity<S>;

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11},
                     std::chrono::day{23}};

LocalTime at(std::chrono::minutes minutes) {
    return {today, minutes};
}

Alias number(std::uint8_t n) {
    Alias alias;
    alias.bytes[0] = n;
    return alias;
}

Person maria() {
    return {number(1), "Maria", "(413) 555-0117", false};
}

VisitCard with_amara() {
    return {.id = number(11),
            .starts = at(10h),
            .ends = at(10h + 50min),
            .opens = at(9h),
            .clinician = "Amara",
            .label = {},
            .place = "Suite 210, second floor",
            .standing = Standing::open,
            .chosen = true,
            .call_name = {}};
}

VisitCard program_day() {
    return {.id = number(12),
            .starts = at(11h),
            .ends = at(14h),
            .opens = at(10h + 45min),
            .clinician = {},
            .label = {{"en", "Program day"}, {"es", "Día de programa"}},
            .place = "Room Juniper",
            .standing = Standing::open,
            .chosen = true,
            .call_name = {},
            .signs = true,
            .program_day = 6,
            .program_days = 24};
}

VisitCard with_dana() {
    return {.id = number(13),
            .starts = at(15h + 30min),
            .ends = at(16h),
            .opens = at(14h + 30min),
            .clinician = "Dana",
            .label = {},
            .place = "Suite 204",
            .standing = Standing::early,
            .chosen = false,
            .call_name = {}};
}

VisitCard with(VisitCard card, Standing standing, bool chosen) {
    card.standing = standing;
    card.chosen = chosen;
    return card;
}

Done done() {
    return {
        .visits = {with_amara()},
        .call_name = {0, 27},
        .waiting_place = {{"en", "the Garden lounge"}, {"es", "la sala Jardín"}},
        .token =
            "FOYER1:c2FtcGxlLXRva2VuLW9mLWEtdmlzaXQtZm9yLXRoZS1nYWxsZXJ5LW9ubHktYW5k"
            "LW5vdC1zaWduZWQtYnktYW55LWNsaW5pYy1hdC1hbGwtMDEyMzQ1Njc4OQ",
        .again = false,
        .late = false,
        .contact_changed = false,
        .acknowledged = true,
        .printing = Printing::idle};
}

std::vector<Sample> samples_of(Of<StartingUp>) {
    return {{"starting_up", StartingUp{}}};
}
std::vector<Sample> samples_of(Of<Welcome>) {
    return {{"welcome", Welcome{}},
            {"welcome.check_in", Welcome{}, 0, {false, false, false}},
            {"welcome.classes", Welcome{}, 0, {true, false, true}}};
}
std::vector<Sample> samples_of(Of<FindMe>) {
    return {
        {"find_me", FindMe{"Castellano", "04", "17", "", FindMeProblem::none}},
        {"find_me.empty", FindMe{}},
        {"find_me.problem",
         FindMe{"Nguyễn", "02", "30", "1988", FindMeProblem::date_impossible}},
        {"find_me.long_name",
         FindMe{"Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley",
                "", "", "", FindMeProblem::none}}};
}
std::vector<Sample> samples_of(Of<Looking>) {
    return {{"looking", Looking{}}};
}
std::vector<Sample> samples_of(Of<OneMoreThing>) {
    return {{"one_more_thing", OneMoreThing{{number(1), number(2)}, "01"}}};
}
std::vector<Sample> samples_of(Of<SlowDown>) {
    return {{"slow_down", SlowDown{20}, 20}};
}
std::vector<Sample> samples_of(Of<SeeDesk>) {
    using For = SeeDesk::For;
    return {{"see_desk", SeeDesk{For::find_me}, 28},
            {"see_desk.walk_in", SeeDesk{For::walk_in}, 28},
            {"see_desk.guest", SeeDesk{For::guest}, 28},
            {"see_desk.over", SeeDesk{For::over}, 28},
            {"see_desk.classes", SeeDesk{For::classes}, 28},

            {"see_desk.attendance", SeeDesk{For::attendance}, 28}};
}
std::vector<Sample> samples_of(Of<WalkIn>) {
    return {{"walk_in", WalkIn{}},
            {"walk_in.drop_in", WalkIn{}, 0, {true, true, true, true}}};
}
std::vector<Sample> samples_of(Of<SlipRefused>) {
    using Trouble = SlipTrouble;
    return {{"slip.unreadable", SlipRefused{Trouble::unreadable}, 28},
            {"slip.foreign", SlipRefused{Trouble::foreign}, 28},
            {"slip.expired", SlipRefused{Trouble::expired}, 28},
            {"slip.unknown", SlipRefused{Trouble::unknown}, 28},
            {"slip.cancelled", SlipRefused{Trouble::cancelled}, 28},
            {"slip.other_site", SlipRefused{Trouble::other_site}, 28},
            {"slip.over", SlipRefused{Trouble::over}, 28}};
}
std::vector<Sample> samples_of(Of<NotToday>) {
    const Date december{std::chrono::year{2026}, std::chrono::month{12},
                        std::chrono::day{1}};
    return {{"not_today", NotToday{{december, 10h}, "Suite 210, second floor"}, 28}};
}
std::vector<Sample> samples_of(Of<ConfirmIdentity>) {
    auto nameless = maria();
    nameless.given.clear();
    auto long_name = maria();
    long_name.given = std::string(300, 'n');
    return {{"confirm", ConfirmIdentity{maria(), {with_amara()}, {}, {}}},
            {"confirm.no_name", ConfirmIdentity{nameless, {with_amara()}, {}, {}}},
            {"confirm.long_name", ConfirmIdentity{long_name, {with_amara()}, {}, {}}}};
}
std::vector<Sample> samples_of(Of<TodaysVisits>) {
    auto unknown = with_amara();
    unknown.clinician.clear();
    unknown.place.clear();
    return {
        {"visits", TodaysVisits{maria(), {with_amara(), program_day(), with_dana()}}},
        {"visits.one", TodaysVisits{maria(), {with_amara()}}},
        {"visits.late", TodaysVisits{maria(),
                                     {with(with_amara(), Standing::here, false),
                                      with(program_day(), Standing::late, true)}}},
        {"visits.none_chosen",
         TodaysVisits{maria(), {with(unknown, Standing::open, false)}}},
        {"visits.many",
         TodaysVisits{maria(),
                      {with_amara(), program_day(), with_dana(), with_dana(),
                       with_dana(), with_dana(), with_dana()}}},
    };
}
std::vector<Sample> samples_of(Of<TooEarly>) {
    return {{"too_early", TooEarly{at(15h + 30min), at(14h + 30min)}, 28}};
}
std::vector<Sample> samples_of(Of<ConfirmContact>) {
    auto no_phone = maria();
    no_phone.phone.clear();
    auto with_guardian = maria();
    with_guardian.guardian = true;
    return {{"contact", ConfirmContact{maria(), {with_amara()}}},
            {"contact.guardian", ConfirmContact{with_guardian, {with_amara()}}},
            {"contact.none", ConfirmContact{no_phone, {with_amara()}}}};
}
std::vector<Sample> samples_of(Of<CheckingIn>) {
    return {{"checking_in", CheckingIn{maria(), {with_amara()}, false}}};
}
std::vector<Sample> samples_of(Of<SaveFailed>) {
    return {{"save_failed", SaveFailed{}, 28},
            {"save_failed.attendance", SaveFailed{true}, 28}};
}
std::vector<Sample> samples_of(Of<Done>) {
    auto alone = done();
    alone.acknowledged = false;
    alone.waiting_place.clear();
    auto again = done();
    again.again = true;
    auto late = done();
    late.late = true;
    late.acknowledged = false;
    auto printing = done();
    printing.printing = Printing::busy;
    auto offline = alone;
    offline.offline = true;
    auto printed = done();
    printed.printing = Printing::printed;
    printed.contact_changed = true;
    auto signed_in = alone;
    signed_in.visits = {with(program_day(), Standing::here, true)};
    signed_in.visits.front().directions = {
        {"en", "Second floor, left of the elevator."},
        {"es", "Segundo piso, a la izquierda del ascensor."}};
    auto with_map = signed_in;
    with_map.visits.front().map = sample_map;
    auto aftercare = done();
    aftercare.to_finish = {"Pick up your medicine at the pharmacy",
                           "Write down when your next group meets"};
    auto three = alone;
    three.to_finish = {
        "Call the pharmacy on Main Street, and ask them whether all of your medicine "
        "has come in from the hospital",
        "Write down when your next group meets", "Take home a copy of your plan"};
    auto room = done();
    room.private_room = true;
    auto minor = done();
    minor.guardian_needed = true;
    auto wait = done();
    wait.wait = 10min;
    auto long_wait = alone;
    long_wait.wait = 105min;
    return {{"done", done(), 28},
            {"done.wait", wait, 28},
            {"done.long_wait", long_wait, 28},
            {"done.unacknowledged", alone, 28},
            {"done.offline", offline, 28},
            {"done.again", again, 28},
            {"done.with_map", with_map, 28},
            {"done.late", late, 28},
            {"done.printing", printing, 28},
            {"done.printed", printed, 28},
            {"done.signed_in", signed_in, 28},
            {"done.aftercare", aftercare, 28},
            {"done.three", three, 28},
            {"done.room", room, 28},
            {"done.minor", minor, 28}};
}
std::vector<Sample> samples_of(Of<PrinterTrouble>) {
    return {{"printer.paper", PrinterTrouble{done(), true}, 28},
            {"printer.offline", PrinterTrouble{done(), false}, 28}};
}
std::vector<Sample> samples_of(Of<Help>) {
    const auto before = keep(Welcome{});
    return {{"help", Help{before, HelpCall::idle}},
            {"help.calling", Help{before, HelpCall::calling}},
            {"help.coming", Help{before, HelpCall::coming}},
            {"help.unreached", Help{before, HelpCall::unreached}}};
}
std::vector<Sample> samples_of(Of<MakeItEasier>) {
    return {{"easier", MakeItEasier{keep(Welcome{})}}};
}
std::vector<Sample> samples_of(Of<StillThere>) {
    return {{"still_there", StillThere{keep(FindMe{})}, 18}};
}
std::vector<Sample> samples_of(Of<Closed>) {
    return {{"closed", Closed{LocalTime{today, 8h}, true}},
            {"closed.weekend",
             Closed{LocalTime{today + std::chrono::months{1}, 8h + 30min}, false}},
            {"closed.unknown", Closed{}}};
}
std::vector<Sample> samples_of(Of<Paused>) {
    return {{"paused", Paused{}}};
}
std::vector<Sample> samples_of(Of<Cleaning>) {
    return {{"cleaning", Cleaning{}, 24}};
}
std::vector<Sample> samples_of(Of<KioskTrouble>) {
    return {{"trouble", KioskTrouble{Error::Code::wrong_key}}};
}
std::vector<Sample> samples_of(Of<StaffPin>) {
    return {{"staff_pin", StaffPin{keep(Welcome{}), "42", false}},
            {"staff_pin.wrong", StaffPin{keep(Welcome{}), "", true}}};
}
std::vector<Sample> samples_of(Of<StaffMenu>) {
    const LocalTime nine_forty{Date{}, std::chrono::minutes(9 * 60 + 40)};
    ExchangeNote online{.state = ExchangeNote::State::online,
                        .last = nine_forty,
                        .waiting = 0,
                        .refused = 0,
                        .conflicts = 0};
    ExchangeNote offline{.state = ExchangeNote::State::offline,
                         .last = nine_forty,
                         .waiting = 12,
                         .refused = 2,
                         .conflicts = 1};
    ExchangeNote locked_out = online;
    locked_out.state = ExchangeNote::State::unauthorized;
    return {{"staff_menu", StaffMenu{keep(Welcome{})}},
            {"staff_menu.online", StaffMenu{keep(Welcome{}), online}},
            {"staff_menu.offline", StaffMenu{keep(Welcome{}), offline}},
            {"staff_menu.unauthorized", StaffMenu{keep(Welcome{}), locked_out}}};
}
std::vector<Sample> samples_of(Of<FormsOffered>) {
    const auto after = keep(done());
    const FormOffer first{"urn:sample:1", "How you have been", 2, false};
    const FormOffer second{"urn:sample:2", "Your medicines", 3, true};
    return {{"forms_offered", FormsOffered{after, {first, second}}},
            {"forms_offered.one", FormsOffered{after, {first}}},
            {"forms_offered.mine", FormsOffered{keep(MyFormsOver{}), {first}}},
            {"forms_offered.waiver", FormsOffered{keep(ClassWorking{}), {second}}}};
}
std::vector<Sample> samples_of(Of<FormOpening>) {
    return {{"form_opening", FormOpening{keep(done())}}};
}
std::vector<Sample> samples_of(Of<FormQuestions>) {
    return form_question_samples(keep(done()));
}
std::vector<Sample> samples_of(Of<FormReview>) {
    return form_review_samples(keep(done()));
}
std::vector<Sample> samples_of(Of<FormSign>) {
    return form_sign_samples(keep(done()));
}
std::vector<Sample> samples_of(Of<FormLeaving>) {
    const auto after = keep(done());
    const auto back = keep(FormOpening{after});
    return {{"form_leaving", FormLeaving{after, back, false}},
            {"form_leaving.required", FormLeaving{after, back, true}}};
}
std::vector<Sample> samples_of(Of<FormHandOver>) {
    return {{"hand_over.teen", FormHandOver{keep(done()), true}},
            {"hand_over.guardian", FormHandOver{keep(done()), false}}};
}
std::vector<Sample> samples_of(Of<FormEnded>) {
    FormEnded kept{.after = keep(done()), .title = "How you have been"};
    auto stopped = kept;
    stopped.stopped = true;
    auto copy = kept;
    copy.title = "Consent to care";
    copy.signed_copy = true;
    copy.more = true;
    auto printed = copy;
    printed.printed = true;
    auto failed = copy;
    failed.print_failed = true;
    return {{"form_ended", kept, 28},
            {"form_ended.stopped", stopped, 28},
            {"form_ended.signed", copy, 28},
            {"form_ended.printed", printed, 28},
            {"form_ended.not_printed", failed, 28}};
}
std::vector<Sample> samples_of(Of<FormTrouble>) {
    return {{"form_trouble", FormTrouble{keep(done())}, 28}};
}

std::vector<Sample> samples_of(Of<Classes>) {
    return class_list_samples();
}
std::vector<Sample> samples_of(Of<ClassWorking>) {
    return class_working_samples();
}
std::vector<Sample> samples_of(Of<ClassClash>) {
    return class_clash_samples();
}
std::vector<Sample> samples_of(Of<ClassLeaving>) {
    return class_leaving_samples();
}
std::vector<Sample> samples_of(Of<ClassesTold>) {
    return class_news_samples(keep(done()));
}
std::vector<Sample> samples_of(Of<MyFormsOver>) {
    return {{"my_forms_over", MyFormsOver{}, 28}};
}
std::vector<Sample> samples_of(Of<DropInTopic>) {
    return drop_in_samples();
}
std::vector<Sample> samples_of(Of<GuestAsked>) {
    return guest_samples();
}
std::vector<Sample> samples_of(Of<LobbyWorking>) {
    return lobby_working_samples();
}
std::vector<Sample> samples_of(Of<PrivateRoom>) {
    return {{"private_room", PrivateRoom{keep(done()), number(1), number(11)}}};
}
std::vector<Sample> samples_of(Of<GuardianAsked>) {
    return {{"guardian", GuardianAsked{maria(), {with_amara()}}}};
}
std::vector<Sample> samples_of(Of<InLobby>) {
    return in_lobby_samples();
}

SessionCard at_program(Attended::State state) {
    return {.visit = with(program_day(), Standing::here, false),
            .state = state,
            .in = at(11h + 2min),
            .out = {}};
}

std::vector<Sample> samples_of(Of<SignedIn>) {
    using State = Attended::State;
    auto unknown = at_program(State::present);
    unknown.in.reset();
    auto elsewhere = at_program(State::expected);
    elsewhere.in.reset();
    auto evening = at_program(State::present);
    evening.visit.id = number(14);
    evening.visit.starts = at(18h);
    evening.visit.label = {{"en", "Evening program"}, {"es", "Programa de la tarde"}};
    const std::vector<SessionCard> both = {at_program(State::present), evening};
    return {
        {"signed_in", SignedIn{maria(), {at_program(State::present)}, {}, {}, true}},
        {"signed_in.break",
         SignedIn{maria(), {at_program(State::on_break)}, {}, {}, true}},
        {"signed_in.other",
         SignedIn{maria(), {at_program(State::present)}, {}, {with_amara()}, true}},
        {"signed_in.elsewhere", SignedIn{maria(), {elsewhere}, {}, {}, true}},
        {"signed_in.unknown", SignedIn{maria(), {unknown}, {}, {}, false}},
        {"signed_in.several", SignedIn{maria(), both, {}, {with_amara()}, true}},
        {"signed_in.picked", SignedIn{maria(), both, number(14), {}, true}}};
}
std::vector<Sample> samples_of(Of<SavingAttendance>) {
    return {{"saving_attendance", SavingAttendance{maria()}}};
}
std::vector<Sample> samples_of(Of<AttendanceSaid>) {
    using enum AttendanceKind;
    auto gone = at_program(Attended::State::gone);
    gone.out = at(14h + 5min);
    auto unknown = gone;
    unknown.in.reset();
    const auto there = at_program(Attended::State::present);
    const auto away = at_program(Attended::State::on_break);
    return {{"attendance.out", AttendanceSaid{gone, sign_out}, 28},
            {"attendance.out_unknown", AttendanceSaid{unknown, sign_out}, 28},
            {"attendance.out_again", AttendanceSaid{gone, sign_out, true}, 28},
            {"attendance.break", AttendanceSaid{away, break_out}, 28},
            {"attendance.back", AttendanceSaid{there, break_in}, 28}};
}
std::vector<Sample> samples_of(Of<NotSignedIn>) {
    return {{"not_signed_in", NotSignedIn{maria(), {program_day()}}},
            {"not_signed_in.elsewhere",
             NotSignedIn{
                 maria(), {program_day()}, {at_program(Attended::State::expected)}}},
            {"not_signed_in.later", NotSignedIn{maria(), {with_dana()}}}};
}
std::vector<Sample> samples_of(Of<SignInSheet>) {
    const SignInSheet drawing{maria(), {with(program_day(), Standing::open, true)}};
    auto drawn = drawing;
    drawn.strokes = drawn_name();
    auto typing = drawing;
    typing.draw = false;
    typing.name = "Maria Castellano";
    return {{"sign_in_sheet", drawing},
            {"sign_in_sheet.drawn", drawn},
            {"sign_in_sheet.typed", typing}};
}
VisitCard with_map() {
    auto card = with(program_day(), Standing::here, true);
    card.directions = {
        {"en", "Along the hall, past the elevator. It is the third door on the left."},
        {"es",
         "Siga el pasillo y pase el ascensor. Es la tercera puerta a la izquierda."}};
    card.map = sample_map;
    return card;
}
std::vector<Sample> samples_of(Of<SignedInNow>) {
    return {{"signed_in_now",
             SignedInNow{number(1), program_day(), {0, 27}, "FOYER1:c2FtcGxl"}},
            {"signed_in_now.with_map",
             SignedInNow{number(1), with_map(), {0, 27}, "FOYER1:c2FtcGxl"}}};
}
std::vector<Sample> samples_of(Of<WayShown>) {
    auto no_words = with_map();
    no_words.place.clear();
    no_words.directions.clear();
    return {{"way", WayShown{keep(done()), with_map()}, 28},
            {"way.no_words", WayShown{keep(done()), no_words}, 28}};
}

template <std::size_t... kinds>
std::vector<Sample> all(std::index_sequence<kinds...>) {
    std::vector<Sample> list;
    const auto add = [&](std::vector<Sample> more) {
        for (auto& sample : more) list.push_back(std::move(sample));
    };
    (add(samples_of(Of<std::variant_alternative_t<kinds, Screen::variant>>{})), ...);
    return list;
}

}  // namespace

std::vector<Sample> samples() {
    return all(std::make_index_sequence<std::variant_size_v<Screen::variant>>{});
}

}  // namespace foyer
