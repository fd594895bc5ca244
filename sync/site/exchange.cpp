#include "sync/site/exchange.h"

#include <algorithm>

#include "platform/log_events.h"
#include "sync/site/sharing.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;
using Kind = SiteMessage::Kind;

/// Starts of a peer that are remembered as over.
constexpr std::size_t epochs_remembered = 64;
/// The clock is watched, and late visits are looked for, this often.
constexpr auto house_kept_every = 15s;

}  // namespace

Result<SiteExchange> SiteExchange::create(Parts parts) {
    std::vector<SitePeer> peers;
    for (const auto& peer : parts.peers)
        peers.push_back(
            {.name = peer.name, .role = peer.role, .public_key = peer.public_key});
    TRY(parts.store->set_site_peers(peers));
    return SiteExchange(std::move(parts));
}

SiteExchange::SiteExchange(Parts parts)
    : parts_(std::move(parts)), standing_(parts_.peers.size()) {}

// --- what comes
// ----------------------------------------------------------------------------

SiteExchange::Letters SiteExchange::received(std::size_t from, std::string_view text) {
    const auto message = site_message(text);
    if (!message) {
        log(events::lan_turned_down, from + 1, "format");
        return {};
    }
    Standing& peer = standing_[from];
    if (repeats(peer, *message)) {
        log(events::lan_turned_down, from + 1, "said before");
        return {};
    }
    peer.heard = parts_.clock->elapsed();
    watch_peers();

    const auto& key = parts_.peers[from].public_key;
    const auto& unit = message->unit.ref;
    Result<void> done;
    switch (message->kind) {
        case Kind::beat:
            peer.device_index = message->device_index;
            peer.attended = message->attended;
            peer.synced = message->synced;
            break;
        case Kind::unit:
            return take(from, *message);
        case Kind::got:
            done = parts_.store->site_heard(key, unit, Hearing::got);
            break;
        case Kind::shown:
            done = parts_.store->site_heard(key, unit, Hearing::shown);
            break;
        case Kind::refused:
            log(events::lan_turned_down, from + 1, message->why);
            // What comes from tomorrow may be right tomorrow; the rest never will.
            if (message->why != SiteRefusal::future)
                done = parts_.store->site_heard(key, unit, Hearing::shown);
            break;
        case Kind::done:
            if (parts_.peers[from].role != SiteRole::board)
                done = parts_.store->at_server(unit);
            break;
    }
    if (!done) log(events::lan_failed, "noting an answer", done.error().code);
    if (message->kind == Kind::shown || (done && message->kind == Kind::refused))
        peer.on_the_way.erase(unit);
    if (message->kind == Kind::got)
        // A desk that has it and has not shown it is asked again in its time.
        if (const auto way = peer.on_the_way.find(unit); way != peer.on_the_way.end())
            way->second.again = parts_.clock->elapsed() + tuning::lan_again_at_most;
    return {};
}

/// Whether it was said before, by this start of the peer or by one that is over. The
/// transport's own keys and nonces already keep recorded frames out; this is for a
/// second device under the same key, and for faults of our own.
bool SiteExchange::repeats(Standing& peer, const SiteMessage& message) const {
    if (message.epoch == peer.epoch && peer.heard) {
        if (message.number <= peer.number) return true;
        peer.number = message.number;
        return false;
    }
    auto& past = peer.past_epochs;
    if (std::ranges::find(past, message.epoch) != past.end()) return true;
    if (peer.heard) past.push_back(peer.epoch);
    if (past.size() > epochs_remembered) past.pop_front();
    peer.epoch = message.epoch;
    peer.number = message.number;
    return false;
}

std::optional<SiteRefusal> SiteExchange::refusal(const Peer& peer,
                                                 const SiteUnit& unit) const {
    if (!may_say(peer.role, unit.unit) || !told_to(parts_.role, unit.unit))
        return SiteRefusal::role;
    // No clock, neither ours nor theirs, keeps a call for help from being heard.
    if (unit.unit.lane == Lane::safety) return std::nullopt;
    if (unit.clock == ClockQuality::untrusted || clock_ == ClockQuality::untrusted)
        return std::nullopt;
    const Instant now = parts_.clock->now();
    if (unit.unit.at < now - tuning::lan_oldest) return SiteRefusal::old;
    if (unit.unit.at > now + tuning::lan_newest) return SiteRefusal::future;
    return std::nullopt;
}

