#include "kiosk/control.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "kiosk/assets.h"
#include "kiosk/exchange.h"
#include "kiosk/kiosk.h"
#include "kiosk/memory_search.h"
#include "kiosk/ui/words.h"
#include "platform/simulated/camera.h"
#include "platform/simulated/printer.h"
#include "platform/wake.h"
#include "platform/window.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/slip_token.h"
#include "sync/server/connection.h"
#include "sync/site/simulated_desk.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

/// A finger rests so long on a tap.
constexpr auto tap_time = 80ms;
/// The discard port: a request there is refused at once.
constexpr auto nobody_listens = "http://127.0.0.1:9/fhir";
/// An order that takes longer than this in a story is stuck.
constexpr auto patience = 20s;

std::optional<Key::Name> key_named(const std::string& name) {
    using Name = Key::Name;
    constexpr std::pair<const char*, Name> names[] = {
        {"back", Name::back},   {"del", Name::del},   {"left", Name::left},
        {"right", Name::right}, {"home", Name::home}, {"end", Name::end},
        {"enter", Name::enter}, {"tab", Name::tab},   {"undo", Name::undo},
        {"redo", Name::redo}};
    for (const auto& [spelled, key] : names)
        if (name == spelled) return key;
    return std::nullopt;
}

long microseconds_since(std::chrono::steady_clock::time_point begun) {
    return long(std::chrono::duration_cast<std::chrono::microseconds>(
                    std::chrono::steady_clock::now() - begun)
                    .count());
}

/// A kiosk with everything around it simulated.
class Controlled {
public:
    static Result<std::unique_ptr<Controlled>> create(const Options& options,
                                                      const ControlOptions& control) {
        auto self = std::unique_ptr<Controlled>(new Controlled);
        self->site_ = TRY(load_site(options));
        if (options.now.empty())
            return fail(Error::Code::bad_input, "--control-fd needs --now");
        const auto start = TRY(parse_instant(options.now));
        self->clock_ = std::make_unique<ManualClock>(start);
        self->data_ = data_directory(options);
        self->wait_ = TRY(EventWait::create(nullptr));
        self->window_ = TRY(Window::in_memory(
            control.display.width, control.display.height, control.rotation));
        Effects::Parts parts;
        parts.clock = self->clock_.get();
        parts.printer = &self->printer_;
        parts.desk = &self->desk_;
        parts.camera = &self->camera_;
        parts.site = self->site_;
        parts.data = self->data_;
        if (!self->site_.server.base.empty())
            parts.exchange = [raw = self.get()] { return raw->health(); };
        parts.done = [raw = self.get()](const char* effect) {
            if (raw->crash_after_ == effect) ::kill(::getpid(), SIGKILL);
            raw->durable_us_ = microseconds_since(raw->asked_);
        };
        self->effects_ = TRY(Effects::create(std::move(parts)));
        Kiosk::Parts kiosk;
        kiosk.clock = self->clock_.get();
        kiosk.canvas = self->window_.get();
        kiosk.effects = self->effects_.get();
        kiosk.site = self->site_;
        kiosk.display = control.display;
        kiosk.wake = [raw = self.get()] { raw->wait_->wake(); };
        self->kiosk_ = TRY(Kiosk::create(std::move(kiosk)));
        return self;
    }

