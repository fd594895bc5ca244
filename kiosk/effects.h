#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/effect.h"
#include "kiosk/event.h"
#include "platform/camera.h"
#include "platform/clock.h"
#include "platform/printer.h"
#include "sync/clinic/site.h"
#include "sync/health.h"
#include "sync/records/store.h"
#include "sync/site/desk_link.h"

namespace foyer {

/// What an effect came to, and when the screen may learn of it (Clock::elapsed()).
struct Outcome {
    Event event;
    std::chrono::milliseconds not_before{0};
    long order = 0;  ///< number of the order it answers
};

/// Opens the records under the keys of a data directory.
Result<Store> open_store(const std::filesystem::path& data, const Site& site,
                         const SiteTime& time,
                         std::chrono::milliseconds lock_wait = Store::lock_wait);
/// The keys a site's slips are signed with, from the data directory or systemd.
Result<SiteKeys> site_keys(const std::filesystem::path& data);

/// A visit as a screen may show it.
VisitCard card_of(const Visit& visit, Instant now, const Site& site,
                  const SiteTime& time);

/// Carries out what the flow orders. Used by one thread at a time: the worker's. Every
/// failure becomes an event; none ends the process.
class Effects {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the effects, as do all of these
        Printer* printer = nullptr;    ///< null: no printer
        DeskLink* desk = nullptr;
        Camera* camera = nullptr;  ///< null: no camera
        Site site;
        std::filesystem::path data;
        /// How long a save waits for another process that writes.
        std::chrono::milliseconds lock_wait = Store::lock_wait;
        /// The configuration cannot be used: the records are not opened, and why.
        std::optional<Error::Code> broken = std::nullopt;
        /// The exchange with the clinic's server; empty: there is none. Worker's
        /// thread.
        std::function<SyncHealth()> exchange;
        /// Something was written that may have to be sent. Worker's thread; quick.
        std::function<void()> queued;
        /// Called with an order's name once what it changed is durable, before anybody
        /// learns of it: where a story cuts the power. May be empty.
        std::function<void(const char* effect)> done;
    };
    using Post = std::function<void(Outcome)>;
    /// Fails with `bad_input` when the site's time zone is unknown.
    static Result<std::unique_ptr<Effects>> create(Parts parts);
    ~Effects();
    Effects(const Effects&) = delete;
    Effects& operator=(const Effects&) = delete;

    /// One order and what it needs to know of the session.
    struct Order {
        Effect effect;
        std::chrono::milliseconds given{0};  ///< when the patient tapped, elapsed()
        std::string language;
        bool large_print = false;
        long number = 0;  ///< counted up by whoever orders
    };
    /// Carries out one order and posts what it came to, at once or in steps.
    void carry_out(const Order& order, const Post& post);

    /// The clinic's side has answered something: posts what a screen waits to hear of.
    void look_around(const Post& post);
    /// Between orders: the clock is watched, and once a day what is past is erased.
    void keep_house();

private:
    struct Inside;
    explicit Effects(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
