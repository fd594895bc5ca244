#include <zmq.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "site_fixture.h"
#include "sync/site/channel.h"
#include "sync/site/lan_key.h"
#include "sync/site/site_desk.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// Nothing takes this long on one machine; a test that waits for what never comes ends.
constexpr auto long_enough = 20s;

std::array<std::uint8_t, 32> lan_secret(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return bytes;
}

/// Devices over real sockets, in this process.
struct Channels : testing::Test {
    SystemClock clock;
    ManualClock unused{Instant{}};
    SiteDevice kiosk{"kiosk-1", SiteRole::kiosk, 0, unused};
    SiteDevice desk{"desk", SiteRole::desk, 1, unused};
    std::unique_ptr<SiteChannel> kiosk_channel, desk_channel;

    std::mutex mutex;
    std::condition_variable changed;
    std::vector<HeardUnit> heard_at_desk;
    std::atomic<bool> desk_looks = true;

    std::string address(const SiteDevice& device) const {
        return "ipc://" + (device.directory / "lan").string();
    }
    static std::uint8_t seed(const SiteDevice& device) {
        return device.role == SiteRole::desk ? 0x22 : 0x11;
    }
    static std::string key(const SiteDevice& device) {
        return lan_public_key(lan_secret(seed(device)));
    }
    LanSettings::Peer as_peer(const SiteDevice& device) const {
        return {device.name, device.role, address(device), key(device)};
    }
    Result<std::unique_ptr<SiteChannel>> start(SiteDevice& device, LanSettings lan,
                                               std::uint8_t secret_seed) {
        auto store = Store::open(
            device.directory, DeviceKeys(test_key(std::uint8_t(9))), device.site_keys(),
            SiteTime::in_zone("America/New_York").value(), int(device.role));
        EXPECT_TRUE(store);
        const auto secret = lan_secret(secret_seed);
        return SiteChannel::start({.store = std::move(store).value(),
                                   .clock = &clock,
                                   .lan = std::move(lan),
                                   .role = device.role,
                                   .device_index = int(device.role),
                                   .secret = secret,
                                   .heard =
                                       [this, &device](const HeardUnit& unit) {
                                           if (&device != &desk) return;
                                           if (desk_looks)
                                               desk_channel->shown(unit.unit.ref);
                                           const std::lock_guard lock(mutex);
                                           heard_at_desk.push_back(unit);
                                           changed.notify_all();
                                       },
                                   .peers_changed =
                                       [this] {
                                           const std::lock_guard lock(mutex);
                                           changed.notify_all();
                                       }});
    }
    void start_kiosk() {
        auto made = start(kiosk, {address(kiosk), {as_peer(desk)}}, seed(kiosk));
        ASSERT_TRUE(made) << made.error().what;
        kiosk_channel = std::move(*made);
    }
    void start_desk(std::vector<LanSettings::Peer> peers) {
        auto made = start(desk, {address(desk), std::move(peers)}, seed(desk));
        ASSERT_TRUE(made) << made.error().what;
        desk_channel = std::move(*made);
        desk_channel->attended(true);
    }
    void start_both() {
        start_desk({as_peer(kiosk)});
        start_kiosk();
    }
    template <class Holds>
    bool comes_true(Holds holds) {
        const auto end = std::chrono::steady_clock::now() + long_enough;
        std::unique_lock lock(mutex);
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end) return false;
            changed.wait_for(lock, 50ms);
        }
        return true;
    }
    /// The kiosk's own records, beside the channel's.
    Store records() {
        return Store::open(kiosk.directory, DeviceKeys(test_key(9)), kiosk.site_keys(),
                           SiteTime::in_zone("America/New_York").value(), 0)
            .value();
    }
};

TEST_F(Channels, CallSucceedsOnceThePersonAtTheDeskHasItBeforeThem) {
    start_both();
    SiteDesk link(*kiosk_channel, clock);
    ASSERT_TRUE(comes_true([&] { return link.hears_alerts(); }));
    auto store = records();
    ASSERT_TRUE(store.tell_desk({DeskReason::help, clock.now(), {}, {}}));
    const auto begun = std::chrono::steady_clock::now();
    const auto called = link.call();
    EXPECT_TRUE(called) << called.error().what;
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    EXPECT_EQ(heard_at_desk.size(), 1u);  // the note and the call are one
}

TEST_F(Channels, CallIsMadeEvenIfItCouldNotBeNoted) {
    start_both();
    SiteDesk link(*kiosk_channel, clock);
    ASSERT_TRUE(comes_true([&] { return link.hears_alerts(); }));
    EXPECT_TRUE(link.call());
    EXPECT_EQ(heard_at_desk.size(), 1u);
}

TEST_F(Channels, CallFailsWithinThreeSecondsWhileNobodyLooks) {
    desk_looks = false;
    start_both();
    SiteDesk link(*kiosk_channel, clock);
    ASSERT_TRUE(comes_true([&] { return kiosk_channel->desk_alive(); }));
    const auto begun = std::chrono::steady_clock::now();
    const auto called = link.call();
    ASSERT_FALSE(called);
    EXPECT_EQ(called.error().code, Error::Code::offline);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
}

TEST_F(Channels, CallFailsAtOnceWithoutADesk) {
    start_kiosk();
    SiteDesk link(*kiosk_channel, clock);
    EXPECT_FALSE(link.hears_alerts());
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(link.call().error().code, Error::Code::offline);
    EXPECT_EQ(link.arrived(Alias{}).error().code, Error::Code::offline);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);
}

