#pragma once

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "sync/clinic/site.h"
#include "sync/records/store.h"
#include "sync/seats/seat_server.h"
#include "sync/server/probe.h"

namespace foyer {

/// The house-keeping of seats: what has to be done without anybody asking. Every change
/// at the server carries If-Match, so that several devices may do it at once; the only
/// thing that is left to one of them is the order of the wait list.
class Tending {
public:
    struct Parts {
        Store& store;
        SeatServer& server;
        const Site& site;
        std::string device;
        std::mt19937_64& dice;
    };
    explicit Tending(Parts parts) : p_(parts) {}

    /// See Seats::tend.
    Result<Instant> step(Instant now, const Abilities& abilities, bool elected);

private:
    Result<Instant> attempt(Instant now, const Abilities& abilities, bool elected);

    /// What one look at a Schedule's Slots showed.
    struct Look {
        Instant now{};     ///< by our clock
        Instant theirs{};  ///< by the server's
        bool trusted = false;
        bool elected = false;
        std::vector<Seat> seats;
        std::vector<Lease> leases;    ///< ours, of this Schedule
        std::set<std::string> given;  ///< lent seats that were given away here
    };
    struct Counts {
        int seats = 0, free = 0, ours = 0;
    };
    using Sessions = std::map<Instant, Counts>;

    Result<void> follow(Instant now);
    Result<void> follow(SignUp sign_up, const std::vector<Booking>& shown,
                        const std::vector<Booking>& line, Instant now);
    Result<std::vector<std::string>> schedules(Instant now);
    Result<bool> tend(const std::string& schedule, Instant now, bool elected);

    // Each does at most one thing; true if it did.
    Result<bool> settle_leases(const Look& look);
    Result<bool> settle_holders(const Look& look);
    Result<bool> promote(const Look& look, const std::string& schedule);
    Result<bool> free_orphan(const Look& look);
    Result<bool> give_back(const Look& look, const Sessions& sessions);
    Result<bool> renew(const Look& look);
    Result<bool> borrow(const Look& look, const Sessions& sessions);

    Result<bool> free(const Seat& seat);
    Result<bool> lend(const Seat& seat, Instant expires);
    Sessions sessions_of(const Look& look) const;

    Parts p_;
    Instant follow_at_{}, tend_at_{}, last_{};
    std::vector<std::string> left_;  ///< schedules still to be tended in this turn
    int done_here_ = 0;              ///< of the first of them
    std::map<std::string, Instant> orphans_at_;
};

}  // namespace foyer