SiteExchange::Letters SiteExchange::take(std::size_t from, const SiteMessage& message) {
    const auto& peer = parts_.peers[from];
    SiteMessage answer;
    answer.unit.ref = message.unit.ref;
    if (const auto why = refusal(peer, message.unit)) {
        answer.kind = Kind::refused;
        answer.why = *why;
        log(events::lan_turned_down, from + 1, *why);
        return {letter(from, answer)};
    }
    const auto apart = tuning::lan_carry_apart * parts_.device_index;
    const Carrying carrying{.on = parts_.carries,
                            .arrivals_after = tuning::lan_carry_after + apart,
                            .safety_after = tuning::lan_carry_safety_after + apart};
    const auto fresh = parts_.store->take_from_site(message.unit, peer.public_key,
                                                    carrying, parts_.clock->now());
    if (!fresh) {
        log(events::lan_failed, "keeping a unit", fresh.error().code);
        return {};
    }
    const auto shown = parts_.store->heard_unit_shown(message.unit.ref);
    answer.kind = shown && *shown ? Kind::shown : Kind::got;
    if (*fresh && parts_.heard)
        parts_.heard({.unit = message.unit, .from = {}, .name = peer.name});
    return {letter(from, answer)};
}

// --- what is said
// --------------------------------------------------------------------------

SiteExchange::Letter SiteExchange::letter(std::size_t to, SiteMessage message) {
    message.epoch = parts_.epoch;
    message.number = ++standing_[to].said;
    return {to, to_text(message)};
}

SiteExchange::Letters SiteExchange::due() {
    Letters letters;
    watch_peers();
    keep_house();
    const auto elapsed = parts_.clock->elapsed();
    const bool beats = !beaten_ || elapsed >= *beaten_ + tuning::lan_beat_every;
    if (beats) {
        beaten_ = elapsed;
        see_synced();
    }
    for (std::size_t to = 0; to < standing_.size(); ++to) {
        if (beats) beat(to, letters);
        if (!alive(to)) continue;
        const auto told = tell(to, letters);
        if (!told) log(events::lan_failed, "reading what to say", told.error().code);
    }
    const auto said = say_done(letters);
    if (!said) log(events::lan_failed, "reading what is done", said.error().code);
    return letters;
}

/// Nothing of ours up to the sign-ups waits: whatever was done here until now the
/// server has.
void SiteExchange::see_synced() {
    if (parts_.role != SiteRole::kiosk || !parts_.carries ||
        clock_ == ClockQuality::untrusted)
        return;
    const Instant now = parts_.clock->now();
    const auto none = parts_.store->nothing_waits(Lane::sign_ups);
    if (none && *none) synced_ = now;
}

void SiteExchange::beat(std::size_t to, Letters& letters) {
    SiteMessage message;
    message.kind = Kind::beat;
    message.device_index = parts_.role == SiteRole::kiosk ? parts_.device_index : -1;
    message.attended = attended_;
    if (parts_.peers[to].role == SiteRole::kiosk) message.synced = synced_;
    letters.push_back(letter(to, message));
}

Result<void> SiteExchange::tell(std::size_t to, Letters& letters) {
    const auto& peer = parts_.peers[to];
    auto& way = standing_[to].on_the_way;
    const auto elapsed = parts_.clock->elapsed();
    auto waiting = TRY(
        parts_.store->site_waiting(peer.public_key, peer.role, tuning::lan_at_once));
    if (peer.role == SiteRole::desk) {
        auto unseen =
            TRY(parts_.store->site_unseen(peer.public_key, tuning::lan_at_once));
        std::ranges::move(unseen, std::back_inserter(waiting));
    }
    std::map<Alias, OnTheWay> still;
    for (auto& unit : waiting) {
        const auto body = told_to(peer.role, unit.unit);
        if (!body) {
            TRY(parts_.store->site_heard(peer.public_key, unit.ref, Hearing::shown));
            continue;
        }
        OnTheWay now;
        if (const auto known = way.find(unit.ref); known != way.end())
            now = known->second;
        if (elapsed >= now.again) {
            SiteMessage message;
            message.kind = Kind::unit;
            message.unit = unit;
            message.unit.unit.body = *body;
            if (peer.role == SiteRole::board)
                message.unit.unit.id = message.unit.unit.after = {};
            auto said = letter(to, std::move(message));
            if (said.text.size() > longest_message) {
                log(events::lan_failed, "saying a long unit", Error::Code::bad_input);
                TRY(parts_.store->site_heard(peer.public_key, unit.ref,
                                             Hearing::shown));
                continue;
            }
            letters.push_back(std::move(said));
            const auto doubled =
                std::chrono::milliseconds(tuning::lan_again_after) * (1 << now.tries);
            now.again = elapsed + std::min<std::chrono::milliseconds>(
                                      doubled, tuning::lan_again_at_most);
            now.tries = std::min(now.tries + 1, 6);
        }
        still[unit.ref] = now;
    }
    way = std::move(still);
    return {};
}

