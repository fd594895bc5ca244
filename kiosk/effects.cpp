#include "kiosk/effects.h"

#include <algorithm>
#include <concepts>

#include "kiosk/class_desk.h"
#include "kiosk/form_desk.h"
#include "kiosk/lobby_desk.h"
#include "kiosk/signing_desk.h"
#include "kiosk/slip.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "platform/pin.h"
#include "platform/secrets.h"
#include "sync/clinic/arrival.h"
#include "sync/clinic/guest_code.h"
#include "sync/clinic/slip_token.h"
#include "sync/clinic/waiting.h"
#include "sync/fhir/aftercare.h"
#include "sync/fhir/import.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// A visit that has a place on "Here is your day".
bool is_shown(Standing standing) {
    return standing == Standing::open || standing == Standing::late ||
           standing == Standing::early || standing == Standing::here;
}

/// What the desk is told when none of today's visits can be checked in to; the reason
/// that helps the desk most comes first.
DeskReason reason_for(const std::vector<VisitCard>& today) {
    const auto has = [&](Standing standing) {
        return std::ranges::any_of(
            today, [&](const auto& visit) { return visit.standing == standing; });
    };
    if (has(Standing::other_site)) return DeskReason::other_site;
    if (has(Standing::cancelled)) return DeskReason::cancelled;
    if (has(Standing::over)) return DeskReason::over;
    return DeskReason::no_visit_today;
}

template <class T, class... Any>
concept OneOf = (std::same_as<T, Any> || ...);

/// The schedule reaches so far (sync.md decision 4).
constexpr int schedule_days_ahead = 14;

/// Whether a visit is still to come, or runs.
bool is_open(AppointmentStatus status) {
    using enum AppointmentStatus;
    return status != cancelled && status != noshow && status != entered_in_error &&
           status != fulfilled;
}

std::string last_four_digits(const std::string& phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() < 4 ? "" : digits.substr(digits.size() - 4);
}

}  // namespace

struct Effects::Inside {
    Parts parts;
    SiteTime time;
    Attempts attempts, pins;
    std::optional<Store> store;
    std::optional<SiteKeys> keys;
    ClockQuality clock_quality = ClockQuality::trusted;
    std::optional<Date> purged_on;
    Order order;
    const Post* post = nullptr;
    std::unique_ptr<FormDesk> forms = {};
    std::unique_ptr<ClassDesk> classes = {};
    std::unique_ptr<SigningDesk> attendance = {};
    std::unique_ptr<LobbyDesk> lobby = {};
    std::vector<Alias> checked_in = {};  ///< by the patient who is here
    /// The order after which nobody of the clinic had answered yet.
    std::optional<long> unacknowledged = {};

    Instant now() const { return parts.clock->now(); }
    Date today() const { return time.day_of(now()); }

    /// Everything durable is written: the power may fail from here on.
    void durable() {
        if (parts.done) parts.done(name(order.effect));
    }
    void tell(Event event, std::chrono::milliseconds not_before = 0ms) {
        (*post)({std::move(event), not_before, order.number});
    }
    /// Hit or miss, find-me answers at the same time after the tap.
    void answer(Event event) {
        tell(std::move(event), order.given + parts.site.answer_after);
    }

    /// A note for the desk; that it cannot be written stops nothing.
    void note(DeskReason reason, std::optional<Alias> visit,
              std::optional<Alias> patient) {
        if (!store) return;
        const auto told = store->tell_desk({reason, now(), visit, patient});
        if (!told) log(events::store_failed, "telling the desk", told.error().code);
    }

    // --- starting --------------------------------------------------------------------

    void carry(const OpenStore&) {
        if (parts.broken) return tell(StoreFailed{*parts.broken});
        store.reset();
        keys.reset();
        const auto begun = parts.clock->elapsed();
        auto site = site_keys(parts.data);
        auto opened = site ? open_store(parts.data, parts.site, time, parts.lock_wait)
                           : Result<Store>(tl::unexpected(site.error()));
        durable();
        if (!opened) {
            log(events::store_failed, "opening", opened.error().code);
            return tell(StoreFailed{opened.error().code});
        }
        keys = std::move(*site);
        store = std::move(*opened);
        if (parts.queued) store->on_commit(parts.queued);
        log(events::store_opened, 1, parts.clock->elapsed() - begun);
        keep_house();
        tell(StoreOpened{});
        forms->open();
    }

