#include "sync/push/push.h"

#include <algorithm>
#include <cassert>

#include "sync/push/round.h"

namespace foyer {

namespace {

bool is_sign_up(const Unit& unit) {
    return unit.lane == Lane::sign_ups;
}

}  // namespace

Pusher::Pusher(Parts parts) : parts_(std::move(parts)), dice_(parts_.seed) {
    assert(parts_.store && parts_.server && parts_.site);
}

Result<PushOutcome> Pusher::round(int at_most, Lane lanes_up_to,
                                  const Abilities& abilities) {
    const Instant now =
        parts_.clock ? parts_.clock->now() : parts_.server->server_time();
    auto units = TRY(parts_.store->ready_units(now, at_most));
    std::erase_if(units, [&](const Unit& unit) {
        return unit.lane > lanes_up_to || (is_sign_up(unit) && !parts_.sign_ups);
    });
    if (units.empty()) return PushOutcome{};
    TRY(parts_.store->begin_tries(units));

    PushOutcome outcome;
    std::vector<Settled> settled;
    const auto take = [&](Round::Outcome one) {
        outcome.server = one.server;
        outcome.retry_after = one.retry_after;
        if (!one.settled) return;
        switch (one.settled->how) {
            case Settled::How::acknowledged:
                ++outcome.acknowledged;
                break;
            case Settled::How::later:
                ++outcome.later;
                break;
            case Settled::How::parked:
                ++outcome.parked;
                break;
        }
        settled.push_back(*std::move(one.settled));
    };

    Round round(parts_, abilities, now, dice_);
    if (auto stopped = round.prepare(units)) take(*std::move(stopped));
    for (const auto& unit : units) {
        if (outcome.server != PushOutcome::Server::well) break;
        take(round.send(unit));
    }
    TRY(parts_.store->settle(settled));
    return outcome;
}

}  // namespace foyer
