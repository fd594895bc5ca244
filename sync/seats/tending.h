#pragma once

#include <functional>
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

/// None if it is not among them.
const Seat* seat_of(const std::vector<Seat>& seats, std::string_view id);
/// What the house-keeping found other than it was, about a sign-up or a Slot.
Conflict conflict_about(const char* kind, const std::string& about, Instant at,
                        const std::string& ours, const std::string& theirs,
                        const char* settled);

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
        /// See Seats::Parts.
        std::function<std::optional<Instant>()> peers_synced;
    };
    explicit Tending(Parts parts) : p_(std::move(parts)) {}

    /// See Seats::tend.
    Result<Instant> step(Instant now, const Abilities& abilities, bool elected);

    // What staff does by hand; see Seats.
    Result<int> offer(const ClassSession& session, const std::string& by);
    Result<int> release(const ClassSession& session, const std::string& patient,
                        const std::string& by);

private:
    Result<Instant> attempt(Instant now, const Abilities& abilities, bool elected);

    /// What one look at a Schedule's Slots showed.
    struct Look {
        Instant now{};     ///< by our clock
        Instant theirs{};  ///< by the server's
        bool trusted = false;
        bool elected = false;
        std::string schedule;
        ClassRule rule;
        std::vector<Seat> seats;      ///< that count, of sessions that are not over
        std::set<Instant> starts;     ///< of sessions with any Slot, also blocked ones
        std::vector<Lease> leases;    ///< ours, of this Schedule
        std::set<std::string> given;  ///< lent seats that were given away here
    };
    struct Counts {
        int seats = 0, free = 0, ours = 0;
    };
    using Sessions = std::map<Instant, Counts>;

    /// What following our patients' sign-ups looks at.
    struct Shown {
        Instant now{};
        std::vector<Booking> bookings, line;
        std::set<ClassSession> called_off;
    };
    Result<void> follow(Instant now);
    Result<void> follow(const SignUp& held, const Shown& shown);
    Result<void> follow_session(SignUp& sign_up, const Booking& booking);
    Result<std::vector<std::string>> schedules(Instant now);
    Result<void> see_lines(Instant now);
    Result<void> read_class(const std::string& schedule, Instant now);
    Result<Look> look_at(const std::string& schedule, Instant now, bool elected);
    Result<bool> tend(const std::string& schedule, Instant now, bool elected);

    // Each does at most one thing; true if it did.
    Result<bool> settle_leases(const Look& look);
    Result<bool> settle_holders(const Look& look);
    Result<bool> give_up_offer(const Look& look);
    Result<bool> promote(const Look& look, const ClassSession* only = nullptr,
                         const std::string& by = {});
    Result<bool> release_no_show(const Look& look);
    Result<bool> check_holders(const Look& look);
    Result<bool> follow_seat(const Look& look, const std::vector<Booking>& holders);
    Result<bool> free_orphan(const Look& look, const std::vector<Booking>& holders);
    Result<bool> give_back(const Look& look, const Sessions& sessions);
    Result<bool> renew(const Look& look);
    Result<bool> borrow(const Look& look, const Sessions& sessions);

    enum class Released { done, here, lost };
    Result<Released> release(const Look& look, const Booking& booking,
                             const std::string& by);
    Result<std::optional<Instant>> site_synced(Instant now);
    bool may_have_line(const std::string& schedule) const;
    Change told(const Look& look, const std::string& act, const Booking& booking,
                const std::string& slot, const std::string& by = {}) const;

    Result<bool> free(const Seat& seat);
    Result<bool> lend(const Seat& seat, Instant expires);
    Sessions sessions_of(const Look& look) const;

    Parts p_;
    Instant follow_at_{}, tend_at_{}, last_{};
    std::vector<std::string> left_;  ///< schedules still to be tended in this turn
    int done_here_ = 0;              ///< of the first of them
    std::map<std::string, Instant> orphans_at_, read_at_;
    std::vector<Booking> lines_;  ///< as this turn began
};

}  // namespace foyer
