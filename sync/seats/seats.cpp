#include "sync/seats/seats.h"

#include "sync/seats/seat_server.h"
#include "sync/seats/sending.h"
#include "sync/seats/tending.h"

namespace foyer {

struct Seats::Inside {
    explicit Inside(Parts given)
        : parts(std::move(given)),
          device(parts.site->id + "/" + std::to_string(parts.site->device_index)),
          dice(parts.seed),
          server(*parts.server),
          tending(
              {*parts.store, server, *parts.site, device, dice, parts.peers_synced}) {}

    Parts parts;
    std::string device;
    std::mt19937_64 dice;
    SeatServer server;
    Tending tending;
};

Seats::Seats(Parts parts) : inside_(std::make_unique<Inside>(std::move(parts))) {}
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
    auto settled = sending.act.act == "leave-class"    ? send_leaving(sending)
                   : sending.act.act == "accept-offer" ? send_acceptance(sending)
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

Result<int> Seats::offer(const ClassSession& session, const std::string& by) {
    return inside_->tending.offer(session, by);
}

Result<int> Seats::release(const ClassSession& session, const std::string& patient,
                           const std::string& by) {
    return inside_->tending.release(session, patient, by);
}

Result<std::vector<Seats::Waiting>> Seats::lines(Instant from, Instant until) {
    std::vector<Waiting> all;
    for (const Booking& each : TRY(inside_->server.lines(from, until)))
        all.push_back({.unit = each.unit,
                       .patient = each.patient,
                       .session = {each.schedule, each.starts, each.ends},
                       .asked = each.asked ? each.asked->at : Instant(),
                       .here = each.asked && each.asked->here,
                       .accept_by = each.offered() ? std::optional(each.offer->until)
                                                   : std::nullopt});
    return all;
}

std::optional<std::chrono::seconds> Seats::retry_after() const {
    return inside_->server.retry_after();
}

}  // namespace foyer
