#include "kiosk/effects.h"

#include <signal.h>
#include <sys/resource.h>

#include "platform/pin.h"
#include "sync/records/audit_log.h"
#include "sync/records/database.h"
#include "tests/effects_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

// --- who is it -----------------------------------------------------------------------

TEST_F(AtTheKiosk, APersonWithAVisitTodayIsFound) {
    const auto found = finds("lovelace", born(1915, 12, 10));
    EXPECT_EQ(found.person.given, "Gopen");
    ASSERT_EQ(found.visits.size(), 1U);
    EXPECT_EQ(found.visits.front().standing, Standing::open);
    EXPECT_FALSE(found.trouble);
}

TEST_F(AtTheKiosk, WhoeverHasNoVisitTodayHearsTheSameAndTheDeskHearsWhy) {
    const struct {
        const char* family;
        Date born;
        const char* reason;
    } cases[] = {
        {"Nobody", born(1990, 1, 1), "no-match"},
        {"Patel", born(1981, 9, 17), "no-visit-today"},
        {"Mensah", born(1958, 12, 31), "other-site"},
        {"Sorensen", born(1994, 4, 4), "cancelled"},
        {"Wojcik", born(1983, 1, 25), "over"},
    };
    for (const auto& one : cases) {
        restart();  // no wait for many tries
        orders(FindPatient{one.family, one.born});
        EXPECT_TRUE(came<NobodyToday>()) << one.reason;
        EXPECT_TRUE(desk_reads(one.reason)) << one.reason;
    }
}

TEST_F(AtTheKiosk, HitAndMissAndDoubtAnswerTheSameTimeAfterTheTap) {
    clock.advance(5s);
    const auto when = clock.elapsed() + site.answer_after;
    const Date then = born(1915, 12, 10);
    EXPECT_EQ(orders(FindPatient{"Lovelace", then}).front().not_before, when);
    EXPECT_EQ(orders(FindPatient{"Nobody", then}).front().not_before, when);
    EXPECT_EQ(orders(FindPatient{"Miller", born(1979, 6, 5)}).front().not_before, when);
    for (int i = 0; i < 2; ++i) orders(FindPatient{"Nobody", then});
    EXPECT_EQ(orders(FindPatient{"Nobody", then}).front().not_before, when);
    EXPECT_TRUE(came<TooManyTries>());
}

TEST_F(AtTheKiosk, ThreeMissesMakeEverybodyWaitAlsoWhoIsExpected) {
    for (int i = 0; i < 3; ++i) orders(FindPatient{"Nobody", born(1990, 1, 1)});
    orders(FindPatient{"Lovelace", born(1915, 12, 10)});
    EXPECT_EQ(came_to<TooManyTries>().seconds, 10);
    clock.advance(10s);
    EXPECT_EQ(finds("Lovelace", born(1915, 12, 10)).visits.size(), 1U);
}

TEST_F(AtTheKiosk, TheLastFourDigitsTellTwoApartAndWrongOnesCountAsAMiss) {
    orders(FindPatient{"Miller", born(1979, 6, 5)});
    const auto two = came_to<TwoFound>().candidates;
    ASSERT_EQ(two.size(), 2U);

    orders(TellApart{two, "0113"});
    EXPECT_EQ(came_to<PersonFound>().person.given, "Gtwin2");

    for (int i = 0; i < 3; ++i) {
        orders(TellApart{two, "9999"});
        EXPECT_TRUE(came<NobodyToday>());
    }
    EXPECT_TRUE(desk_reads("ambiguous"));
    orders(TellApart{two, "0113"});
    EXPECT_TRUE(came<TooManyTries>());
}

// --- slips ---------------------------------------------------------------------------

TEST_F(AtTheKiosk, ASlipFindsItsVisitAtOnce) {
    orders(ReadSlip{slip("a-open")});
    EXPECT_EQ(came_to<PersonFound>().visits.size(), 1U);
    EXPECT_EQ(outcomes.front().not_before, 0ms);
}