    void keep_house() {
        if (!store) return;
        const auto seen = store->see_clock(now());
        if (seen && *seen != clock_quality) {
            clock_quality = *seen;
            if (clock_quality == ClockQuality::untrusted)
                log(events::clock_untrusted);
            else
                log(events::clock_trusted);
        }
        if (purged_on == today() || clock_quality == ClockQuality::untrusted) return;
        forms->park_old(*store, clock_quality);
        if (const auto gone = store->purge(now())) {
            purged_on = today();
            if (*gone > 0) log(events::purged, *gone);
        }
    }

    // --- who is it -------------------------------------------------------------------

    std::vector<VisitCard> cards_today(const Alias& patient, bool& failed) {
        std::vector<VisitCard> cards;
        const auto visits = store->visits_on(today(), patient);
        if (!visits) {
            log(events::store_failed, "finding", visits.error().code);
            failed = true;
            return cards;
        }
        for (const auto& visit : *visits) {
            cards.push_back(card_of(visit, now(), parts.site, time));
            attendance->count_days(*store, visit, cards.back());
        }
        return cards;
    }

    Result<Person> person(const Alias& id) {
        const auto patient = TRY(store->patient(id));
        Person found{id, patient.given, patient.phone, false};
        const auto known = patient.contact_confirmed;
        found.contact_stale =
            !known || std::chrono::sys_days(*known) + parts.site.contact_stale_after <
                          std::chrono::sys_days(today());
        if (is_minor(patient, today(), parts.site))
            found.asks_guardian =
                found.contact_stale ||
                forms->needs_guardian(id, TRY(services_today(id)), with());
        return found;
    }

    Result<std::vector<Service>> services_today(const Alias& id) {
        const auto visits = TRY(store->visits_on(today(), id));
        std::vector<Service> services;
        for (const auto& visit : visits)
            if (is_open(visit.status)) services.push_back(visit.service);
        return services;
    }

    bool is_minor_here(const Alias& id) {
        const auto patient = store->patient(id);
        return patient && is_minor(*patient, today(), parts.site);
    }

    void missed(DeskReason reason, std::optional<Alias> patient) {
        attempts.missed(order.given);
        note(reason, {}, patient);
        durable();
        answer(NobodyToday{});
    }

    /// One patient was found by what they typed: a visit today, or the one same answer.
    /// Classes and forms need no visit today.
    void found_one(const Alias& id, Purpose purpose) {
        bool failed = false;
        const auto today = cards_today(id, failed);
        auto shown = today;
        std::erase_if(shown,
                      [](const auto& visit) { return !is_shown(visit.standing); });
        const bool needs_visit =
            purpose == Purpose::check_in || purpose == Purpose::sign_out;
        auto sessions = attendance->sessions(*store, id);
        if (needs_visit && shown.empty() && std::ranges::none_of(sessions, is_there))
            return missed(reason_for(today), id);
        auto who = person(id);
        if (!who) return missed(DeskReason::no_match, id);
        durable();
        answer(PersonFound{
            std::move(*who), std::move(shown), {}, {}, std::move(sessions)});
    }

    bool tries_used_up() {
        const auto wait = attempts.wait(order.given);
        if (wait <= 0ms) return false;
        log(events::tries_limited, attempts.misses(order.given), wait);
        durable();
        answer(
            TooManyTries{int(std::chrono::ceil<std::chrono::seconds>(wait).count())});
        return true;
    }

    void carry(const FindPatient& asked) {
        if (!store) return answer(NobodyToday{});
        if (tries_used_up()) return;
        const auto ids =
            store->patients_behind(store->index_of(asked.family, asked.born));
        if (!ids) {
            log(events::store_failed, "finding", ids.error().code);
            durable();
            return answer(NobodyToday{});
        }
        if (ids->empty()) return missed(DeskReason::no_match, {});
        if (ids->size() == 1) return found_one(ids->front(), asked.purpose);
        durable();
        answer(TwoFound{*ids});
    }

