#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/records/store.h"
#include "sync/site/message.h"

namespace foyer {

/// What a device says to the others of its site and makes of what they say: no network,
/// no thread, no waiting. SiteChannel carries its letters; a test plays the network.
///
/// Every unit is said to every peer that may hear it until that peer says that it is in
/// its records; it counts there once. What a peer missed while it was away follows in
/// the order of the lanes. No peer passes on what it heard: all know each other.
///
/// One thread. A fault of the records is logged and leaves all as it was: nothing is
/// confirmed that was not kept.
class SiteExchange {
public:
    struct Peer {
        std::string name;
        SiteRole role = SiteRole::kiosk;
        std::string public_key;  ///< Z85
    };
    struct Parts {
        Store* store = nullptr;        ///< outlives it
        const Clock* clock = nullptr;  ///< outlives it
        std::vector<Peer> peers;
        SiteRole role = SiteRole::kiosk;  ///< this device's
        std::string public_key;           ///< this device's
        int device_index = 0;
        bool carries = false;     ///< this device tells a server
        std::uint64_t epoch = 0;  ///< random, of this start
        /// A unit that is new here, once it is in the records. May be empty.
        std::function<void(const HeardUnit&)> heard;
    };
    /// Makes the peers known to the records.
    static Result<SiteExchange> create(Parts parts);

    /// Something to say to `parts.peers[to]`.
    struct Letter {
        std::size_t to = 0;
        std::string text;
    };
    using Letters = std::vector<Letter>;

    /// `parts.peers[from]` said this, as its key proves.
    Letters received(std::size_t from, std::string_view text);
    /// What is due: beats, units, units again. At least once a second, and as soon as
    /// something new is in the records.
    Letters due();

    /// A person at this device has the unit before them.
    Letters shown(const Alias& unit);
    /// Whether such a person is there; said with every beat.
    void attended(bool now) { attended_ = now; }

    bool alive(std::size_t peer) const;
    /// A desk is alive and somebody is there.
    bool desk_hears() const;
    /// Of the kiosks that are alive this one has the lowest device index.
    bool elected() const;
    /// Up to when all that happened at the other kiosks is at the server, by the one
    /// furthest behind. None while one of them is not alive or does not say; the end of
    /// time without any.
    std::optional<Instant> peers_synced() const;

private:
    explicit SiteExchange(Parts parts);

    struct OnTheWay {
        std::chrono::milliseconds again{};  ///< elapsed()
        int tries = 0;
    };
    struct Standing {
        std::optional<std::chrono::milliseconds> heard;  ///< elapsed()
        bool was_alive = false;
        int device_index = -1;
        bool attended = false;
        std::optional<Instant> synced;
        std::uint64_t epoch = 0, number = 0;
        std::deque<std::uint64_t> past_epochs;
        std::uint64_t said = 0;  ///< numbers used up
        std::map<Alias, OnTheWay> on_the_way;
    };

    Letter letter(std::size_t to, SiteMessage message);
    bool repeats(Standing& peer, const SiteMessage& message) const;
    std::optional<SiteRefusal> refusal(const Peer& peer, const SiteUnit& unit) const;
    Letters take(std::size_t from, const SiteMessage& message);
    void beat(std::size_t to, Letters& letters);
    void see_synced();
    Result<void> tell(std::size_t to, Letters& letters);
    Result<void> say_done(Letters& letters);
    void watch_peers();
    void keep_house();

    Parts parts_;
    std::vector<Standing> standing_;
    bool attended_ = false;
    ClockQuality clock_ = ClockQuality::trusted;
    std::optional<Instant> synced_;  ///< when nothing of ours waited last
    std::optional<std::chrono::milliseconds> beaten_, kept_house_, purged_;
};

}  // namespace foyer
