#include "kiosk/commands/lan.h"

#include <poll.h>
#include <unistd.h>

#include <fmt/format.h>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "kiosk/effects.h"
#include "platform/secrets.h"
#include "platform/wake.h"
#include "sync/site/lan_key.h"
#include "sync/site/site_desk.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using Role = LanSettings::Peer::Role;

Result<std::string> own_key(const std::filesystem::path& data) {
    const auto secret = TRY(foyer::secret("lan.key", data));
    return lan_public_key(secret.bytes());
}

std::string age(std::optional<Instant> then, Instant now) {
    if (!then) return "never";
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now - *then).count();
    if (seconds < 120) return fmt::format("{} s ago", seconds);
    if (seconds < 7200) return fmt::format("{} min ago", seconds / 60);
    return fmt::format("{} h ago", seconds / 3600);
}

/// The channel without a screen: orders in, what was heard out.
class Headless {
public:
    Headless(Workplace place, LanOptions how, Store store)
        : place_(std::move(place)), how_(how), store_(std::move(store)) {}

    Result<void> start() {
        const auto secret = TRY(foyer::secret("lan.key", place_.data));
        auto own = TRY(open_store(place_.data, place_.site, place_.time));
        backlog_ = TRY(store_.heard_from_site());
        channel_ = TRY(
            SiteChannel::start({.store = std::move(own),
                                .clock = place_.clock.get(),
                                .lan = place_.site.lan,
                                .role = how_.role,
                                .device_index = place_.site.device_index,
                                .carries = !place_.site.server.base.empty(),
                                .secret = secret.bytes(),
                                .heard = [this](const HeardUnit& unit) { tell(unit); },
                                .peers_changed = [this] { tell_peers(); }}));
        {
            const std::lock_guard lock(mutex_);
            running_ = channel_.get();
        }
        channel_->attended(how_.attended);
        print({{"event", "ready"},
               {"role", name(how_.role)},
               {"address", channel_->address()}});
        // What came before this start and nobody has seen; what came since start() is
        // among it or was told.
        for (const auto& unit : backlog_)
            if (!unit.shown) tell(unit);
        tell_peers();
        return {};
    }

