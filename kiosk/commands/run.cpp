#include "kiosk/commands/run.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>

#include "kiosk/assets.h"
#include "kiosk/commands/demo.h"
#include "kiosk/exchange.h"
#include "kiosk/kiosk.h"
#include "kiosk/lan_desk.h"
#include "kiosk/simulated_panel.h"
#include "kiosk/ui/words.h"
#include "platform/density.h"
#include "platform/log_events.h"
#include "platform/printer_ipp.h"
#include "platform/scanner_evdev.h"
#include "platform/simulated/camera.h"
#include "platform/simulated/printer.h"
#include "platform/wake.h"
#include "platform/wedge.h"
#include "platform/window.h"
#include "sync/clinic/slip_token.h"
#include "sync/site/simulated_desk.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// Width of the panel of simulated devices, in pixels.
constexpr int panel_width = 340;
/// A window on a laptop: half of the reference display.
constexpr int window_width = 540, window_height = 960;

/// Everything the kiosk on a screen is made of, in the order it is taken apart again.
class OnScreen {
public:
    static Result<std::unique_ptr<OnScreen>> create(const Options& options,
                                                    const RunOptions& how) {
        auto self = std::unique_ptr<OnScreen>(new OnScreen);
        self->data_ = data_directory(options);
        self->machine_clock_ = TRY(make_clock(options.now));
        self->clock_ = std::make_unique<CorrectedClock>(*self->machine_clock_);
        self->chosen_time_ = !options.now.empty();
        self->begun_ = self->clock_->elapsed();
        auto site = load_site(options);
        std::optional<Error::Code> broken;
        if (site) {
            self->site_ = std::move(*site);
        } else {
            complain(site.error());
            log(events::config_failed, site.error().code);
            broken = site.error().code;
        }
        self->signals_ = TRY(end_signals());
        TRY(self->open_window(how));
        self->wait_ = TRY(EventWait::create(self->window_.get()));
        TRY(self->open_devices(how));
        TRY(self->open_kiosk(how, broken));
        return self;
    }

    ~OnScreen() {
        close_exchange();  // before the kiosk and the desk it asks
        kiosk_.reset();    // before the canvas it draws on
        if (signals_ >= 0) ::close(signals_);
    }
    OnScreen(const OnScreen&) = delete;
    OnScreen& operator=(const OnScreen&) = delete;

    Exit run() {
        const auto why = loop();
        log(events::frames_drawn, kiosk_->frames(), wake_ups_);
        return why;
    }

private:
    Exit loop() {
        wait_->watch(signals_);
        if (scanner_) wait_->watch(scanner_->fd());
        bool first = true, ready = false;
        while (true) {
            kiosk_->settle();
            if (kiosk_->draw()) {
                const auto took = clock_->elapsed() - begun_;
                if (std::exchange(first, false)) log(events::first_frame, took);
                if (!ready && !std::holds_alternative<StartingUp>(kiosk_->screen())) {
                    ready = true;
                    log(events::ready, took);
                }
            }
            if (ready) open_ways();
            const auto woken = wait_->wait(until_due());
            ++wake_ups_;
            if (woken == Woken::descriptor && ended()) {
                log(events::stopped, "signal");
                return Exit::ok;
            }
            if (!take_in_input()) {
                log(events::stopped, "window closed");
                return Exit::ok;
            }
            if (scanner_)
                while (auto scan = scanner_->take()) kiosk_->scanned(std::move(*scan));
        }
    }

    OnScreen() = default;

    Result<void> open_window(const RunOptions& how) {
        WindowOptions window;
        window.fullscreen = site_.fullscreen && !how.window && !how.simulate;
        window.rotation = Rotation(site_.rotation);
        window.width = how.width > 0 ? how.width : window_width;
        window.height = how.height > 0 ? how.height : window_height;
        const int beside = how.simulate ? panel_width : 0;
        window.width += beside;
        window_ = TRY(Window::on_screen(window));
        display_.width = window_->width() - beside;
        display_.height = window_->height();
        display_.reach_line_mm = site_.reach_line_mm;
        display_.ppi = density(window.fullscreen);
        log(events::display_ready, display_.width, display_.height, site_.rotation,
            std::int64_t(display_.ppi),
            window_->is_software() ? Code::Value("cpu") : Code::Value("gpu"));
        return {};
    }

    /// Pixels per inch: the site's word first, then the panel's. A window shows the
    /// reference display, made smaller.
    double density(bool whole_screen) const {
        if (site_.density_ppi > 0) return site_.density_ppi;
        const double reference = Display{}.ppi;
        const double shorter = std::min(display_.width, display_.height);
        if (!whole_screen) return reference * shorter / 1080.0;
        const auto panel = display_density();
        if (panel) return *panel * 25.4;
        log(events::density_unknown, panel.error().code);
        return reference * shorter / 1080.0;
    }