TEST_F(AtTheKiosk, ASlipThatCannotBeUsedTellsWhyAndTellsTheDesk) {
    const struct {
        const char* appointment;
        SlipTrouble trouble;
        const char* reason;
    } cases[] = {{"a-cancelled", SlipTrouble::cancelled, "cancelled"},
                 {"a-elsewhere", SlipTrouble::other_site, "other-site"},
                 {"a-over", SlipTrouble::over, "over"}};
    for (const auto& one : cases) {
        orders(ReadSlip{slip(one.appointment)});
        EXPECT_EQ(came_to<PersonFound>().trouble, one.trouble) << one.reason;
        EXPECT_TRUE(desk_reads(one.reason)) << one.reason;
    }
}

TEST_F(AtTheKiosk, ASlipForTomorrowSaysWhenTheVisitIs) {
    orders(ReadSlip{slip("a-tomorrow")});
    const auto found = came_to<PersonFound>();
    ASSERT_TRUE(found.not_today);
    EXPECT_EQ(found.not_today->starts.minutes, 10h);
    EXPECT_TRUE(desk_reads("other-day"));
}

TEST_F(AtTheKiosk, GarbageHalfASlipAndATamperedOneAreRefusedWithoutAWord) {
    const auto whole = slip("a-open");
    auto changed = whole;
    changed[40] = changed[40] == 'A' ? 'B' : 'A';
    for (const auto& text : {std::string("!garbage \x01\xff"), std::string(),
                             whole.substr(0, whole.size() / 2), changed}) {
        orders(ReadSlip{text});
        EXPECT_EQ(came_to<SlipNotTaken>().trouble, SlipTrouble::unreadable);
    }
    EXPECT_TRUE(desk_lines().empty());
}

TEST_F(AtTheKiosk, ASlipOfAnotherClinicIsForeign) {
    std::array<std::uint8_t, 32> other{};
    other.fill(7);
    const SiteKeys keys{secret_key(other)};
    orders(ReadSlip{sign_token({visit("a-open").id, at("12:00")}, keys)});
    EXPECT_EQ(came_to<SlipNotTaken>().trouble, SlipTrouble::foreign);
    EXPECT_TRUE(desk_reads("bad-slip"));
}

TEST_F(AtTheKiosk, AnAuthenticSlipOfAVisitNotHeldHereIsUnknownOrExpired) {
    Alias nobody;
    nobody.bytes.fill(9);
    const auto keys = site_keys(data).value();
    orders(ReadSlip{sign_token({nobody, at("10:00") + 24h}, keys)});
    EXPECT_EQ(came_to<SlipNotTaken>().trouble, SlipTrouble::unknown);
    EXPECT_TRUE(desk_reads("unknown-slip"));
    orders(ReadSlip{sign_token({nobody, at("09:00")}, keys)});
    EXPECT_EQ(came_to<SlipNotTaken>().trouble, SlipTrouble::expired);
}

// --- checking in ---------------------------------------------------------------------

SaveCheckIn check_in_of(const PersonFound& found) {
    SaveCheckIn asked{found.person.id, {}};
    for (const auto& visit : found.visits) asked.visits.push_back(visit.id);
    return asked;
}

TEST_F(AtTheKiosk, ACheckInIsStoredBeforeAnybodyHearsOfIt) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    bool stored_first = false;
    outcomes.clear();
    effects->carry_out({asked, clock.elapsed(), "en", false}, [&](Outcome outcome) {
        if (std::holds_alternative<CheckInSaved>(outcome.event))
            stored_first = check_ins() == 1;
    });
    EXPECT_TRUE(stored_first);
}

TEST_F(AtTheKiosk, ACheckInMadeTwiceIsOneWithOneCallName) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    orders(asked);
    const auto first = came_to<CheckInSaved>().call_name;
    orders(asked);
    EXPECT_EQ(came_to<CheckInSaved>().call_name, first);
    EXPECT_EQ(check_ins(), 1);
}

TEST_F(AtTheKiosk, TheTeamKnowsOnlyWhatTheDeskAcknowledged) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    desk.online = false;
    orders(asked);
    EXPECT_FALSE(came<ArrivalAcknowledged>());
    desk.online = true;
    orders(asked);
    EXPECT_TRUE(came<ArrivalAcknowledged>());
}