    /// Until a signal can be read from `signals`.
    void run(int signals) {
        std::array<pollfd, 2> watched{
            {{signals, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
        while (true) {
            ::poll(watched.data(), watched.size(), -1);
            if ((watched[0].revents & POLLIN) != 0) break;
            if (watched[1].revents != 0 && !take_orders()) watched[1].fd = -1;
        }
        {
            const std::lock_guard lock(mutex_);
            running_ = nullptr;
        }
        channel_.reset();
    }

private:
    void print(const Json& line) {
        const std::lock_guard lock(mutex_);
        std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace)
                  << std::endl;
    }

    void tell(const HeardUnit& heard) {
        const auto& unit = heard.unit.unit;
        print({{"event", "heard"},
               {"from", heard.name},
               {"lane", name(unit.lane)},
               {"ref", heard.unit.ref.hex()},
               {"at", format_instant(unit.at)},
               {"body", Json::parse(unit.body, nullptr, false)}});
        const std::lock_guard lock(mutex_);
        if (how_.attended && running_) running_->shown(heard.unit.ref);
    }

    void tell_peers() {
        std::vector<bool> alive;
        {
            const std::lock_guard lock(mutex_);
            if (!running_) return;
            alive = running_->alive();
        }
        Json peers = Json::object();
        for (std::size_t i = 0; i < alive.size(); ++i)
            peers[place_.site.lan.peers[i].name] = bool(alive[i]);
        print({{"event", "peers"},
               {"here", peers},
               {"elected", channel_->elected()},
               {"desk_hears", channel_->desk_hears()}});
    }

    /// False at the end of the input.
    bool take_orders() {
        std::array<char, 4096> bytes{};
        const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count <= 0) return false;
        typed_.append(bytes.data(), std::size_t(count));
        for (auto end = typed_.find('\n'); end != typed_.npos;
             end = typed_.find('\n')) {
            carry_out(typed_.substr(0, end));
            typed_.erase(0, end + 1);
        }
        return true;
    }

    void carry_out(const std::string& line) {
        const auto space = line.find(' ');
        const std::string order = line.substr(0, space);
        const std::string what = space == line.npos ? "" : line.substr(space + 1);
        const auto begun = place_.clock->elapsed();
        const auto done =
            order == "check-in" ? check_in(what)
            : order == "help"   ? help()
            : order == "call"
                ? call(what)
                : Result<void>(fail(Error::Code::bad_input, "no such order"));
        const auto took = place_.clock->elapsed() - begun;
        Json answer = {{"event", "answer"}, {"order", line}, {"ms", took.count()}};
        answer["code"] = done ? "ok" : name(done.error().code);
        print(answer);
    }

    Result<void> check_in(const std::string& appointment) {
        const auto visit = TRY(store_.visit_of(appointment, ""));
        const auto now = place_.clock->now();
        const auto clock = TRY(store_.see_clock(now));
        TRY(store_.check_in(
            {.visits = {visit.id}, .late = {}, .at = now, .clock = clock}));
        return SiteDesk(*channel_, *place_.clock).arrived(visit.id);
    }
    Result<void> help() {
        TRY(store_.tell_desk({DeskReason::help, place_.clock->now(), {}, {}}));
        return SiteDesk(*channel_, *place_.clock).call();
    }
    /// "Fern 27", or "Fern 27 | Suite 210".
    Result<void> call(const std::string& said) {
        const auto bar = said.find(" | ");
        const std::string call_name = said.substr(0, bar);
        const std::string where = bar == said.npos ? "" : said.substr(bar + 3);
        const auto now = place_.clock->now();
        const auto clock = TRY(store_.see_clock(now));
        Json body = {{"act", "call"},
                     {"call_name", call_name},
                     {"at", format_instant(now)},
                     {"clock", code(clock)},
                     {"device", place_.site.device_index}};
        if (!where.empty()) body["place"] = where;
        TRY(store_.tell_site({.id = unit_id("call|" + body.dump()),
                              .lane = Lane::attendance,
                              .at = now,
                              .visit = std::nullopt,
                              .patient = std::nullopt,
                              .body = body.dump()}));
        channel_->wake();
        return {};
    }

    Workplace place_;
    LanOptions how_;
    Store store_;
    std::vector<HeardUnit> backlog_;
    std::mutex mutex_;
    SiteChannel* running_ = nullptr;  ///< under the mutex; null before and after
    std::unique_ptr<SiteChannel> channel_;
    std::string typed_;
};

Result<void> run_headless(const Options& options, const LanOptions& how) {
    auto place = TRY(set_up(options));
    if (place.site.lan.listen.empty())
        return fail(Error::Code::bad_input,
                    "foyer.toml: write [lan] listen and the other devices "
                    "(docs/lan.md)");
    auto store = TRY(open_store(place.data, place.site, place.time));
    const int signals = TRY(end_signals());  // before the channel's thread
    Headless headless(std::move(place), how, std::move(store));
    const auto started = headless.start();
    if (started) headless.run(signals);
    ::close(signals);
    return started;
}

}  // namespace

Exit lan_key_command(const Options& options) {
    const auto key = own_key(data_directory(options));
    if (!key) return complain(key.error());
    if (options.json)
        std::cout << Json{{"public_key", *key}}.dump() << '\n';
    else
        std::cout << *key << '\n';
    return Exit::ok;
}

Exit lan_status_command(const Options& options) {
    auto place = set_up(options);
    if (!place) return complain(place.error());
    const auto key = own_key(place->data);
    if (!key) return complain(key.error());
    auto store = open_store(place->data, place->site, place->time);
    if (!store) return complain(store.error());
    const auto peers = store->site_status();
    if (!peers) return complain(peers.error());
    const auto now = place->clock->now();
    bool late = false;
    Json list = Json::array();
    std::string lines = fmt::format(
        "listens on      {}\npublic key      {}\n",
        place->site.lan.listen.empty() ? "nothing" : place->site.lan.listen, *key);
    for (const auto& [peer, waiting, oldest] : *peers) {
        late = late || (oldest && now - *oldest > tuning::old_for_desk);
        Json line = {{"name", peer.name},
                     {"role", name(peer.role)},
                     {"public_key", peer.public_key},
                     {"waiting", waiting}};
        if (peer.heard) line["changed"] = format_instant(*peer.heard);
        if (oldest) line["oldest"] = format_instant(*oldest);
        list.push_back(line);
        lines += fmt::format("{:<15} {}, came or went {}, {} waiting\n", peer.name,
                             name(peer.role), age(peer.heard, now), waiting);
    }
    if (options.json)
        std::cout << Json{{"listen", place->site.lan.listen},
                          {"public_key", *key},
                          {"peers", list}}
                         .dump()
                  << '\n';
    else
        std::cout << lines;
    return late ? Exit::unclean : Exit::ok;
}

Exit lan_run_command(const Options& options, const LanOptions& how) {
    const auto ran = run_headless(options, how);
    return ran ? Exit::ok : complain(ran.error());
}

}  // namespace foyer
