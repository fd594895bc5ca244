#include "kiosk/effects.h"

#include <algorithm>
#include <concepts>

#include "kiosk/class_desk.h"
#include "kiosk/finding_desk.h"
#include "kiosk/form_desk.h"
#include "kiosk/forms/base64.h"
#include "kiosk/lobby_desk.h"
#include "kiosk/signature.h"
#include "kiosk/signing_desk.h"
#include "kiosk/slip.h"
#include "kiosk/staff_desk.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "platform/secrets.h"
#include "sync/clinic/arrival.h"
#include "sync/clinic/attendance.h"
#include "sync/clinic/guest_code.h"
#include "sync/clinic/slip_token.h"
#include "sync/clinic/waiting.h"
#include "sync/fhir/aftercare.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

template <class T, class... Any>
concept OneOf = (std::same_as<T, Any> || ...);

/// The schedule reaches so far (sync.md decision 4).
constexpr int schedule_days_ahead = 14;

}  // namespace

struct Effects::Inside {
    Parts parts;
    SiteTime time;
    std::optional<Store> store;
    std::optional<SiteKeys> keys;
    ClockQuality clock_quality = ClockQuality::trusted;
    std::optional<Date> purged_on;
    Order order;
    const Post* post = nullptr;
    std::unique_ptr<FormDesk> forms = {};
    std::unique_ptr<ClassDesk> classes = {};
    std::unique_ptr<SigningDesk> attendance = {};
    std::unique_ptr<FindingDesk> finding = {};
    std::unique_ptr<StaffDesk> staff = {};
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

    FindingDesk::With seeking() {
        return {*store, order.language, clock_quality, order.given};
    }

    template <class FindOrder>
    requires OneOf<FindOrder, FindPatient, TellApart>
    void carry(const FindOrder& asked) {
        if (!store) return answer(NobodyToday{});
        auto outcome = finding->carry(asked, seeking());
        durable();
        answer(std::move(outcome));
    }
    void carry(const ReadSlip& scan) {
        Event outcome = SlipNotTaken{SlipTrouble::unknown};
        if (store && keys) outcome = finding->carry(scan, *keys, seeking());
        durable();
        tell(std::move(outcome));
    }

    // --- checking in -----------------------------------------------------------------

    void carry(const SaveCheckIn& asked) {
        if (!store || !keys) return tell(CheckInFailed{Error::Code::not_found});
        const auto begun = parts.clock->elapsed();
        const auto visits = store->visits_on(today(), asked.patient);
        if (!visits) return save_failed(asked, visits.error().code);

        Arrival arrival{asked.visits,  {},           now(),
                        clock_quality, asked.method, asked.attested};
        if (!asked.strokes.empty() || !asked.signed_name.empty()) {
            const auto png = signature_png(asked.strokes, asked.signed_name);
            if (!png) return save_failed(asked, png.error().code);
            arrival.signature = base64(*png);
        }
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
        auto outcome = staff->carry(asked, store ? &*store : nullptr, order.given);
        durable();
        tell(std::move(outcome));
    }

    bool is_offline() const {
        if (!parts.exchange) return false;
        const auto state = parts.exchange().state;
        return state != SyncHealth::State::online &&
               state != SyncHealth::State::starting;
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
            const auto services = finding->services_on(
                Date(first + std::chrono::days(day)), asked.patient, *store);
            if (!services) continue;
            auto& into = day == 0 ? today : later;
            into.insert(into.end(), services->begin(), services->end());
        }
        // What needs a guardian is asked for at a check-in, where one is asked for too.
        auto due = forms->my_forms(asked.patient, today, later, with(),
                                   finding->is_minor_here(*store, asked.patient));
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
        if (finding->is_minor_here(*store, asked.patient))
            return tell(ClassNeedsDesk{});
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
    card.by_hand = site.sign_by_hand && counts_hours(visit.service);
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
    inside->finding = std::make_unique<FindingDesk>(
        FindingDesk::Parts{.clock = inside->parts.clock,
                           .site = &inside->parts.site,
                           .time = &inside->time,
                           .forms = inside->forms.get(),
                           .attendance = inside->attendance.get()});
    inside->staff = std::make_unique<StaffDesk>(
        StaffDesk::Parts{.clock = inside->parts.clock,
                         .site = &inside->parts.site,
                         .time = &inside->time,
                         .exchange = &inside->parts.exchange});
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