    Result<void> open_devices(const RunOptions& how) {
        if (how.simulate) {
            simulated_printer_ = std::make_unique<SimulatedPrinter>(data_ / "slips");
            return {};
        }
        if (!site_.printer_uri.empty()) {
            auto printer = IppPrinter::create({.uri = site_.printer_uri});
            if (!printer) return tl::unexpected(printer.error());
            printer_ = std::move(*printer);
        }
        if (!site_.scanner_device.empty()) {
            scanner_ = TRY(evdev_scanner(site_.scanner_device));
            if (scanner_->is_there()) log(events::scanner_ready);
        }
        return {};
    }

    /// Once a patient can use the kiosk: what is sent a second later is no loss, a
    /// start that takes a second longer is one.
    void open_ways() {
        open_lan();
        if (site_.server.base.empty() || exchange_) return;
        auto exchange =
            Exchange::start({.site = site_,
                             .data = data_,
                             .clock = machine_clock_.get(),
                             .corrected = clock_.get(),
                             .version = FOYER_VERSION,
                             .elected = [this] { return lan_.elected(site_); },
                             .peers_synced = [this] { return lan_.peers_synced(); },
                             .changed = [this] { kiosk_->heard_from_clinic(); },
                             .believes_date = !chosen_time_});
        const std::lock_guard lock(exchange_mutex_);
        exchange_ = std::move(exchange);
    }

    void close_exchange() {
        std::unique_ptr<Exchange> last;
        {
            const std::lock_guard lock(exchange_mutex_);
            last = std::move(exchange_);
        }
    }

    /// Tried again while it cannot be opened: the records or the port may be busy.
    void open_lan() {
        if (site_.lan.listen.empty() || lan_.is_open() ||
            clock_->elapsed() < lan_again_)
            return;
        lan_again_ = clock_->elapsed() + 30s;
        const auto time = SiteTime::in_zone(site_.time_zone);
        if (!time) return;
        if (const auto opened = lan_.open(site_, *time, data_, *clock_); !opened) {
            complain(opened.error());
            log(events::lan_failed, "opening", opened.error().code);
        }
    }

    /// Asked on the worker's thread.
    SyncHealth health() {
        const std::lock_guard lock(exchange_mutex_);
        return exchange_ ? exchange_->health() : SyncHealth{};
    }
    void wake_ways() {
        lan_.wake();
        const std::lock_guard lock(exchange_mutex_);
        if (exchange_) exchange_->wake();
    }

    Result<void> open_kiosk(const RunOptions& how, std::optional<Error::Code> broken) {
        Effects::Parts parts;
        parts.clock = clock_.get();
        parts.printer = how.simulate ? simulated_printer_.get() : printer_.get();
        parts.desk = !site_.lan.listen.empty() ? static_cast<DeskLink*>(&lan_)
                     : how.simulate            ? &simulated_desk_
                                               : static_cast<DeskLink*>(&no_desk_);
        if (how.simulate) parts.camera = &simulated_camera_;
        parts.site = site_;
        parts.data = data_;
        parts.broken = broken;
        if (!site_.server.base.empty()) parts.exchange = [this] { return health(); };
        parts.queued = [this] { wake_ways(); };
        effects_ = TRY(Effects::create(std::move(parts)));
        Kiosk::Parts kiosk;
        kiosk.clock = clock_.get();
        kiosk.canvas = window_.get();
        kiosk.effects = effects_.get();
        kiosk.site = site_;
        kiosk.display = display_;
        kiosk.wake = [this] { wait_->wake(); };
        kiosk_ = TRY(Kiosk::create(std::move(kiosk)));
        if (how.simulate) open_panel();
        return {};
    }

    void open_panel() {
        SimulatedPanel::Parts parts;
        parts.printer = simulated_printer_.get();
        parts.desk = &simulated_desk_;
        parts.scan_text = [this](const std::string& text) { next_scan_ = text; };
        parts.scan_slip = [this](const std::string& id) { return scan_slip(id); };
        parts.appointments = demo_appointments();
        parts.slips_folder = (data_ / "slips").string();
        panel_ = std::make_unique<SimulatedPanel>(std::move(parts));
        const Rect area{float(display_.width), 0, float(panel_width),
                        float(display_.height)};
        kiosk_->beside([this, area] { panel_->draw(area); });
    }

    /// The ids of the demo clinic's appointments, to choose from.
    std::vector<std::string> demo_appointments() const {
        std::vector<std::string> ids;
        const auto time = SiteTime::in_zone(site_.time_zone);
        if (!time) return ids;
        const auto text = demo_bundle(*time, clock_->now());
        if (!text) return ids;
        const auto bundle = nlohmann::json::parse(*text, nullptr, false);
        if (!bundle.is_object()) return ids;
        for (const auto& entry : bundle.value("entry", nlohmann::json::array())) {
            const auto& resource = entry.value("resource", nlohmann::json::object());
            if (resource.value("resourceType", "") == "Appointment")
                ids.push_back(resource.value("id", ""));
        }
        return ids;
    }

