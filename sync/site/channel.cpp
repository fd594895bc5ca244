#include "sync/site/channel.h"

#include <sys/eventfd.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "platform/log_events.h"
#include "sync/site/exchange.h"
#include "sync/site/lan_key.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// Letters taken in before it looks at anything else.
constexpr int letters_at_once = 200;
/// Letters that wait in a socket while the network is slow; more are dropped and said
/// again later.
constexpr int queue_length = 256;
constexpr auto stranger_logged_every = 60s;

struct CloseContext {
    void operator()(void* context) const noexcept { zmq_ctx_term(context); }
};
struct CloseSocket {
    void operator()(void* socket) const noexcept { zmq_close(socket); }
};
using Context = std::unique_ptr<void, CloseContext>;
using Socket = std::unique_ptr<void, CloseSocket>;

/// One frame, let go with the end of its scope.
class Frame {
public:
    Frame() { zmq_msg_init(&message_); }
    ~Frame() { zmq_msg_close(&message_); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    bool receive(void* socket) {
        return zmq_msg_recv(&message_, socket, ZMQ_DONTWAIT) >= 0;
    }
    std::string_view text() {
        return {static_cast<const char*>(zmq_msg_data(&message_)),
                zmq_msg_size(&message_)};
    }
    bool more() { return zmq_msg_more(&message_) != 0; }
    /// What the handshake said about the connection it came by; empty if nothing.
    std::string_view property(const char* name) {
        const char* value = zmq_msg_gets(&message_, name);
        return value ? value : "";
    }

private:
    zmq_msg_t message_{};
};

/// A question of another thread, answered by the channel's.
struct Wish {
    SiteChannel::Question holds;
    std::optional<Result<void>> answer = {};
};

tl::unexpected<Error> refused(const std::string& what) {
    return fail(Error::Code::bad_input, "lan: " + what);
}

}  // namespace

struct SiteChannel::Inside {
    Store store;
    LanSettings lan;
    std::function<void()> peers_changed;
    std::string address;

    Context context;
    Socket doorkeeper;        ///< ZAP: who is let in
    Socket in;                ///< PULL, bound
    std::vector<Socket> out;  ///< PUSH, one a peer
    std::optional<SiteExchange> exchange;

    int bell = -1;  ///< eventfd: another thread wants something
    std::atomic<bool> ending = false, is_elected = false, hears = false,
                      is_attended = false, any_desk = false;
    mutable std::mutex mutex;
    std::condition_variable answered;
    std::vector<std::shared_ptr<Wish>> wishes;  ///< under the mutex
    std::deque<Alias> to_show;                  ///< under the mutex
    std::vector<bool> alive;                    ///< under the mutex
    std::optional<Instant> synced;              ///< the peers; under the mutex
    std::chrono::steady_clock::time_point stranger_logged{};
    std::thread thread;