    void carry(const TellApart& asked) {
        if (!store) return answer(NobodyToday{});
        if (tries_used_up()) return;
        std::vector<Alias> fitting;
        for (const auto& id : asked.candidates) {
            const auto patient = store->patient(id);
            if (patient && last_four_digits(patient->phone) == asked.digits)
                fitting.push_back(id);
        }
        if (fitting.size() != 1) return missed(DeskReason::ambiguous, {});
        found_one(fitting.front(), asked.purpose);
    }

    // --- slips -----------------------------------------------------------------------

    void refuse(SlipTrouble trouble, std::optional<DeskReason> reason,
                std::optional<Alias> visit) {
        if (reason) note(*reason, visit, {});
        durable();
        tell(SlipNotTaken{trouble});
    }

    /// An authentic slip whose visit is not held here.
    void unknown_slip(const SlipToken& token) {
        const Instant printed = token.expires - 24h;
        if (token.expires <= now())
            return refuse(SlipTrouble::expired, DeskReason::bad_slip, token.visit);
        if (schedule_window(time, now()).holds(time.day_of(printed)))
            return refuse(SlipTrouble::unknown, DeskReason::unknown_slip, token.visit);
        note(DeskReason::other_day, token.visit, {});
        durable();
        tell(SlipForOtherDay{{time.local(printed), {}}});
    }

    void carry(const ReadSlip& scan) {
        if (!store || !keys) return refuse(SlipTrouble::unknown, {}, {});
        const auto token = read_token(scan.text, *keys);
        if (!token) {
            log(events::scan_seen, token.error());
            if (token.error() == TokenFault::foreign)
                return refuse(SlipTrouble::foreign, DeskReason::bad_slip, {});
            return refuse(SlipTrouble::unreadable, {}, {});
        }
        const auto held = store->visit_behind(token->visit);
        if (!held) {
            log(events::store_failed, "reading a slip", held.error().code);
            return refuse(SlipTrouble::unknown, {}, {});
        }
        log(events::scan_seen, "authentic");
        if (!*held) return unknown_slip(*token);
        slip_of(**held, scan.text, scan.purpose);
    }

    void slip_of(const Visit& visit, const std::string& slip, Purpose purpose) {
        bool failed = false;
        auto today = cards_today(visit.patient, failed);
        auto who = person(visit.patient);
        if (!who || failed) return refuse(SlipTrouble::unknown, {}, visit.id);

        PersonFound found{std::move(*who), {}, {}, {}};
        for (auto& card : today)
            if (is_shown(card.standing)) found.visits.push_back(std::move(card));
        found.person.known_by = AttendanceMethod::slip;
        found.sessions = attendance->sessions(*store, visit.patient);
        const auto how = standing(visit, now(), parts.site);
        const auto own = std::ranges::find_if(found.sessions, [&](const auto& session) {
            return session.visit.id == visit.id;
        });
        const bool held = own != found.sessions.end();
        const bool there = held && is_there(*own);
        // Of a group that lasts past midnight the day is over before the group is.
        const bool known =
            there || (held && !own->over && own->state == Attended::State::gone);
        // To classes and forms a slip of any day is the way.
        if (purpose == Purpose::check_in && !is_shown(how) && !known)
            why_not(visit, how, found);
        if (is_rush(visit, how, there, found)) found.rush = slip;
        durable();
        tell(std::move(found));
    }

    /// Whether a slip leads straight on (kiosk/README.md, "Rush"): its group or program
    /// day is what there is to sign in to now, and nothing else is to be asked; or the
    /// patient is there.
    bool is_rush(const Visit& visit, Standing how, bool there,
                 const PersonFound& found) {
        const bool for_many = visit.service == Service::group ||
                              visit.service == Service::php ||
                              visit.service == Service::iop;
        if (!parts.site.fast_sign_in || !for_many) return false;
        if (there) return true;
        const auto can_be_chosen =
            std::ranges::count_if(found.visits, [](const auto& card) {
                return card.standing == Standing::open ||
                       card.standing == Standing::late;
            });
        if (how != Standing::open || can_be_chosen != 1 || found.person.contact_stale ||
            std::ranges::any_of(found.sessions, is_there))
            return false;
        const bool asked =
            !forms->welcome(visit.patient, {visit.service}, with()).empty();
        forms->forget();
        return !asked;
    }

