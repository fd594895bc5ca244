#include "kiosk/kiosk.h"

#include <string.h>

#include <algorithm>
#include <concepts>
#include <cstdlib>
#include <new>
#include <utility>

#include "kiosk/flow.h"
#include "kiosk/pace.h"
#include "kiosk/screens/screens.h"
#include "kiosk/scrub.h"
#include "kiosk/ui/paint.h"
#include "kiosk/way_maps.h"
#include "kiosk/worker.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// A picture that takes longer is noticed (log event frame_slow).
constexpr auto slow_frame = 250ms;

Ui::Finger finger_of(Touch::What what) {
    switch (what) {
        case Touch::What::down:
            return Ui::Finger::down;
        case Touch::What::moved:
            return Ui::Finger::moved;
        case Touch::What::up:
            return Ui::Finger::up;
        case Touch::What::lost:
            return Ui::Finger::lost;
    }
    return Ui::Finger::lost;
}

Ui::Stroke stroke_of(Key::Name name) {
    switch (name) {
        case Key::Name::back:
            return Ui::Stroke::back;
        case Key::Name::del:
            return Ui::Stroke::del;
        case Key::Name::left:
            return Ui::Stroke::left;
        case Key::Name::right:
            return Ui::Stroke::right;
        case Key::Name::home:
            return Ui::Stroke::home;
        case Key::Name::end:
            return Ui::Stroke::end;
        case Key::Name::enter:
            return Ui::Stroke::enter;
        case Key::Name::tab:
            return Ui::Stroke::tab;
        case Key::Name::undo:
            return Ui::Stroke::undo;
        case Key::Name::redo:
            return Ui::Stroke::redo;
        case Key::Name::copy:
            return Ui::Stroke::copy;
        case Key::Name::cut:
            return Ui::Stroke::cut;
        case Key::Name::paste:
            return Ui::Stroke::paste;
        case Key::Name::all:
            return Ui::Stroke::all;
    }
    return Ui::Stroke::end;
}

template <class T, class... Any>
concept OneOf = (std::same_as<T, Any> || ...);

/// Orders that a screen waits for, and their answers.
template <class E>
concept Question =
    OneOf<E, ReadSlip, FindPatient, TellApart, SaveCheckIn, CheckPin, OfferForms,
          OpenForm, SaveAnswers, DeclineItem, AddInstance, RemoveInstance, TakePhoto,
          FinishForm, SignForm, StopForm, ShowClasses, JoinClass, LeaveClass,
          SignInToClass, OfferMyForms, SaveAttendance, EnterLobby, EnterGuest>;
template <class E>
concept Answer =
    OneOf<E, PersonFound, TwoFound, NobodyToday, TooManyTries, SlipNotTaken,
          SlipForOtherDay, CheckInSaved, CheckInFailed, PinRight, PinWrong, FormsDue,
          FormsOver, FormPageShown, FormReviewShown, FormPartEnded, FormKept,
          FormFailed, ClassesShown, ClassClashes, ClassNeedsDesk, ClassesFailed,
          AttendanceSaved, AttendanceFailed, LobbyEntered, LobbyFailed>;
/// Which ways in the site has. A site that names its programs or groups in any place of
/// its file has them.
WaysIn ways_in(const Site& site) {
    const auto named = [&](Service service) {
        return site.labels.contains(service) || site.windows.contains(service) ||
               std::ranges::count(site.service_codes, service, &ServiceCode::service) >
                   0;
    };
    return {.classes = !site.classes.empty() || !site.server.schedules.empty(),
            .forms = !site.form_rules.empty(),
            .sign_out = !site.programs.empty() || named(Service::php) ||
                        named(Service::iop) || named(Service::group),
            .drop_in = site.drop_in};
}

/// What concerns the kiosk and no session.
template <class E>
concept OfTheKiosk = OneOf<E, StoreOpened, StoreFailed>;

}  // namespace