    Inside(Store own, LanSettings settings)
        : store(std::move(own)), lan(std::move(settings)) {}
    ~Inside() {
        if (thread.joinable()) {
            ending = true;
            ring();
            thread.join();
        }
        exchange.reset();
        out.clear();
        in.reset();
        doorkeeper.reset();
        context.reset();
        if (bell >= 0) ::close(bell);
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    void ring() const {
        const std::uint64_t once = 1;
        // Full is rung too.
        static_cast<void>(::write(bell, &once, sizeof once));
    }

    Result<void> open_sockets(std::span<const std::uint8_t, 32> secret);
    Result<Socket> socket(int kind) const;
    void run();
    bool admit();
    bool take_letters();
    void send(const SiteExchange::Letters& letters);
    void look_after_wishes();
    void tell_state();
};

Result<Socket> SiteChannel::Inside::socket(int kind) const {
    Socket made(zmq_socket(context.get(), kind));
    if (!made) return fail(Error::Code::busy, "lan: no more sockets");
    const auto set = [&](int option, int value) {
        zmq_setsockopt(made.get(), option, &value, sizeof value);
    };
    set(ZMQ_LINGER, 0);
    set(ZMQ_SNDHWM, queue_length);
    set(ZMQ_RCVHWM, queue_length);
    set(ZMQ_MAXMSGSIZE, int(longest_message));
    set(ZMQ_IMMEDIATE,
        1);  // what is said to nobody is not kept here but in the records
    set(ZMQ_CONNECT_TIMEOUT, 3000);
    set(ZMQ_RECONNECT_IVL, 200);
    set(ZMQ_RECONNECT_IVL_MAX, 3000);
    set(ZMQ_HANDSHAKE_IVL, 3000);
    set(ZMQ_HEARTBEAT_IVL, 1000);
    set(ZMQ_HEARTBEAT_TIMEOUT, 4000);
    set(ZMQ_HEARTBEAT_TTL, 4000);
    return made;
}

Result<void> SiteChannel::Inside::open_sockets(
    std::span<const std::uint8_t, 32> secret) {
    const std::string own = lan_public_key(secret);
    const auto set = [](const Socket& on, int option, const auto& value) {
        return zmq_setsockopt(on.get(), option, value.data(), value.size()) == 0;
    };
    // The doorkeeper first: without one, libzmq lets everybody in.
    doorkeeper = TRY(socket(ZMQ_REP));
    if (zmq_bind(doorkeeper.get(), "inproc://zeromq.zap.01") != 0)
        return fail(Error::Code::busy, "lan: nobody can watch the door");

    in = TRY(socket(ZMQ_PULL));
    const int yes = 1;
    zmq_setsockopt(in.get(), ZMQ_CURVE_SERVER, &yes, sizeof yes);
    if (!set(in, ZMQ_CURVE_SECRETKEY, secret) ||
        !set(in, ZMQ_ZAP_DOMAIN, std::string("foyer")))
        return refused("libzmq was built without CURVE");
    if (zmq_bind(in.get(), lan.listen.c_str()) != 0)
        return fail(errno == EADDRINUSE ? Error::Code::busy : Error::Code::bad_input,
                    "lan: cannot listen on " + lan.listen + ": " + zmq_strerror(errno));
    std::array<char, 256> bound{};
    std::size_t size = bound.size();
    zmq_getsockopt(in.get(), ZMQ_LAST_ENDPOINT, bound.data(), &size);
    address = bound.data();

    std::set<std::string> keys{own};
    for (const auto& peer : lan.peers) {
        if (!is_lan_key(peer.public_key))
            return refused("the public key of " + peer.name + " is none");
        if (!keys.insert(peer.public_key).second)
            return refused("the key of " + peer.name +
                           " is this device's own or stands twice");
        auto to = TRY(socket(ZMQ_PUSH));
        if (!set(to, ZMQ_CURVE_SERVERKEY, peer.public_key) ||
            !set(to, ZMQ_CURVE_PUBLICKEY, own) || !set(to, ZMQ_CURVE_SECRETKEY, secret))
            return refused("the public key of " + peer.name + " is none");
        if (zmq_connect(to.get(), peer.address.c_str()) != 0)
            return refused("the address of " + peer.name + " is none");
        out.push_back(std::move(to));
    }
    return {};
}

Result<std::unique_ptr<SiteChannel>> SiteChannel::start(Parts parts) {
    auto inside =
        std::make_unique<Inside>(std::move(parts.store), std::move(parts.lan));
    inside->peers_changed = std::move(parts.peers_changed);
    inside->context.reset(zmq_ctx_new());
    inside->bell = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (!inside->context || inside->bell < 0)
        return fail(Error::Code::busy, "lan: the system gives no more sockets");
    TRY(inside->open_sockets(parts.secret));

    std::random_device random;
    SiteExchange::Parts exchange;
    exchange.store = &inside->store;
    exchange.clock = parts.clock;
    for (const auto& peer : inside->lan.peers)
        exchange.peers.push_back({peer.name, peer.role, peer.public_key});
    exchange.role = parts.role;
    exchange.public_key = lan_public_key(parts.secret);
    exchange.device_index = parts.device_index;
    exchange.carries = parts.carries;
    exchange.epoch = std::uint64_t(random()) << 32 | random();
    exchange.heard = std::move(parts.heard);
    inside->exchange = TRY(SiteExchange::create(std::move(exchange)));
    inside->alive.resize(inside->lan.peers.size());
    inside->thread = std::thread([self = inside.get()] { self->run(); });
    log(events::lan_ready, inside->lan.peers.size());
    return std::unique_ptr<SiteChannel>(new SiteChannel(std::move(inside)));
}

SiteChannel::SiteChannel(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SiteChannel::~SiteChannel() = default;

// --- the channel's thread
// ------------------------------------------------------------------

void SiteChannel::Inside::run() {
    while (!ending) {
        std::array<zmq_pollitem_t, 3> items{{{doorkeeper.get(), 0, ZMQ_POLLIN, 0},
                                             {in.get(), 0, ZMQ_POLLIN, 0},
                                             {nullptr, bell, ZMQ_POLLIN, 0}}};
        const auto longest =
            std::chrono::milliseconds(tuning::lan_beat_every).count() / 2;
        zmq_poll(items.data(), int(items.size()), longest);
        std::uint64_t rung = 0;
        static_cast<void>(::read(bell, &rung, sizeof rung));
        while (admit()) {
        }
        for (int i = 0; i < letters_at_once && take_letters(); ++i) {
        }
        exchange->attended(is_attended);
        std::deque<Alias> shown;
        {
            const std::lock_guard lock(mutex);
            shown.swap(to_show);
        }
        for (const auto& unit : shown) send(exchange->shown(unit));
        look_after_wishes();
        send(exchange->due());
        tell_state();
    }
    const std::lock_guard lock(mutex);
    for (const auto& wish : wishes)
        wish->answer = fail(Error::Code::offline, "lan: the channel ends");
    answered.notify_all();
}

/// Answers one question of libzmq whether a key is let in (ZAP, RFC 27). False when
/// there is none.
bool SiteChannel::Inside::admit() {
    std::vector<std::string> asked;
    bool more = true;
    while (more) {
        Frame frame;
        if (!frame.receive(doorkeeper.get())) return false;
        asked.emplace_back(frame.text());
        more = frame.more();
    }
    // version, request, domain, address, identity, mechanism, key
    std::string who;
    if (asked.size() == 7 && asked[5] == "CURVE" && asked[6].size() == 32) {
        std::array<char, 41> key{};
        zmq_z85_encode(key.data(),
                       reinterpret_cast<const std::uint8_t*>(asked[6].data()),
                       asked[6].size());
        for (std::size_t i = 0; i < lan.peers.size(); ++i)
            if (lan.peers[i].public_key == key.data()) who = std::to_string(i);
    }
    if (who.empty()) {
        const auto now = std::chrono::steady_clock::now();
        if (now - stranger_logged > stranger_logged_every) log(events::lan_stranger);
        stranger_logged = now;
    }
    // 300 closes the connection without a word, and whoever is enrolled later gets in
    // at a later try; 400 would tell the stranger, and would end the tries of a device
    // that is enrolled a minute later.
    const std::array<std::string, 6> answer = {
        "1.0", asked.size() > 1 ? asked[1] : "", who.empty() ? "300" : "200", "", who,
        ""};
    for (std::size_t i = 0; i < answer.size(); ++i)
        zmq_send(doorkeeper.get(), answer[i].data(), answer[i].size(),
                 i + 1 < answer.size() ? ZMQ_SNDMORE : 0);
    return true;
}

/// False when nothing more is there.
bool SiteChannel::Inside::take_letters() {
    Frame frame;
    if (!frame.receive(in.get())) return false;
    std::size_t from = lan.peers.size();
    const auto who = frame.property("User-Id");
    std::from_chars(who.data(), who.data() + who.size(), from);
    bool single = !frame.more();
    for (bool more = frame.more(); more;) {
        Frame rest;
        if (!rest.receive(in.get())) break;
        more = rest.more();
    }
    if (from < lan.peers.size() && single) send(exchange->received(from, frame.text()));
    return true;
}

void SiteChannel::Inside::send(const SiteExchange::Letters& letters) {
    // What does not go is said again.
    for (const auto& letter : letters)
        zmq_send(out[letter.to].get(), letter.text.data(), letter.text.size(),
                 ZMQ_DONTWAIT);
}

void SiteChannel::Inside::look_after_wishes() {
    std::vector<std::shared_ptr<Wish>> open;
    {
        const std::lock_guard lock(mutex);
        open = wishes;
    }
    for (const auto& wish : open) {
        const auto holds = wish->holds(store);
        if (holds && !*holds) continue;
        const std::lock_guard lock(mutex);
        wish->answer =
            holds ? Result<void>() : Result<void>(tl::unexpected(holds.error()));
        std::erase(wishes, wish);
        answered.notify_all();
    }
}

void SiteChannel::Inside::tell_state() {
    is_elected = exchange->elected();
    hears = exchange->desk_hears();
    std::vector<bool> now(lan.peers.size());
    bool desk = false;
    for (std::size_t i = 0; i < now.size(); ++i) {
        now[i] = exchange->alive(i);
        desk = desk || (now[i] && lan.peers[i].role == SiteRole::desk);
    }
    any_desk = desk;
    bool changed = false;
    {
        const std::lock_guard lock(mutex);
        synced = exchange->peers_synced();
        changed = alive != now;
        alive = now;
    }
    if (changed && peers_changed) peers_changed();
}

// --- any thread
// ----------------------------------------------------------------------------

void SiteChannel::wake() {
    inside_->ring();
}

void SiteChannel::shown(const Alias& unit) {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->to_show.push_back(unit);
    }
    inside_->ring();
}

void SiteChannel::attended(bool now) {
    inside_->is_attended = now;
}

bool SiteChannel::desk_hears() const {
    return inside_->hears;
}
bool SiteChannel::desk_alive() const {
    return inside_->any_desk;
}
bool SiteChannel::elected() const {
    return inside_->is_elected;
}
std::optional<Instant> SiteChannel::peers_synced() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->synced;
}
std::vector<bool> SiteChannel::alive() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->alive;
}
const std::string& SiteChannel::address() const {
    return inside_->address;
}

Result<void> SiteChannel::wait_until(Question holds, std::chrono::milliseconds limit) {
    const auto wish = std::make_shared<Wish>(Wish{std::move(holds)});
    std::unique_lock lock(inside_->mutex);
    inside_->wishes.push_back(wish);
    inside_->ring();
    inside_->answered.wait_for(lock, limit, [&] { return wish->answer.has_value(); });
    if (wish->answer) return *wish->answer;
    std::erase(inside_->wishes, wish);
    return fail(Error::Code::offline, "lan: nobody answered in time");
}

}  // namespace foyer
