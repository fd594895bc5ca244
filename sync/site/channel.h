#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/clinic/site.h"
#include "sync/records/store.h"

namespace foyer {

/// This device on the site's own network: a thread of its own that carries the letters
/// of SiteExchange over ZeroMQ with CURVE. Who is not enrolled by public key in `[lan]`
/// is not let in and not answered; what a device may say and hear follows from the key
/// it proves.
///
/// The thread uses a store of its own; nothing here waits for it but wait_until() and
/// the destructor (at most 0.1 s).
class SiteChannel {
public:
    struct Parts {
        /// Another connection to the device's records.
        Store store;
        const Clock* clock = nullptr;  ///< outlives the channel
        LanSettings lan;
        SiteRole role = SiteRole::kiosk;  ///< this device's
        int device_index = 0;
        bool carries = false;  ///< this device tells a server (Store::take_from_site())
        std::span<const std::uint8_t, 32> secret;  ///< secret("lan.key"); copied
        /// A unit that is new here and durable; on the channel's thread. May be empty.
        std::function<void(const HeardUnit&)> heard = {};
        /// A peer came or went; on the channel's thread. May be empty.
        std::function<void()> peers_changed = {};
    };
    /// Fails with `bad_input` when an address or a key cannot be used, `busy` when the
    /// port is taken.
    static Result<std::unique_ptr<SiteChannel>> start(Parts parts);
    ~SiteChannel();
    SiteChannel(const SiteChannel&) = delete;
    SiteChannel& operator=(const SiteChannel&) = delete;

    // Any thread.

    /// Something new is in the records: it leaves now, not with the next beat (1 s).
    void wake();
    /// A person at this device has the unit before them: its sender learns of it.
    void shown(const Alias& unit);
    /// Whether somebody is at this desk to see what comes.
    void attended(bool now);

    /// A desk is alive and somebody is there.
    bool desk_hears() const;
    /// A desk is alive.
    bool desk_alive() const;
    /// Of the kiosks that are alive this one has the lowest index: what one device of
    /// the site does for all is its to do.
    bool elected() const;
    /// See SiteExchange.
    std::optional<Instant> peers_synced() const;
    /// As `lan.peers`.
    std::vector<bool> alive() const;
    /// Where it listens, with the port that was found for "tcp://127.0.0.1:*".
    const std::string& address() const;

    /// Asks `holds`, on the channel's thread and after each change, until it answers
    /// true. `offline` when it has not within `limit`; its own failure otherwise. Not
    /// for the channel's thread.
    using Question = std::function<Result<bool>(Store&)>;
    Result<void> wait_until(Question holds, std::chrono::milliseconds limit);

private:
    struct Inside;
    explicit SiteChannel(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
