#include "kiosk/commands/board.h"

#include <unistd.h>

#include <cerrno>
#include <deque>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "kiosk/board/board_view.h"
#include "kiosk/effects.h"
#include "platform/chime.h"
#include "platform/input.h"
#include "platform/log_events.h"
#include "platform/secrets.h"
#include "platform/wake.h"
#include "platform/window.h"
#include "sync/clinic/call_name.h"
#include "sync/site/channel.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// A desk that is away for longer calls nobody; shorter gaps are a restart.
constexpr auto alone_after = 60s;

/// Everything a board is made of, in the order it is taken apart again.
class LobbyBoard {
public:
    LobbyBoard(Workplace place, const BoardOptions& how, bool tells)
        : place_(std::move(place)), how_(how), tells_(tells) {}
    ~LobbyBoard() {
        channel_.reset();  // before what its thread calls
        view_.reset();     // before the window it draws on
        if (signals_ >= 0) ::close(signals_);
    }
    LobbyBoard(const LobbyBoard&) = delete;
    LobbyBoard& operator=(const LobbyBoard&) = delete;

    Result<void> open() {
        signals_ = TRY(end_signals());  // before the channel's thread
        if (how_.picture.empty())
            window_ = TRY(Window::on_screen({.title = "Foyer board",
                                             .width = how_.width,
                                             .height = how_.height,
                                             .fullscreen = !how_.window}));
        else
            window_ = TRY(Window::in_memory(how_.width, how_.height));
        view_ = std::make_unique<BoardView>(*window_);
        wait_ = TRY(EventWait::create(how_.picture.empty() ? window_.get() : nullptr));
        wait_->watch(signals_);
        if (!how_.silent) chime_ = loudspeaker_chime();
        return open_channel();
    }

    Result<void> run() {
        while (true) {
            take_in();
            TRY(draw());
            const auto woken = wait_->wait(until_change());
            if (woken == Woken::descriptor && ended()) return {};
            for (const auto& input : take_input_of_window())
                if (std::holds_alternative<CloseAsked>(input.what)) return {};
        }
    }

private:
    Result<void> open_channel() {
        const auto secret = TRY(foyer::secret("lan.key", place_.data));
        // What was called before this start, and is still to be seen: without a chime.
        auto store = TRY(open_store(place_.data, place_.site, place_.time));
        const auto backlog = TRY(store.heard_from_site());
        for (const auto& heard : backlog) board_.hear(heard, place_.clock->now());
        channel_ =
            TRY(SiteChannel::start({.store = std::move(store),
                                    .clock = place_.clock.get(),
                                    .lan = place_.site.lan,
                                    .role = LanSettings::Peer::Role::board,
                                    .device_index = place_.site.device_index,
                                    .carries = false,
                                    .secret = secret.bytes(),
                                    .heard =
                                        [this](const HeardUnit& unit) {
                                            const std::lock_guard lock(mutex_);
                                            heard_.push_back(unit);
                                            wait_->wake();
                                        },
                                    .peers_changed = [this] { wait_->wake(); }}));
        return {};
    }

    void take_in() {
        std::deque<HeardUnit> heard;
        {
            const std::lock_guard lock(mutex_);
            heard.swap(heard_);
        }
        bool rings = false;
        for (const auto& unit : heard)
            rings = board_.hear(unit, place_.clock->now()) || rings;
        if (channel_->desk_alive()) desk_seen_ = place_.clock->elapsed();
        if (!rings || !chime_) return;
        const auto rung = chime_->ring();
        if (!rung && !std::exchange(mute_, true))
            log(events::chime_failed, rung.error().code);
        if (rung) mute_ = false;
    }

    bool in_touch() const { return place_.clock->elapsed() - desk_seen_ < alone_after; }

    Result<void> draw() {
        const Instant now = place_.clock->now();
        BoardPicture picture{.clinic = place_.site.name,
                             .local = place_.time.local(now),
                             .now = {},
                             .languages = place_.site.languages,
                             .calls = board_.calls(now),
                             .in_touch = in_touch()};
        // Between two changes the picture is the same, whatever the second.
        picture.now =
            picture.calls.empty() || picture.calls.front().at + Board::new_for <= now
                ? Instant::max()
                : picture.calls.front().at;
        if (picture == drawn_) return {};
        view_->draw(picture);
        drawn_ = std::move(picture);
        if (!how_.picture.empty()) TRY(write_picture());
        if (tells_) tell();
        return {};
    }

    Result<void> write_picture() {
        // Whoever reads the file sees one picture or the next, never a half.
        const std::string half = how_.picture + ".part";
        const auto pixels = TRY(window_->read());
        TRY(write_png(pixels, half));
        std::error_code failed;
        std::filesystem::rename(half, how_.picture, failed);
        if (failed)
            return fail(Error::Code::read_only, how_.picture + ": " + failed.message());
        return {};
    }

    /// What is on the screen, for whoever tries a network out.
    void tell() const {
        nlohmann::json calls = nlohmann::json::array();
        for (const auto& call : drawn_->calls)
            calls.push_back({{"name", spoken(call.name, "en")}, {"place", call.place}});
        const nlohmann::json line = {{"calls", calls}, {"in_touch", drawn_->in_touch}};
        std::cout << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                  << std::endl;
    }

    /// The clock's next minute, the next change of the calls, or the desk's absence.
    std::chrono::milliseconds until_change() const {
        const Instant now = place_.clock->now();
        auto left = std::chrono::milliseconds(
            std::chrono::floor<std::chrono::minutes>(now) + 1min - now);
        if (const auto next = board_.changes_at(now))
            left = std::min(left, *next - now);
        if (in_touch() && !channel_->desk_alive())
            left = std::min(left, desk_seen_ + alone_after - place_.clock->elapsed());
        return std::max(left, 1ms);
    }

    std::vector<Input> take_input_of_window() {
        return how_.picture.empty() ? take_input(*window_) : std::vector<Input>();
    }
    bool ended() const {
        char byte = 0;
        return ::read(signals_, &byte, 1) > 0 || errno != EAGAIN;
    }

    Workplace place_;
    BoardOptions how_;
    bool tells_;
    int signals_ = -1;
    std::unique_ptr<Window> window_;
    std::unique_ptr<BoardView> view_;
    std::unique_ptr<EventWait> wait_;
    std::unique_ptr<Chime> chime_;
    bool mute_ = false;
    Board board_;
    std::optional<BoardPicture> drawn_;
    std::chrono::milliseconds desk_seen_{0};
    std::mutex mutex_;
    std::deque<HeardUnit> heard_;  ///< under the mutex
    std::unique_ptr<SiteChannel> channel_;
};

Result<void> run_board(const Options& options, const BoardOptions& how) {
    auto place = TRY(set_up(options));
    if (place.site.lan.listen.empty())
        return fail(Error::Code::bad_input,
                    "foyer.toml: write [lan] listen and the other devices "
                    "(docs/lan.md)");
    LobbyBoard board(std::move(place), how, options.json);
    TRY(board.open());
    return board.run();
}

}  // namespace

Exit board_command(const Options& options, const BoardOptions& how) {
    const auto ran = run_board(options, how);
    return ran ? Exit::ok : complain(ran.error());
}

}  // namespace foyer