struct Kiosk::Inside {
    Parts parts;
    SiteTime time;
    TextEngine text;
    Painter painter;
    Ui ui;
    Pace pace;
    Worker worker;
    WayMaps maps;
    Screen screen = StartingUp{};
    Comfort usual, comfort;
    std::vector<Outcome> held_back;
    long ordered = 0;       ///< number of the last order
    long session_from = 1;  ///< number of the first order of this session
    long question = 0;      ///< number of the order a screen waits for
    bool stale = true;      ///< the tree no longer shows the state
    bool undrawn = true;    ///< the picture no longer shows the tree
    long frames = 0;
    int shown_seconds = 0;
    std::chrono::minutes shown_minute{-1};
    std::chrono::milliseconds house_kept{0};
    std::chrono::milliseconds session_began{0};
    bool was_open = true;

    Inside(Parts given, SiteTime site_time)
        : parts(std::move(given)),
          time(site_time),
          text(*parts.canvas),
          painter(*parts.canvas),
          ui(text),
          pace(parts.site),
          worker(*parts.effects, parts.wake),
          maps(read_way_maps(parts.site, [](const PlaceRule&, const Error& why) {
              log(events::map_refused, why.code);
          })) {
        usual.language = parts.site.languages.front();
        usual.high_contrast = parts.site.high_contrast;
        comfort = usual;
        order(OpenStore{});
    }

    std::chrono::milliseconds elapsed() const { return parts.clock->elapsed(); }
    LocalTime local() const { return time.local(parts.clock->now()); }

    std::optional<Pace::Due> pace_due() const {
        return pace.due(screen, comfort, usual);
    }

    // --- what happens next
    // -------------------------------------------------------------

    void order(Effect effect) {
        ++ordered;
        if (std::visit([]<class E>(const E&) { return Question<E>; }, effect))
            question = ordered;
        worker.order({std::move(effect), elapsed(), comfort.language,
                      comfort.text != TextSize::normal, ordered});
    }

    /// Whether anybody still waits for it. What a slow worker found for one patient
    /// must not be shown to the next, who waits on the same screen.
    bool is_wanted(const Outcome& outcome) const {
        return std::visit(
            [&]<class E>(const E&) {
                if constexpr (OfTheKiosk<E>) return true;
                if constexpr (Answer<E>) return outcome.order == question;
                return outcome.order >= session_from;
            },
            outcome.event);
    }

    void happen(const Event& event) {
        comfort = adapt(std::move(comfort), event);
        Step step = react(screen, event);
        const bool ends = std::ranges::any_of(step.effects, [](const auto& effect) {
            return std::holds_alternative<EndSession>(effect);
        });
        if (ends) end_session();
        if (std::holds_alternative<HelpTapped>(event)) log(events::help_asked);
        screen = std::move(step.next);
        pace.shows(screen, elapsed());
        for (auto& effect : step.effects) order(std::move(effect));
        stale = true;
    }

    /// Nothing of the patient stays: not on the screen, not in a cache, not in memory.
    void end_session() {
        screen.~Screen();
        explicit_bzero(static_cast<void*>(&screen), sizeof screen);
        new (&screen) Screen{Welcome{}};
        held_back.clear();
        session_from = ordered + 1;
        question = 0;
        ui.wipe();
        painter.wipe();
        comfort = usual;
        scrub_stack();
        log(events::session_wiped, elapsed() - session_began);
        session_began = elapsed();
    }

    // --- frames
    // ------------------------------------------------------------------------

    Scene scene() const {
        return {
            .screen = int(screen.index()),
            .display = parts.display,
            .comfort = comfort,
            .clinic = parts.site.name,
            .now = local(),
            .languages = parts.site.languages,
            .seconds_left = Pace::seconds_left(pace_due(), elapsed()),
            .desk_place = desk_place(),
            .ways_in = ways_in(parts.site),
            .drop_in = drop_in_label(),
            .maps = &maps,
        };
    }

    std::string desk_place() const {
        return in_language(parts.site.desk_place, comfort.language);
    }