    /// The slip's own visit cannot be checked in to: what to say after "Yes, that is
    /// me".
    void why_not(const Visit& visit, Standing how, PersonFound& found) {
        const bool others_today =
            std::ranges::any_of(found.visits, [](const auto& card) {
                return card.standing == Standing::open ||
                       card.standing == Standing::late;
            });
        DeskReason reason = DeskReason::over;
        SlipTrouble trouble = SlipTrouble::over;
        if (how == Standing::cancelled) {
            reason = DeskReason::cancelled;
            trouble = SlipTrouble::cancelled;
        } else if (how == Standing::other_site) {
            reason = DeskReason::other_site;
            trouble = SlipTrouble::other_site;
        } else if (how == Standing::other_day) {
            reason = DeskReason::other_day;
            trouble = SlipTrouble::expired;
        }
        note(reason, visit.id, visit.patient);
        // An old slip of somebody who has a visit today opens that day.
        if (others_today && how == Standing::other_day) return;
        if (how == Standing::other_day && visit.starts > now())
            found.not_today = NotToday{time.local(visit.starts), visit.place};
        else
            found.trouble = trouble;
    }

    // --- checking in -----------------------------------------------------------------

    void carry(const SaveCheckIn& asked) {
        if (!store || !keys) return tell(CheckInFailed{Error::Code::not_found});
        const auto begun = parts.clock->elapsed();
        const auto visits = store->visits_on(today(), asked.patient);
        if (!visits) return save_failed(asked, visits.error().code);

        Arrival arrival{asked.visits,  {},           now(),
                        clock_quality, asked.method, asked.attested};
        for (const auto& visit : *visits)
            if (std::ranges::count(asked.visits, visit.id) > 0 &&
                standing(visit, now(), parts.site) == Standing::late)
                arrival.late.push_back(visit.id);
        const auto saved = store->check_in(arrival);
        if (!saved) return save_failed(asked, saved.error().code);
        durable();
        log(events::check_in_saved, saved->front().id, parts.clock->elapsed() - begun);

        CheckInSaved done;
        for (const auto& visit : *saved)
            done.visits.push_back(card_of(visit, now(), parts.site, time));
        const auto& first = saved->front();
        done.call_name = first.check_in ? first.check_in->call_name : CallName{};
        done.late = std::ranges::any_of(
            *saved, [](const auto& visit) { return visit.check_in->late; });
        done.waiting_place = parts.site.waiting_place;
        done.token = sign_token({first.id, first.starts + 24h}, *keys);
        done.print = parts.site.print_without_asking;
        std::vector<Service> services;
        for (const auto& visit : *saved) services.push_back(visit.service);
        // Nobody in a crisis is asked or told anything else (domain.md W12).
        if (std::ranges::count(services, Service::crisis) == 0) {
            done.forms = forms->welcome(asked.patient, services, with(), asked.alone);
            done.news = classes->news(asked.patient, about_classes());
        }
        if (std::ranges::count(services, Service::aftercare) > 0)
            done.to_finish = to_finish(asked.patient);
        done.offline = is_offline();
        if (!done.offline) done.wait = wait_for(first);
        checked_in.clear();
        for (const auto& visit : *saved) checked_in.push_back(visit.id);
        unacknowledged.reset();
        const bool done_forms = done.forms.empty();
        tell(std::move(done));

        if (done_forms) paperwork_is_done();
        bool known = true;
        for (const auto& visit : *saved)
            known = parts.desk->arrived(visit.id).has_value() && known;
        if (known) return tell(ArrivalAcknowledged{});
        unacknowledged = order.number;
    }

    /// What is said of the wait for the first of the visits checked in to (domain.md
    /// W1).
    std::optional<std::chrono::minutes> wait_for(const Visit& visit) {
        if (!is_waited_for(visit.service) || visit.virtual_visit ||
            clock_quality == ClockQuality::untrusted)
            return std::nullopt;
        auto waited = store->waits_today(now());
        if (!waited) log(events::store_failed, "finding", waited.error().code);
        return waited ? told_wait(*std::move(waited)) : std::nullopt;
    }