Result<void> SiteExchange::say_done(Letters& letters) {
    const auto done = TRY(parts_.store->newly_at_server());
    if (done.empty()) return {};
    // Lost ones cost whoever carries the unit one look at the server.
    for (const auto& unit : done)
        for (std::size_t to = 0; to < standing_.size(); ++to) {
            if (!alive(to) || parts_.peers[to].role == SiteRole::board) continue;
            SiteMessage message;
            message.kind = Kind::done;
            message.unit.ref = unit;
            letters.push_back(letter(to, message));
        }
    return parts_.store->said_at_server(done);
}

SiteExchange::Letters SiteExchange::shown(const Alias& unit) {
    if (const auto noted = parts_.store->show_heard_unit(unit); !noted) {
        log(events::lan_failed, "noting what was shown", noted.error().code);
        return {};
    }
    // Whoever did not say it makes nothing of this.
    Letters letters;
    for (std::size_t to = 0; to < standing_.size(); ++to) {
        SiteMessage message;
        message.kind = Kind::shown;
        message.unit.ref = unit;
        letters.push_back(letter(to, message));
    }
    return letters;
}

// --- who is there
// --------------------------------------------------------------------------

bool SiteExchange::alive(std::size_t peer) const {
    const auto& heard = standing_[peer].heard;
    return heard && parts_.clock->elapsed() - *heard < tuning::lan_gone_after;
}

bool SiteExchange::desk_hears() const {
    for (std::size_t i = 0; i < standing_.size(); ++i)
        if (parts_.peers[i].role == SiteRole::desk && standing_[i].attended && alive(i))
            return true;
    return false;
}

bool SiteExchange::elected() const {
    if (parts_.role != SiteRole::kiosk) return false;
    for (std::size_t i = 0; i < standing_.size(); ++i) {
        if (parts_.peers[i].role != SiteRole::kiosk || !alive(i)) continue;
        const int theirs = standing_[i].device_index;
        if (theirs < 0) continue;
        // Two kiosks under one index are a mistake; still only one is elected.
        if (std::pair(theirs, parts_.peers[i].public_key) <
            std::pair(parts_.device_index, parts_.public_key))
            return false;
    }
    return true;
}

std::optional<Instant> SiteExchange::peers_synced() const {
    Instant least = Instant::max();
    for (std::size_t i = 0; i < standing_.size(); ++i) {
        if (parts_.peers[i].role != SiteRole::kiosk) continue;
        if (!alive(i) || !standing_[i].synced) return std::nullopt;
        least = std::min(least, *standing_[i].synced);
    }
    return least;
}

void SiteExchange::watch_peers() {
    for (std::size_t i = 0; i < standing_.size(); ++i) {
        auto& peer = standing_[i];
        const bool now = alive(i);
        if (now == peer.was_alive) continue;
        peer.was_alive = now;
        peer.on_the_way.clear();  // a peer that is back is told at once
        if (now) {
            beaten_.reset();  // and hears at once that we are there
            log(events::lan_peer_here, i + 1);
        } else {
            log(events::lan_peer_gone, i + 1);
        }
        const auto noted = parts_.store->saw_site_peer(parts_.peers[i].public_key,
                                                       parts_.clock->now());
        if (!noted) log(events::lan_failed, "noting a peer", noted.error().code);
    }
}

void SiteExchange::keep_house() {
    const auto elapsed = parts_.clock->elapsed();
    if (kept_house_ && elapsed < *kept_house_ + house_kept_every) return;
    kept_house_ = elapsed;
    const Instant now = parts_.clock->now();
    if (const auto clock = parts_.store->see_clock(now)) clock_ = *clock;
    const auto applied = parts_.store->apply_heard_arrivals(now);
    if (!applied) log(events::lan_failed, "applying arrivals", applied.error().code);
    if (purged_ && elapsed < *purged_ + tuning::lan_purge_every) return;
    purged_ = elapsed;
    if (clock_ == ClockQuality::untrusted) return;
    if (const auto purged = parts_.store->purge_site(now); !purged)
        log(events::lan_failed, "purging", purged.error().code);
}

}  // namespace foyer