    std::string drop_in_label() const {
        const auto own = parts.site.labels.find(Service::case_management);
        return own == parts.site.labels.end()
                   ? std::string()
                   : in_language(own->second, comfort.language);
    }

    /// Builds frames until the widgets and the flow have nothing more to say.
    void build() {
        // A screen settles in a few rounds; a bug that never does ends the process here
        // rather than hanging the lobby.
        for (int round = 0; round < 32; ++round) {
            const auto now = scene();
            ui.begin(now);
            if (const auto event = show(screen, ui)) {
                happen(*event);
                continue;
            }
            ui.end();
            shown_seconds = now.seconds_left;
            shown_minute = now.now.minutes;
            undrawn = true;
            if (!ui.restless()) {
                stale = false;
                return;
            }
        }
        std::abort();
    }

    void refresh() {
        if (stale) build();
    }

    // --- time
    // --------------------------------------------------------------------------

    void watch_the_day() {
        const bool at_door = std::holds_alternative<Welcome>(screen) ||
                             std::holds_alternative<Closed>(screen);
        if (!at_door) return;
        const auto now = opening(parts.site, parts.clock->now());
        if (now.open && std::holds_alternative<Closed>(screen)) happen(ClinicOpened{});
        if (!now.open && std::holds_alternative<Welcome>(screen)) {
            ClinicClosed closed;
            if (now.next) {
                closed.opens = time.local(*now.next);
                closed.opens_today = closed.opens->day == local().day;
            }
            happen(closed);
        }
    }

    void pass_time() {
        if (ui.tick(elapsed())) stale = true;
        if (const auto due = pace_due(); due && due->at <= elapsed())
            happen(due->event);
        watch_the_day();
        if (elapsed() - house_kept >= 60s) {
            house_kept = elapsed();
            worker.keep_house();
        }
        if (local().minutes != shown_minute ||
            Pace::seconds_left(pace_due(), elapsed()) != shown_seconds)
            stale = true;
    }

    void take_outcomes() {
        for (auto& outcome : worker.take()) held_back.push_back(std::move(outcome));
        std::vector<Outcome> now;
        for (auto it = held_back.begin(); it != held_back.end();) {
            if (it->not_before > elapsed()) {
                ++it;
                continue;
            }
            now.push_back(std::move(*it));
            it = held_back.erase(it);
        }
        for (const auto& outcome : now)
            if (is_wanted(outcome)) happen(outcome.event);
    }
};

Result<std::unique_ptr<Kiosk>> Kiosk::create(Parts parts) {
    const auto time = TRY(SiteTime::in_zone(parts.site.time_zone));
    return std::unique_ptr<Kiosk>(
        new Kiosk(std::make_unique<Inside>(std::move(parts), time)));
}

