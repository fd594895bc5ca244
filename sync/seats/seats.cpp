#include "sync/seats/seats.h"

#include "sync/seats/seat_server.h"
#include "sync/seats/sending.h"
#include "sync/seats/tending.h"

namespace foyer {

struct Seats::Inside {
    explicit Inside(const Parts& given)
        : parts(given),
          device(given.site->id + "/" + std::to_string(given.site->device_index)),
          dice(given.seed),
          server(*given.server),
          tending({*given.store, server, *given.site, device, dice}) {}

    Parts parts;
    std::string device;
    std::mt19937_64 dice;
    SeatServer server;
    Tending tending;
};

Seats::Seats(Parts parts) : inside_(std::make_unique<Inside>(parts)) {}
Seats::~Seats() = default;

Result<Settled> Seats::send(const Unit& unit, const Abilities& abilities) {
    Sending sending{.server = inside_->server,
                    .store = *inside_->parts.store,
                    .abilities = abilities,
                    .device = inside_->device,
                    .now = inside_->parts.server->server_time(),
                    .dice = inside_->dice,
                    .unit = unit,
                    .act = {}};
    auto act = class_act_from(unit.body);
    if (!act) {
        Settled settled = sending.parked();
        settled.why = act.error().what;
        return settled;
    }
    sending.act = *std::move(act);
    auto settled = sending.act.act == "leave-class" ? send_leaving(sending)
                                                    : send_sign_up(sending);
    // An answer that nobody can read is this unit's trouble alone.
    if (!settled && settled.error().code == Error::Code::bad_input)
        return sending.later();
    if (settled)
        for (const Conflict& conflict : settled->conflicts)
            if (conflict.settled.empty())
                settled->follow_ups.push_back(sending.desk_task(conflict));
    return settled;
}

Result<Instant> Seats::tend(Instant now, const Abilities& abilities, bool elected) {
    return inside_->tending.step(now, abilities, elected);
}

std::optional<std::chrono::seconds> Seats::retry_after() const {
    return inside_->server.retry_after();
}

}  // namespace foyer