TEST_F(AtTheKiosk, TheTeamKnowsOnceTheServerHasTakenTheArrival) {
    desk.online = false;
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    EXPECT_TRUE(hears_from_clinic().empty());
    server_takes_all();
    hears_from_clinic();
    EXPECT_TRUE(came<ArrivalAcknowledged>());
    EXPECT_TRUE(hears_from_clinic().empty());  // once
}

TEST_F(AtTheKiosk, NobodyHearsOfAnArrivalAfterThePatientHasGone) {
    desk.online = false;
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    orders(EndSession{});
    server_takes_all();
    EXPECT_TRUE(hears_from_clinic().empty());
}

TEST_F(AtTheKiosk, SaysThatThereIsNoNetworkOnlyWhenThereIsNone) {
    has_server = true;
    restart();
    server.state = SyncHealth::State::online;
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    EXPECT_FALSE(came_to<CheckInSaved>().offline);
    EXPECT_GT(queued, 0);

    server.state = SyncHealth::State::offline;
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    EXPECT_TRUE(came_to<CheckInSaved>().offline);
}

/// At a clinic where so many visits of today have begun, each ten minutes after its
/// patient arrived.
class WhereVisitsBegan : public AtTheKiosk {
protected:
    void visits_have_begun(int count) {
        auto store = records();
        for (int i = 0; i < count; ++i) {
            const auto id = std::to_string(i);
            given("b" + id, "seen", "09:00", AppointmentStatus::fulfilled, "here");
            auto batch = store.begin(clock.now()).value();
            EXPECT_TRUE(batch.put(BegunVisit{.appointment = "b" + id,
                                             .patient = "seen",
                                             .arrived = at("08:50"),
                                             .begun = at("09:00"),
                                             .from_history = true}));
            EXPECT_TRUE(batch.commit());
        }
    }
    std::optional<std::chrono::minutes> told() {
        orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
        return came_to<CheckInSaved>().wait;
    }
    void ada_comes_for(Service service, bool by_video = false) {
        Store::Batch::Appointment visit;
        visit.id = "a-open";
        visit.patients = {"open"};
        visit.starts = at("09:45");
        visit.ends = at("10:35");
        visit.status = AppointmentStatus::booked;
        visit.service = service;
        visit.location = "here";
        visit.virtual_visit = by_video;
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(visit));
        EXPECT_TRUE(batch.commit());
    }
};

TEST_F(WhereVisitsBegan, TheWaitIsToldFromTheFifthOn) {
    visits_have_begun(4);
    EXPECT_EQ(told(), std::nullopt);
    visits_have_begun(5);
    EXPECT_EQ(told(), std::chrono::minutes(10));
}

TEST_F(WhereVisitsBegan, WithoutANetworkNobodyCanSay) {
    visits_have_begun(5);
    has_server = true;
    restart();
    server.state = SyncHealth::State::offline;
    EXPECT_EQ(told(), std::nullopt);
    server.state = SyncHealth::State::online;
    EXPECT_EQ(told(), std::chrono::minutes(10));
}

TEST_F(WhereVisitsBegan, NobodyWaitsForAGroupInACrisisOrByVideo) {
    visits_have_begun(5);
    for (const auto service :
         {Service::group, Service::php, Service::holistic_class, Service::crisis}) {
        ada_comes_for(service);
        EXPECT_EQ(told(), std::nullopt) << code(service);
    }
    ada_comes_for(Service::individual, true);
    EXPECT_EQ(told(), std::nullopt);
    ada_comes_for(Service::medication);
    EXPECT_EQ(told(), std::chrono::minutes(10));
}

TEST_F(WhereVisitsBegan, YesterdaysWaitsAreNotTodays) {
    visits_have_begun(5);
    clock.advance(std::chrono::hours(24));
    given("a-new", "open", "10:00", AppointmentStatus::booked, "here", "2026-11-24");
    EXPECT_EQ(told(), std::nullopt);
}

TEST_F(AtTheKiosk, AVisitWithoutPaperworkIsReadyToBegin) {
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    EXPECT_TRUE(desk_reads("paperwork"));
}