Kiosk::Kiosk(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {
    inside_->refresh();
}
Kiosk::~Kiosk() = default;

void Kiosk::input(const Input& input) {
    auto& in = *inside_;
    in.refresh();
    in.pace.touched(in.elapsed());
    bool changed = true;
    if (const auto* touch = std::get_if<Touch>(&input.what))
        changed =
            in.ui.finger(finger_of(touch->what), touch->x, touch->y, in.elapsed());
    else if (const auto* typed = std::get_if<Text>(&input.what))
        changed = in.ui.typed(typed->utf8);
    else if (const auto* composing = std::get_if<Composing>(&input.what))
        changed = in.ui.composed(composing->utf8);
    else if (const auto* key = std::get_if<Key>(&input.what))
        changed = in.ui.stroke(stroke_of(key->name), key->shift);
    else
        in.undrawn = true;
    if (changed) in.stale = true;
    in.refresh();
}

void Kiosk::scanned(std::string text) {
    inside_->pace.touched(inside_->elapsed());
    inside_->happen(SlipScanned{std::move(text)});
    inside_->refresh();
}

void Kiosk::expose() {
    inside_->undrawn = true;
}

void Kiosk::settle() {
    inside_->take_outcomes();
    inside_->pass_time();
    inside_->refresh();
}

std::optional<std::chrono::milliseconds> Kiosk::due() const {
    const auto& in = *inside_;
    std::optional<std::chrono::milliseconds> soonest;
    const auto at = [&](std::optional<std::chrono::milliseconds> time) {
        if (time && (!soonest || *time < *soonest)) soonest = time;
    };
    at(in.ui.hold_due());
    at(answer_due());
    if (const auto due = in.pace_due()) {
        at(due->at);
        // The next lower number of the countdown.
        if (due->counts_down) {
            const auto left = due->at - in.elapsed();
            at(in.elapsed() + left - std::chrono::seconds(in.shown_seconds - 1));
        }
    }
    // The clock on the screen changes with the minute.
    const auto wall = in.parts.clock->now().time_since_epoch();
    at(in.elapsed() + (1min - wall % 1min));
    return soonest;
}

void Kiosk::heard_from_clinic() {
    inside_->worker.look_around();
}

bool Kiosk::working() const {
    return inside_->worker.busy() || !inside_->held_back.empty();
}

std::optional<std::chrono::milliseconds> Kiosk::answer_due() const {
    std::optional<std::chrono::milliseconds> soonest;
    for (const auto& outcome : inside_->held_back)
        if (!soonest || outcome.not_before < *soonest) soonest = outcome.not_before;
    return soonest;
}

void Kiosk::beside(std::function<void()> draw) {
    inside_->painter.beside(std::move(draw));
}

bool Kiosk::draw() {
    auto& in = *inside_;
    in.refresh();
    if (!in.undrawn) return false;
    const auto begun = in.elapsed();
    in.painter.paint(in.ui.shown_for_painting(), in.ui.setting());
    in.text.next_frame();
    in.undrawn = false;
    ++in.frames;
    if (const auto took = in.elapsed() - begun; took > slow_frame)
        log(events::frame_slow, in.screen.index(), took);
    return true;
}

const Screen& Kiosk::screen() const {
    return inside_->screen;
}
const Tree& Kiosk::tree() const {
    return inside_->ui.shown();
}
const Comfort& Kiosk::comfort() const {
    return inside_->comfort;
}
long Kiosk::frames() const {
    return inside_->frames;
}

const char* name(const Screen& screen) {
    constexpr const char* names[] = {"StartingUp",
                                     "Welcome",
                                     "FindMe",
                                     "Looking",
                                     "OneMoreThing",
                                     "SlowDown",
                                     "SeeDesk",
                                     "WalkIn",
                                     "SlipRefused",
                                     "NotToday",
                                     "ConfirmIdentity",
                                     "TodaysVisits",
                                     "TooEarly",
                                     "ConfirmContact",
                                     "CheckingIn",
                                     "SaveFailed",
                                     "Done",
                                     "PrinterTrouble",
                                     "Help",
                                     "MakeItEasier",
                                     "StillThere",
                                     "Closed",
                                     "Paused",
                                     "Cleaning",
                                     "KioskTrouble",
                                     "StaffPin",
                                     "StaffMenu",
                                     "FormsOffered",
                                     "FormOpening",
                                     "FormQuestions",
                                     "FormReview",
                                     "FormSign",
                                     "FormLeaving",
                                     "FormHandOver",
                                     "FormEnded",
                                     "FormTrouble",
                                     "Classes",
                                     "ClassWorking",
                                     "ClassClash",
                                     "ClassLeaving",
                                     "ClassesTold",
                                     "MyFormsOver",
                                     "SignedIn",
                                     "SavingAttendance",
                                     "AttendanceSaid",
                                     "NotSignedIn",
                                     "SignInSheet",
                                     "SignedInNow",
                                     "DropInTopic",
                                     "GuestAsked",
                                     "LobbyWorking",
                                     "InLobby",
                                     "PrivateRoom",
                                     "GuardianAsked",
                                     "WayShown"};
    static_assert(std::size(names) == std::variant_size_v<Screen::variant>);
    return names[screen.index()];
}

}  // namespace foyer
