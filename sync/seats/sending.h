#pragma once

#include <random>
#include <string>
#include <string_view>

#include "sync/records/outbox.h"
#include "sync/records/store.h"
#include "sync/seats/seat_server.h"
#include "sync/server/probe.h"

namespace foyer {

/// The body of a unit "sign-up", "leave-class" or "accept-offer".
struct ClassAct {
    std::string act, patient;
    ClassSession session;
    int nth = 0;
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    std::string leased;       ///< sign-up: the lent seat that was given away, or empty
    bool here = false;        ///< sign-up: at the door
    std::string sign_up;      ///< the others: the unit of the sign-up
    std::string appointment;  ///< accept-offer: FHIR id
    std::optional<Instant> accept_by;  ///< accept-offer: as the patient was told
};
Result<ClassAct> class_act_from(std::string_view body);
/// The unit of a patient's nth sign-up for a session.
std::string sign_up_unit(const ClassAct& act, int nth);

/// What sending one unit works with.
struct Sending {
    SeatServer& server;
    Store& store;
    const Abilities& abilities;
    std::string device;  ///< "clinic/3"
    Instant now{};       ///< by the server's clock, as is all that the engine waits for
    std::mt19937_64& dice;
    const Unit& unit;
    ClassAct act;

    Settled acknowledged() const;
    /// Tried again after a while; longer after each try.
    Settled later() const;
    Settled parked() const;
    Conflict conflict(const char* kind, std::string ours, std::string theirs,
                      const char* settled_by) const;
    /// For whoever decides what no rule settled.
    Unit desk_task(const Conflict& conflict) const;
    /// The Provenance of this act, conditional where the server can.
    Change provenance(std::vector<std::string> targets, Instant recorded,
                      const char* activity, const std::string& unit_id) const;
};

/// Each to its end, and safe to repeat.
Result<Settled> send_sign_up(Sending sending);
Result<Settled> send_leaving(Sending sending);
Result<Settled> send_acceptance(Sending sending);

}  // namespace foyer