    std::string scan_slip(const std::string& appointment) {
        const auto token = slip_text(appointment);
        if (!token) return token.error().what;
        next_scan_ = *token;
        return {};
    }

    Result<std::string> slip_text(const std::string& appointment) {
        const auto time = TRY(SiteTime::in_zone(site_.time_zone));
        auto store = TRY(open_store(data_, site_, time));
        const auto keys = TRY(site_keys(data_));
        const auto visit = TRY(store.visit_of(appointment, ""));
        return sign_token({visit.id, visit.starts + 24h}, keys);
    }

    std::optional<std::chrono::milliseconds> until_due() const {
        auto due = kiosk_->due();
        std::optional<std::chrono::milliseconds> left;
        if (due) left = std::max(0ms, *due - clock_->elapsed());
        if (const auto held = wedge_.due()) {
            const auto gap = std::max(0ms, *held - last_key_);
            if (!left || gap < *left) left = gap;
        }
        return left;
    }

    /// A signal asks the program to end.
    bool ended() const {
        char byte = 0;
        return ::read(signals_, &byte, 1) > 0 || errno != EAGAIN;
    }

    /// False when the window was closed.
    bool take_in_input() {
        const auto all = take_input(*window_);
        for (const auto& input : all) {
            if (std::holds_alternative<CloseAsked>(input.what)) return false;
            if (const auto* touch = std::get_if<Touch>(&input.what); touch && panel_)
                if (to_panel(*touch)) continue;
            if (typed_by_hand_or_scanner(input)) continue;
            kiosk_->input(input);
        }
        wedge_.passed(all.empty() ? last_key_ + Wedge::kPause : last_key_);
        give_what_was_typed();
        if (!next_scan_.empty()) kiosk_->scanned(std::exchange(next_scan_, {}));
        return true;
    }

    bool to_panel(const Touch& touch) {
        const bool over = touch.x >= float(display_.width);
        const bool down = touch.what == Touch::What::down ||
                          (touch.what == Touch::What::moved && panel_down_);
        if (!over && !panel_down_) return false;
        panel_down_ = down;
        SimulatedPanel::pointer(touch.x, touch.y, down);
        // ImGui answers a click one picture after the button went down.
        for (int picture = 0; picture < 3; ++picture) {
            kiosk_->expose();
            kiosk_->draw();
        }
        return true;
    }

    /// Keys go through the wedge, which tells a scanner that types from a person.
    bool typed_by_hand_or_scanner(const Input& input) {
        if (const auto* text = std::get_if<Text>(&input.what)) {
            last_key_ = input.at;
            wedge_.text(text->utf8, input.at);
        } else if (const auto* key = std::get_if<Key>(&input.what);
                   key && key->name == Key::Name::enter) {
            last_key_ = input.at;
            wedge_.enter(input.at);
        } else {
            return false;
        }
        give_what_was_typed();
        return true;
    }

    void give_what_was_typed() {
        while (auto output = wedge_.take()) {
            switch (output->kind) {
                case Wedge::Output::Kind::typed:
                    kiosk_->input({Text{std::move(output->text)}, last_key_});
                    break;
                case Wedge::Output::Kind::enter:
                    kiosk_->input({Key{Key::Name::enter, false}, last_key_});
                    break;
                case Wedge::Output::Kind::scan:
                    kiosk_->scanned(std::move(output->text));
                    break;
            }
        }
    }

    std::filesystem::path data_;
    std::unique_ptr<Clock> machine_clock_;
    std::unique_ptr<CorrectedClock> clock_;  ///< put right by the server's
    bool chosen_time_ = false;
    std::chrono::milliseconds begun_{0};
    Site site_;
    Display display_;
    int signals_ = -1;
    std::unique_ptr<Window> window_;
    std::unique_ptr<EventWait> wait_;
    std::unique_ptr<SimulatedPrinter> simulated_printer_;
    std::unique_ptr<Printer> printer_;
    std::unique_ptr<Scanner> scanner_;
    SimulatedCamera simulated_camera_;
    SimulatedDesk simulated_desk_;
    NoDesk no_desk_;
    LanDesk lan_;
    std::chrono::milliseconds lan_again_{0};
    Wedge wedge_;
    std::chrono::milliseconds last_key_{0};
    std::unique_ptr<Effects> effects_;
    std::unique_ptr<Kiosk> kiosk_;
    std::unique_ptr<SimulatedPanel> panel_;
    std::mutex exchange_mutex_;
    std::unique_ptr<Exchange> exchange_;
    std::string next_scan_;
    bool panel_down_ = false;
    std::int64_t wake_ups_ = 0;
};

}  // namespace

Exit run_kiosk(const Options& options, const RunOptions& how) {
    log(events::started, FOYER_VERSION);
    if (const auto words = open_translations(asset("locale").string()); !words)
        return complain(words.error());
    auto kiosk = OnScreen::create(options, how);
    if (!kiosk) return complain(kiosk.error());
    return (*kiosk)->run();
}

}  // namespace foyer