TEST_F(AtTheKiosk, TellsStaffHowTheExchangeStands) {
    has_server = true;
    site.staff_pin_hash = hash_pin("4711").value();
    restart();
    server.state = SyncHealth::State::offline;
    server.last_exchange = at("09:30");
    desk.online = false;
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    orders(CheckPin{"4711"});
    const auto said = came_to<PinRight>().exchange;
    EXPECT_EQ(said.state, ExchangeNote::State::offline);
    EXPECT_EQ(said.waiting, 2);  // the arrival, and that its paperwork is done
    EXPECT_EQ(said.last->minutes, std::chrono::minutes(9 * 60 + 30));
}

TEST_F(AtTheKiosk, ALateVisitIsCheckedInAndMarked) {
    orders(check_in_of(finds("Adebayo", born(1985, 10, 1))));
    EXPECT_TRUE(came_to<CheckInSaved>().late);
    EXPECT_TRUE(visit("a-late").check_in->late);
}

TEST_F(AtTheKiosk, ALockedDatabaseFailsTheCheckInAndLosesNothing) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    {
        auto other =
            Database::open(data / "foyer.db", Database::Access::read_write, 0ms)
                .value();
        const auto writing = Transaction::begin(other).value();
        orders(asked);
        EXPECT_EQ(came_to<CheckInFailed>().code, Error::Code::busy);
    }
    EXPECT_EQ(check_ins(), 0);
    orders(asked);
    EXPECT_TRUE(came<CheckInSaved>());
    EXPECT_EQ(check_ins(), 1);
}

/// While it lives, no file may grow.
class FullDisk {
public:
    FullDisk() {
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit full = before_;
        full.rlim_cur = 1;
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
};

TEST_F(AtTheKiosk, AFullDiskFailsTheCheckInAndLosesNothing) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    {
        const FullDisk full;
        orders(asked);
        EXPECT_TRUE(came<CheckInFailed>());
    }
    EXPECT_EQ(check_ins(), 0);
    orders(asked);
    EXPECT_EQ(check_ins(), 1);
}

TEST_F(AtTheKiosk, APatientWhoIsGoneMeanwhileIsNotCheckedIn) {
    Alias nobody;
    orders(SaveCheckIn{nobody, {nobody}});
    EXPECT_TRUE(came<CheckInFailed>());
}

TEST_F(AtTheKiosk, AConfirmedPhoneIsAskedForOnlyHalfAYearLater) {
    const auto who = finds("Lovelace", born(1915, 12, 10)).person;
    EXPECT_TRUE(who.contact_stale);
    orders(SaveContact{who.id});
    EXPECT_FALSE(finds("Lovelace", born(1915, 12, 10)).person.contact_stale);
}

// --- the desk, the printer, the staff ------------------------------------------------

TEST_F(AtTheKiosk, ACallForHelpIsWrittenDownWhetherOrNotTheDeskAnswers) {
    desk.online = false;
    orders(CallDesk{});
    EXPECT_TRUE(came<DeskUnreached>());
    EXPECT_TRUE(desk_reads("help"));
    desk.online = true;
    orders(CallDesk{});
    EXPECT_TRUE(came<DeskIsComing>());
    EXPECT_EQ(desk.calls, 1);
}

TEST_F(AtTheKiosk, ASlipThatCannotBePrintedSaysWhy) {
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    const auto saved = came_to<CheckInSaved>();
    const Done done{.visits = saved.visits,
                    .call_name = saved.call_name,
                    .waiting_place = saved.waiting_place,
                    .token = saved.token};
    printer.set_paper(0);
    orders(PrintSlip{done});
    EXPECT_EQ(came_to<SlipFailed>().code, Error::Code::out_of_paper);
    printer.set_paper(1);
    orders(PrintSlip{done});
    EXPECT_TRUE(came<SlipPrinted>());
    EXPECT_EQ(printer.printed().size(), 1U);
}

TEST_F(AtTheKiosk, WithoutRecordsNothingIsFoundAndNothingPromised) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    effects.reset();
    std::filesystem::remove_all(data / "keys");
    restart();
    EXPECT_TRUE(came<StoreFailed>());
    EXPECT_TRUE(orders(FindPatient{"Lovelace", born(1915, 12, 10)}).size() == 1U &&
                came<NobodyToday>());
    orders(asked);
    EXPECT_TRUE(came<CheckInFailed>());
}