    std::vector<std::string> to_finish(const Alias& id) {
        constexpr std::size_t at_most = 3;
        const auto patient = store->patient(id);
        if (!patient) return {};
        auto tasks = aftercare_tasks(*store, patient->id, order.language, at_most);
        if (!tasks) log(events::store_failed, "finding", tasks.error().code);
        return tasks ? *std::move(tasks) : std::vector<std::string>();
    }

    /// Nothing is left to fill in: the visits can begin (Appointment `checked-in`).
    void paperwork_is_done() {
        const auto told = store->paperwork_done(checked_in, now());
        if (!told) log(events::store_failed, "saving", told.error().code);
    }

    /// The server may have taken the arrivals that a screen waits to hear of.
    void look_around() {
        if (!store) return;
        if (auto answered = classes->look_around(about_classes()))
            (*post)({std::move(answered->event), 0ms, answered->order});
        if (!unacknowledged) return;
        for (const auto& visit : checked_in) {
            const auto waits = store->arrival_waits(visit);
            if (!waits || *waits) return;
        }
        (*post)({ArrivalAcknowledged{}, 0ms, *std::exchange(unacknowledged, {})});
    }

    void carry(const SaveAttendance& asked) {
        if (!store) return tell(AttendanceFailed{Error::Code::not_found});
        const auto begun = parts.clock->elapsed();
        auto outcome = attendance->carry(asked, *store, clock_quality);
        durable();
        if (std::holds_alternative<AttendanceSaved>(outcome))
            log(events::attendance_saved, asked.visit, parts.clock->elapsed() - begun);
        tell(std::move(outcome));
    }

    void save_failed(const SaveCheckIn& asked, Error::Code code) {
        for (const auto& visit : asked.visits)
            log(events::check_in_failed, visit, code);
        durable();
        tell(CheckInFailed{code});
    }

    void carry(const SaveContact& asked) {
        if (store) {
            const auto saved = store->confirm_contact(asked.patient, now());
            if (!saved) log(events::store_failed, "saving", saved.error().code);
        }
        durable();
    }

    // --- the desk, the printer, the staff
    // ----------------------------------------------

    void carry(const TellDesk& asked) {
        note(asked.reason, asked.visit,
             asked.patient ? asked.patient : forms->patient());
        durable();
    }

    void carry(const CallDesk&) {
        note(DeskReason::help, {}, {});
        const auto reached = parts.desk->call();
        durable();
        if (reached) return tell(DeskIsComing{});
        log(events::desk_unreached, reached.error().code);
        tell(DeskUnreached{});
    }

    void carry(const PrintSlip& asked) {
        const auto begun = parts.clock->elapsed();
        const auto printed = print(asked.done);
        durable();
        if (!printed) {
            log(events::printer_trouble, printed.error().code);
            return tell(SlipFailed{printed.error().code});
        }
        log(events::slip_printed, parts.clock->elapsed() - begun);
        tell(SlipPrinted{});
    }

    Result<void> print(const Done& done) {
        if (parts.printer == nullptr || !keys)
            return fail(Error::Code::offline, "no printer is configured");
        Slip slip{
            .clinic = parts.site.name,
            .language = order.language,
            .starts = {},
            .place = {},
            .token = done.token,
            .call_name = done.call_name,
            .waiting_place = in_language(done.waiting_place, order.language),
            .large_print = order.large_print,
            .class_news = done.class_news,
        };
        if (!done.visits.empty()) {
            slip.starts = done.visits.front().starts;
            slip.place = done.visits.front().place;
            if (done.guest_code)
                slip.guest_code = guest_code(done.visits.front().id, *keys);
        }
        return parts.printer->print(TRY(render_slip(slip)));
    }

    void carry(const CheckPin& asked) {
        // Wrong PINs slow down like wrong names.
        const bool wait = pins.wait(order.given) > 0ms;
        const bool right =
            !wait && pin_matches(asked.digits, parts.site.staff_pin_hash);
        durable();
        if (right) {
            log(events::staff_entered);
            return tell(PinRight{exchange_note()});
        }
        if (!wait) pins.missed(order.given);
        tell(PinWrong{});
    }

    bool is_offline() const {
        if (!parts.exchange) return false;
        const auto state = parts.exchange().state;
        return state != SyncHealth::State::online &&
               state != SyncHealth::State::starting;
    }

