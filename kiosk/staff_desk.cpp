#include "kiosk/staff_desk.h"

#include "platform/log.h"
#include "platform/log_events.h"
#include "platform/pin.h"

namespace foyer {

Event StaffDesk::carry(const CheckPin& order, Store* store,
                       std::chrono::milliseconds given) {
    const bool wait = pins_.wait(given) > std::chrono::milliseconds(0);
    const bool right = !wait && pin_matches(order.digits, parts_.site->staff_pin_hash);
    if (right) {
        log(events::staff_entered);
        return PinRight{exchange_note(store)};
    }
    if (!wait) pins_.missed(given);
    return PinWrong{};
}

ExchangeNote StaffDesk::exchange_note(Store* store) const {
    using State = ExchangeNote::State;
    ExchangeNote said;
    if (!*parts_.exchange || store == nullptr) return said;
    const auto health = (*parts_.exchange)();
    said.state = health.state == SyncHealth::State::online         ? State::online
                 : health.state == SyncHealth::State::unauthorized ? State::unauthorized
                                                                   : State::offline;
    if (health.last_exchange) said.last = parts_.time->local(*health.last_exchange);
    if (const auto counts = store->counts(parts_.clock->now())) {
        said.waiting = int(counts->waiting_units);
        said.refused = int(counts->parked_units);
        said.conflicts = int(counts->open_conflicts);
    }
    return said;
}

}  // namespace foyer