// --- the power goes ------------------------------------------------------------------

/// What a power cut after an order may never do: a check-in said and not stored, or
/// stored twice, or an audit log that no longer adds up. Every order is carried out and
/// the kiosk started again on what lies on the disk at the moment `durable` is said.
class PowerCut : public AtTheKiosk {
protected:
    /// The directory as it was when the power went.
    std::filesystem::path after = data.string() + "-cut";

    ~PowerCut() override { std::filesystem::remove_all(after); }

    /// Carries out `effect`, taking the disk away when it is durable and before anybody
    /// is told; then starts again on that disk.
    void cut_after(const Effect& effect) {
        int told = 0;
        bool cut = false;
        Effects::Parts parts;
        parts.clock = &clock;
        parts.printer = &printer;
        parts.desk = &desk;
        parts.site = site;
        parts.data = data;
        parts.done = [&](const char* order) {
            if (std::string_view(order) != name(effect) || cut) return;
            EXPECT_EQ(told, 0) << order;
            std::filesystem::copy(data, after,
                                  std::filesystem::copy_options::recursive);
            cut = true;
        };
        effects = Effects::create(std::move(parts)).value();
        const Effects::Post tell = [&](const Outcome&) { ++told; };
        if (!std::holds_alternative<OpenStore>(effect))
            effects->carry_out({OpenStore{}, {}, "en", false}, [](const Outcome&) {});
        effects->carry_out({effect, clock.elapsed(), "en", false}, tell);
        effects.reset();
        ASSERT_TRUE(cut) << name(effect) << " never said that it is durable";
        std::filesystem::remove_all(data);
        std::filesystem::rename(after, data);
        restart();
        ASSERT_TRUE(came<StoreOpened>());
        expect_audit_log_adds_up();
    }

    void expect_audit_log_adds_up() {
        const auto device = secret("device.key", data).value();
        const auto verdict =
            verify_audit_log(data, DeviceKeys(secret_key(device.bytes())));
        ASSERT_TRUE(verdict);
        EXPECT_EQ(verdict->why, "");
    }
};

TEST_F(PowerCut, AfterAnyOrderLeavesACheckInThatCanBeMadeOnce) {
    const auto ada = finds("Lovelace", born(1915, 12, 10));
    const auto asked = check_in_of(ada);
    orders(FindPatient{"Miller", born(1979, 6, 5)});
    const auto twins = came_to<TwoFound>().candidates;
    const std::vector<Effect> before_saving = {
        OpenStore{},
        ReadSlip{slip("a-open")},
        FindPatient{"Lovelace", born(1915, 12, 10)},
        TellApart{twins, "0112"},
        SaveContact{ada.person.id},
        TellDesk{DeskReason::walk_in, {}, {}},
        CallDesk{},
        CheckPin{"4711"},
    };
    for (const auto& effect : before_saving) {
        cut_after(effect);
        EXPECT_EQ(check_ins(), 0) << name(effect);
    }
    orders(asked);
    EXPECT_EQ(check_ins(), 1);
}

TEST_F(PowerCut, AfterTheCheckInLeavesItStoredAndOnce) {
    const auto asked = check_in_of(finds("Lovelace", born(1915, 12, 10)));
    cut_after(asked);
    EXPECT_EQ(check_ins(), 1);
    const auto stored = visit("a-open").check_in->call_name;
    orders(asked);
    EXPECT_EQ(came_to<CheckInSaved>().call_name, stored);
    EXPECT_EQ(check_ins(), 1);
}

TEST_F(PowerCut, AfterPrintingLeavesTheCheckIn) {
    orders(check_in_of(finds("Lovelace", born(1915, 12, 10))));
    const auto saved = came_to<CheckInSaved>();
    cut_after(PrintSlip{Done{.visits = saved.visits,
                             .call_name = saved.call_name,
                             .waiting_place = saved.waiting_place,
                             .token = saved.token}});
    EXPECT_EQ(check_ins(), 1);
    EXPECT_EQ(visit("a-open").check_in->call_name, saved.call_name);
}

}  // namespace
}  // namespace foyer