    ExchangeNote exchange_note() {
        using State = ExchangeNote::State;
        ExchangeNote said;
        if (!parts.exchange || !store) return said;
        const auto health = parts.exchange();
        said.state = health.state == SyncHealth::State::online ? State::online
                     : health.state == SyncHealth::State::unauthorized
                         ? State::unauthorized
                         : State::offline;
        if (health.last_exchange) said.last = time.local(*health.last_exchange);
        if (const auto counts = store->counts(now())) {
            said.waiting = int(counts->waiting_units);
            said.refused = int(counts->parked_units);
            said.conflicts = int(counts->open_conflicts);
        }
        return said;
    }

    // --- forms -----------------------------------------------------------------------

    FormDesk::With with() { return {*store, order.language, clock_quality}; }

    template <class FormOrder>
    requires requires(FormDesk& desk, const FormOrder& asked,
                      const FormDesk::With& with) {
        desk.carry(asked, with);
    }
    void carry(const FormOrder& asked) {
        if (!store) return tell(FormFailed{Error::Code::not_found});
        auto outcome = forms->carry(asked, with());
        durable();
        const auto* kept = std::get_if<FormKept>(&outcome);
        const bool over = std::holds_alternative<FormsOver>(outcome) ||
                          (kept != nullptr && !kept->more);
        tell(std::move(outcome));
        if (over) paperwork_is_done();
    }

    void carry(const OfferMyForms& asked) {
        if (!store) return tell(FormsOver{});
        std::vector<Service> today, later;
        const auto first = std::chrono::sys_days(this->today());
        for (int day = 0; day <= schedule_days_ahead; ++day) {
            const auto visits =
                store->visits_on(Date(first + std::chrono::days(day)), asked.patient);
            if (!visits) continue;
            for (const auto& visit : *visits)
                if (is_open(visit.status))
                    (day == 0 ? today : later).push_back(visit.service);
        }
        // What needs a guardian is asked for at a check-in, where one is asked for too.
        auto due = forms->my_forms(asked.patient, today, later, with(),
                                   is_minor_here(asked.patient));
        durable();
        if (due.empty()) return tell(FormsOver{});
        tell(FormsDue{std::move(due)});
    }

    // --- classes ---------------------------------------------------------------------

    ClassDesk::With about_classes() {
        using Clinic = ClassDesk::With::Clinic;
        return {*store, clock_quality,
                !parts.exchange ? Clinic::none
                : is_offline()  ? Clinic::offline
                                : Clinic::online,
                order.number};
    }

    template <class ClassOrder>
    requires OneOf<ClassOrder, ShowClasses, LeaveClass, SignInToClass, FindClassNews,
                   TakeClassOffer>
    void carry(const ClassOrder& asked) {
        if (!store) return tell(ClassesFailed{});
        auto outcome = classes->carry(asked, about_classes());
        durable();
        tell(std::move(outcome));
    }
    void carry(const PutAwayClassNews& asked) {
        if (store) classes->carry(asked, about_classes());
        durable();
    }
    void carry(const JoinClass& asked) {
        if (!store) return tell(ClassesFailed{});
        auto joining = classes->carry(asked, about_classes());
        durable();
        if (joining.event) return tell(std::move(*joining.event));
        if (joining.waiver.empty()) return;  // the clinic is asked
        // A minor's waiver is their guardian's to sign.
        if (is_minor_here(asked.patient)) return tell(ClassNeedsDesk{});
        auto waiver = forms->ask_for(asked.patient, joining.waiver, with());
        if (waiver.empty()) return tell(ClassNeedsDesk{});
        tell(FormsDue{std::move(waiver)});
    }

    // --- the lobby -------------------------------------------------------------------

    LobbyDesk::With in_lobby() { return {*store, clock_quality}; }