TEST_F(Channels, AnArrivalIsAcknowledgedByTheDesk) {
    start_both();
    ASSERT_TRUE(comes_true([&] { return kiosk_channel->desk_alive(); }));
    auto store = records();
    Patient ada;
    ada.id = "ada";
    ada.family = "Lovelace";
    Store::Batch::Appointment visit;
    visit.id = "a1";
    visit.patients = {"ada"};
    visit.starts = clock.now();
    visit.ends = visit.starts + 50min;
    visit.status = AppointmentStatus::booked;
    {
        auto batch = store.begin(clock.now());
        ASSERT_TRUE(batch->put(ada));
        ASSERT_TRUE(batch->put(visit));
        ASSERT_TRUE(batch->commit());
    }
    const auto held = store.visit_of("a1", "").value();
    ASSERT_TRUE(store.check_in({{held.id}, {}, clock.now(), ClockQuality::trusted}));
    SiteDesk link(*kiosk_channel, clock);
    const auto arrived = link.arrived(held.id);
    EXPECT_TRUE(arrived) << arrived.error().what;
    EXPECT_EQ(heard_at_desk.size(), 1u);
}

TEST_F(Channels, AStrangerIsNotLetIn) {
    start_desk({as_peer(kiosk)});
    // Knows the desk's address and public key, and has a key of its own.
    auto stranger = start(kiosk, {address(kiosk), {as_peer(desk)}}, 0x77);
    ASSERT_TRUE(stranger) << stranger.error().what;
    auto store = records();
    ASSERT_TRUE(store.tell_desk({DeskReason::help, clock.now(), {}, {}}));
    // The desk's key is right, so the kiosk speaks; the desk does not listen. An
    // enrolled one is heard well within this time.
    const auto heard = (*stranger)->wait_until(
        [&](Store&) -> Result<bool> { return desk_channel->alive()[0]; }, 2500ms);
    EXPECT_FALSE(heard);
    EXPECT_TRUE(heard_at_desk.empty());
}

TEST_F(Channels, ADeviceThatIsEnrolledLaterGetsInWithoutARestart) {
    start_kiosk();
    start_desk({});
    SiteDesk link(*kiosk_channel, clock);
    EXPECT_FALSE(link.hears_alerts());
    desk_channel.reset();
    start_desk({as_peer(kiosk)});
    EXPECT_TRUE(comes_true([&] { return link.hears_alerts(); }));
}

TEST_F(Channels, ADeviceInTheDesksPlaceWithAnotherKeyHearsNothing) {
    auto impostor = start(desk, {address(desk), {as_peer(kiosk)}}, 0x77);
    ASSERT_TRUE(impostor);
    start_kiosk();
    auto store = records();
    ASSERT_TRUE(store.tell_desk({DeskReason::help, clock.now(), {}, {}}));
    const auto heard = kiosk_channel->wait_until(
        [&](Store&) -> Result<bool> { return kiosk_channel->desk_alive(); }, 2500ms);
    EXPECT_FALSE(heard);
    EXPECT_TRUE(heard_at_desk.empty());
}

TEST_F(Channels, APlainConnectionGetsNoWordIn) {
    start_both();
    ASSERT_TRUE(comes_true([&] { return kiosk_channel->desk_alive(); }));
    void* context = zmq_ctx_new();
    void* socket = zmq_socket(context, ZMQ_PUSH);
    const int none = 0, soon = 500;
    zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none);
    zmq_setsockopt(socket, ZMQ_SNDTIMEO, &soon, sizeof soon);
    const int one = 1;
    zmq_setsockopt(socket, ZMQ_IMMEDIATE, &one, sizeof one);
    ASSERT_EQ(zmq_connect(socket, address(desk).c_str()), 0);
    EXPECT_EQ(zmq_send(socket, "{}", 2, 0), -1);
    zmq_close(socket);
    zmq_ctx_term(context);
    EXPECT_TRUE(heard_at_desk.empty());
}

TEST_F(Channels, AWrongKeyAnOwnKeyAndATakenPortAreSaid) {
    auto wrong = as_peer(desk);
    wrong.public_key = "short";
    EXPECT_EQ(start(kiosk, {address(kiosk), {wrong}}, seed(kiosk)).error().code,
              Error::Code::bad_input);
    auto own = as_peer(desk);
    own.public_key = key(kiosk);
    EXPECT_EQ(start(kiosk, {address(kiosk), {own}}, seed(kiosk)).error().code,
              Error::Code::bad_input);
    EXPECT_EQ(start(kiosk, {"nonsense", {}}, seed(kiosk)).error().code,
              Error::Code::bad_input);
    auto first = start(kiosk, {"tcp://127.0.0.1:*", {}}, seed(kiosk));
    ASSERT_TRUE(first);
    EXPECT_EQ(start(desk, {(*first)->address(), {}}, seed(desk)).error().code,
              Error::Code::busy);
}

TEST(LanKey, IsTheSameForTheSameSecretAndAnotherForAnother) {
    const auto one = lan_public_key(lan_secret(1));
    EXPECT_EQ(one, lan_public_key(lan_secret(1)));
    EXPECT_NE(one, lan_public_key(lan_secret(2)));
    EXPECT_TRUE(is_lan_key(one));
    EXPECT_FALSE(is_lan_key(one.substr(1)));
    EXPECT_FALSE(is_lan_key(std::string(40, '~')));
}

}  // namespace
}  // namespace foyer