    /// Carries out one line; answers the reply.
    std::string answer(const std::string& line) {
        asked_ = std::chrono::steady_clock::now();
        durable_us_ = 0;
        drawn_us_.clear();
        const auto command = Json::parse(line, nullptr, false);
        Json reply;
        if (!command.is_object()) {
            reply = {{"ok", false}, {"error", "not a JSON object"}};
            return reply.dump();
        }
        const auto done = carry_out(command, reply);
        if (!done) {
            reply = {{"ok", false}, {"error", done.error().what}};
            return reply.dump();
        }
        reply["ok"] = true;
        reply["screen"] = name(kiosk_->screen());
        reply["frames"] = kiosk_->frames();
        reply["drawn_us"] = drawn_us_;
        reply["durable_us"] = durable_us_.load();
        reply["now"] = format_instant(clock_->now());
        reply["printed"] = printer_.printed().size();
        reply["language"] = kiosk_->comfort().language;
        reply["calls"] = desk_.calls.load();
        reply["tree"] = Json::parse(to_json(kiosk_->tree()), nullptr, false);
        return reply.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    Result<void> settle() {
        const auto give_up = std::chrono::steady_clock::now() + patience;
        kiosk_->settle();
        while (kiosk_->working()) {
            if (std::chrono::steady_clock::now() > give_up)
                return fail(Error::Code::busy, "an order does not come to an end");
            // Answers are held back on the kiosk's clock; a story does not wait for
            // them.
            if (const auto due = kiosk_->answer_due(); due && *due > clock_->elapsed())
                clock_->advance(*due - clock_->elapsed());
            else
                wait_->wait(50ms);
            kiosk_->settle();
        }
        draw();
        return {};
    }

private:
    Controlled() = default;

    Result<void> carry_out(const Json& command, Json& reply) {
        const auto what = command.value("do", "");
        const auto x = float(command.value("x", 0.0));
        const auto y = float(command.value("y", 0.0));
        if (what == "look") return settle();
        if (what == "tap") return press(x, y, tap_time);
        if (what == "hold") return press(x, y, 2500ms);
        if (what == "type") return input(Text{command.value("text", "")});
        if (what == "key") {
            const auto key = key_named(command.value("name", ""));
            if (!key) return fail(Error::Code::bad_input, "no such key");
            return input(::foyer::Key{*key, command.value("shift", false)});
        }
        if (what == "scan") {
            kiosk_->scanned(command.value("text", ""));
            return settle();
        }
        if (what == "slip") {
            kiosk_->scanned(TRY(token_of(command)));
            return settle();
        }
        if (what == "token") {
            reply["token"] = TRY(token_of(command));
            return {};
        }
        if (what == "disk") return disk(command.value("state", "") == "full");
        if (what == "wait")
            return pass(std::chrono::milliseconds(command.value("ms", 0)));
        if (what == "clock") {
            clock_->set(TRY(parse_instant(command.value("set", ""))));
            return settle();
        }
        if (what == "device") return device(command);
        if (what == "network") {
            desk_.online = command.value("state", "") == "online";
            return {};
        }
        if (what == "internet") {
            internet_ = command.value("state", "") == "up";
            return {};
        }
        if (what == "sync") {
            TRY(exchange());
            return settle();
        }
        if (what == "class") {
            TRY(answer_wish(command));
            kiosk_->heard_from_clinic();
            return settle();
        }
        if (what == "lease") return lend(command.value("schedule", ""));
        if (what == "shot")
            return write_png(TRY(window_->read()), command.value("path", ""));
        if (what == "crash_after") {
            crash_after_ = command.value("effect", "");
            return {};
        }
        if (what == "find") {
            reply["found"] = TRY(times_in_memory(command.value("hex", "")));
            return {};
        }
        return fail(Error::Code::bad_input, "unknown command '" + what + "'");
    }

    /// The kiosk's own clock stands still; how long a picture takes is measured by
    /// another.
    void draw() {
        const auto begun = std::chrono::steady_clock::now();
        if (kiosk_->draw()) drawn_us_.push_back(microseconds_since(begun));
    }

    Result<void> input(decltype(Input::what) what) {
        kiosk_->input({std::move(what), clock_->elapsed()});
        return settle();
    }

    Result<void> press(float x, float y, std::chrono::milliseconds held) {
        kiosk_->input({Touch{Touch::What::down, x, y}, clock_->elapsed()});
        draw();
        clock_->advance(held);
        kiosk_->settle();
        kiosk_->input({Touch{Touch::What::up, x, y}, clock_->elapsed()});
        return settle();
    }

    /// Time passes from one due moment to the next, as it would at its own pace.
    Result<void> pass(std::chrono::milliseconds span) {
        const auto end = clock_->elapsed() + span;
        TRY(settle());
        while (clock_->elapsed() < end) {
            const auto due = kiosk_->due().value_or(end);
            const auto next = std::clamp(due, clock_->elapsed() + 1ms, end);
            clock_->advance(next - clock_->elapsed());
            TRY(settle());
        }
        return {};
    }

    /// What the printed slip of a visit says.
    Result<std::string> token_of(const Json& command) {
        const auto time = TRY(SiteTime::in_zone(site_.time_zone));
        auto store = TRY(open_store(data_, site_, time));
        const auto keys = TRY(site_keys(data_));
        const auto visit = TRY(store.visit_of(command.value("appointment", ""),
                                              command.value("patient", "")));
        return sign_token({visit.id, visit.starts + 24h}, keys);
    }

    /// One exchange with the clinic's server, to its end, as the exchange's thread has
    /// it over the day. Without a network the address is one where nobody listens.
    Result<void> exchange() {
        auto site = site_;
        if (!desk_.online || !internet_) site.server.base = nobody_listens;
        const auto time = TRY(SiteTime::in_zone(site.time_zone));
        auto store = TRY(open_store(data_, site, time));
        auto connection = TRY(connect(site, data_, *clock_));
        connection.server->believe_date(false);
        Engine engine({.store = &store,
                       .server = connection.server.get(),
                       .clock = clock_.get(),
                       .site = &site,
                       .time = time,
                       .seed = 0,
                       .hurried = true,
                       .version = "story",
                       .elected = {}});
        TRY(store.hurry(clock_->now()));
        const auto drained = TRY(drain(engine, store, *clock_, 10'000));
        {
            const std::lock_guard lock(health_mutex_);
            health_ = drained.health;
        }
        kiosk_->heard_from_clinic();
        return {};
    }

    /// What the exchange would have learned of the patients' wishes for a class.
    Result<void> answer_wish(const Json& command) {
        const auto state = sign_up_state(command.value("state", ""));
        if (!state) return fail(Error::Code::bad_input, "no such state");
        const auto time = TRY(SiteTime::in_zone(site_.time_zone));
        auto store = TRY(open_store(data_, site_, time));
        const auto open = TRY(store.open_sign_ups(clock_->now()));
        bool found = false;
        for (auto sign_up : open) {
            if (sign_up.session.schedule != command.value("schedule", "")) continue;
            found = true;
            sign_up.state = *state;
            sign_up.told = false;
            sign_up.place = command.value("place", 0);
            if (const auto by = command.value("by", ""); !by.empty())
                sign_up.accept_by = TRY(parse_instant(by));
            TRY(store.update_sign_up(sign_up));
        }
        if (!found) return fail(Error::Code::not_found, "nobody asked for that class");
        return {};
    }

    /// A seat of the next session that this kiosk may give away for two hours.
    Result<void> lend(const std::string& schedule) {
        const auto time = TRY(SiteTime::in_zone(site_.time_zone));
        auto store = TRY(open_store(data_, site_, time));
        const auto sessions = TRY(store.sessions(clock_->now()));
        for (const auto& seats : sessions)
            if (seats.session.schedule == schedule)
                return store.keep_lease({.slot = "lent-by-the-story",
                                         .session = seats.session,
                                         .version = "1",
                                         .expires = clock_->now() + 2h});
        return fail(Error::Code::not_found, "there is no such class");
    }

    SyncHealth health() {
        const std::lock_guard lock(health_mutex_);
        return health_;
    }

    /// A write past a process's file limit fails like one on a full disk.
    static Result<void> disk(bool full) {
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = full ? 1 : limit.rlim_max;
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return fail(Error::Code::refused, "no limit can be set");
        return {};
    }

    Result<void> device(const Json& command) {
        const auto state = command.value("state", "");
        if (command.value("name", "") != "printer")
            return fail(Error::Code::bad_input, "no such device");
        if (state == "unplugged" || state == "plugged")
            printer_.set_plugged_in(state == "plugged");
        else if (state == "empty" || state == "full")
            printer_.set_paper(state == "full" ? SimulatedPrinter::kFullRoll : 0);
        else
            return fail(Error::Code::bad_input,
                        "a printer is unplugged, plugged, empty "
                        "or full");
        return {};
    }

    Site site_;
    std::unique_ptr<ManualClock> clock_;
    std::filesystem::path data_;
    SimulatedPrinter printer_;
    SimulatedDesk desk_;
    SimulatedCamera camera_;
    bool internet_ = true;
    std::string crash_after_;
    std::chrono::steady_clock::time_point asked_;  ///< before the worker hears of it
    std::atomic<long> durable_us_ = 0;
    std::vector<long> drawn_us_;
    std::mutex health_mutex_;
    SyncHealth health_;
    std::unique_ptr<EventWait> wait_;
    std::unique_ptr<Window> window_;
    std::unique_ptr<Effects> effects_;
    std::unique_ptr<Kiosk> kiosk_;
};

bool send_all(int fd, const std::string& text) {
    std::size_t sent = 0;
    while (sent < text.size()) {
        const auto n = ::write(fd, text.data() + sent, text.size() - sent);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        sent += std::size_t(n);
    }
    return true;
}

}  // namespace

Exit run_controlled(const Options& options, const ControlOptions& control) {
    if (const auto words = open_translations(asset("locale").string()); !words)
        return complain(words.error());
    auto controlled = Controlled::create(options, control);
    if (!controlled) return complain(controlled.error());
    const auto ready = (*controlled)->settle();
    if (!ready) return complain(ready.error());

    std::string pending;
    char buffer[4096];
    while (true) {
        const auto n = ::read(control.fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return Exit::ok;
        pending.append(buffer, std::size_t(n));
        // What was typed came through here; it must not stay (see "find").
        explicit_bzero(buffer, sizeof buffer);
        for (auto end = pending.find('\n'); end != std::string::npos;
             end = pending.find('\n')) {
            const auto line = pending.substr(0, end);
            pending = std::string(pending, end + 1);
            if (!send_all(control.fd, (*controlled)->answer(line) + "\n"))
                return Exit::ok;
        }
    }
}

}  // namespace foyer