    void carry(const EnterLobby& asked) {
        if (!store) return tell(LobbyFailed{});
        auto outcome = lobby->carry(asked, in_lobby());
        durable();
        tell(std::move(outcome));
    }
    void carry(const EnterGuest& asked) {
        if (!store || !keys) return answer(LobbyFailed{});
        auto outcome = lobby->carry(asked, *keys, in_lobby());
        durable();
        answer(std::move(outcome));
    }
    void carry(const PrintTicket& asked) {
        const auto printed = lobby->print(asked, order.language, order.large_print);
        durable();
        if (printed) return tell(SlipPrinted{});
        log(events::printer_trouble, printed.error().code);
        tell(SlipFailed{printed.error().code});
    }

    void carry(const LeaveForms&) {
        forms->forget();
        durable();
    }
    void carry(const EndSession&) {
        forms->forget();
        classes->forget();
        checked_in.clear();
        unacknowledged.reset();
    }
};

Result<Store> open_store(const std::filesystem::path& data, const Site& site,
                         const SiteTime& time, std::chrono::milliseconds lock_wait) {
    const auto device = TRY(secret("device.key", data));
    auto keys = TRY(site_keys(data));
    return Store::open(data, DeviceKeys(secret_key(device.bytes())), std::move(keys),
                       time, site.device_index, lock_wait);
}

Result<SiteKeys> site_keys(const std::filesystem::path& data) {
    const auto site = TRY(secret("site.key", data));
    return SiteKeys(secret_key(site.bytes()));
}

VisitCard card_of(const Visit& visit, Instant now, const Site& site,
                  const SiteTime& time) {
    VisitCard card{
        .id = visit.id,
        .starts = time.local(visit.starts),
        .ends = time.local(visit.ends),
        .opens = time.local(opens_at(visit, site)),
        .clinician = visit.clinician,
        .label = {},
        .place = visit.place,
        .standing = standing(visit, now, site),
        .chosen = false,
        .call_name = {},
    };
    if (const auto label = site.labels.find(visit.service); label != site.labels.end())
        card.label = label->second;
    if (visit.check_in) card.call_name = visit.check_in->call_name;
    card.signs = takes_attendance(visit.service);
    if (const auto* place = place_of(site, visit.location)) {
        card.directions = place->directions;
        card.map = place->map;
    }
    card.virtual_visit = visit.virtual_visit;
    card.crisis = visit.service == Service::crisis;
    return card;
}

Result<std::unique_ptr<Effects>> Effects::create(Parts parts) {
    auto time = TRY(SiteTime::in_zone(parts.site.time_zone));
    auto inside =
        std::make_unique<Inside>(Inside{.parts = std::move(parts),
                                        .time = time,
                                        .attempts = {},
                                        .pins = {},
                                        .store = {},
                                        .keys = {},
                                        .clock_quality = ClockQuality::trusted,
                                        .purged_on = {},
                                        .order = {},
                                        .post = nullptr});
    inside->forms =
        std::make_unique<FormDesk>(FormDesk::Parts{.clock = inside->parts.clock,
                                                   .site = &inside->parts.site,
                                                   .time = &inside->time,
                                                   .link = inside->parts.desk,
                                                   .camera = inside->parts.camera,
                                                   .printer = inside->parts.printer});
    inside->classes =
        std::make_unique<ClassDesk>(ClassDesk::Parts{.clock = inside->parts.clock,
                                                     .site = &inside->parts.site,
                                                     .time = &inside->time});
    inside->attendance =
        std::make_unique<SigningDesk>(SigningDesk::Parts{.clock = inside->parts.clock,
                                                         .site = &inside->parts.site,
                                                         .time = &inside->time});
    inside->lobby =
        std::make_unique<LobbyDesk>(LobbyDesk::Parts{.clock = inside->parts.clock,
                                                     .site = &inside->parts.site,
                                                     .time = &inside->time,
                                                     .printer = inside->parts.printer});
    return std::unique_ptr<Effects>(new Effects(std::move(inside)));
}

Effects::Effects(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Effects::~Effects() = default;

void Effects::carry_out(const Order& order, const Post& post) {
    inside_->order = order;
    inside_->post = &post;
    std::visit([&](const auto& effect) { inside_->carry(effect); }, order.effect);
    inside_->order = {};
    inside_->post = nullptr;
}

void Effects::look_around(const Post& post) {
    inside_->post = &post;
    inside_->look_around();
    inside_->post = nullptr;
}

void Effects::keep_house() {
    inside_->keep_house();
}

}  // namespace foyer
