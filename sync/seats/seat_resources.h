#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/records/seat_records.h"

namespace foyer {

/// Whose a lent seat is, and until when (extension `urn:foyer:lease`).
struct SeatHolder {
    std::string device;  ///< "clinic/3", value of its `urn:foyer:device` identifier
    Instant expires{};
};

/// A Slot as the server has it.
struct Seat {
    std::string id, version, status;
    ClassSession session;
    Instant updated{};  ///< meta.lastUpdated; the epoch if the server does not say
    std::optional<SeatHolder> holder;
    std::string json;

    bool free() const { return status == "free"; }
    bool lent_to(std::string_view device) const {
        return status == "busy-tentative" && holder && holder->device == device;
    }
    /// Somebody's, or to be had; else (`busy-unavailable`) it is not given away.
    bool counts() const {
        return free() || status == "busy" || status == "busy-tentative";
    }
};

/// When a patient asked, and how that counts in the wait list (extension
/// `urn:foyer:asked`).
struct AskedAt {
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    Instant order{};    ///< by the server's clock: what the wait list goes by
    bool here = false;  ///< at the door: the patient is there
};

/// A seat held for the first who waits (extension `urn:foyer:offer`).
struct SeatOffer {
    Instant until{};
    /// The patient said yes before the seat was given to somebody else, but was heard
    /// after that: the next seat is theirs without another question.
    bool accepted = false;
};

/// An Appointment of ours for a seat of a class.
struct Booking {
    std::string id, version, status;
    std::string unit;     ///< of the act that made it
    std::string patient;  ///< FHIR id
    std::string slot;     ///< FHIR id, empty without a seat
    std::string schedule;
    Instant starts{}, ends{};
    std::optional<AskedAt> asked;
    std::optional<SeatOffer> offer;
    std::optional<Instant> left;    ///< when the patient gave it up
    std::optional<Instant> missed;  ///< when the offer was given up: not accepted
    std::optional<Instant>
        released;  ///< when a kiosk gave the seat of who did not come
    std::string json;

    bool holds_seat() const {
        return status == "booked" || status == "arrived" || status == "checked-in" ||
               status == "fulfilled" || status == "pending";
    }
    bool waits() const { return status == "waitlist"; }
    /// A seat is held, and the patient has not said yes.
    bool offered() const { return status == "pending" && offer && !slot.empty(); }
    /// Since when nothing comes of it, if a kiosk said so: the patient may ask again.
    std::optional<Instant> ended() const {
        return left ? left : missed ? missed : released;
    }
    bool over() const {
        return status == "cancelled" || status == "entered-in-error" ||
               status == "noshow";
    }
};

/// The order of the wait list (sync.md decision 6): trusted time of asking, then unit.
bool before(const Booking& a, const Booking& b);

/// What a Schedule says of all its sessions.
struct ClassSchedule {
    bool active = true;
    std::string service_type;         ///< JSON of its serviceType; may be empty
    std::vector<std::string> actors;  ///< references of places and people
    std::string json;
};

/// `bad_input` when the JSON lacks what a seat needs.
Result<Seat> seat_from(std::string_view text);
/// Any Appointment; what is not there stays empty.
Result<Booking> booking_from(std::string_view text);
Result<ClassSchedule> schedule_from(std::string_view text);

/// The resources of a searchset, and where its next page is; `bad_input` if it is none.
struct FoundPage {
    std::vector<std::string> resources;
    std::string next;  ///< empty: the last one
};
Result<FoundPage> page_from(std::string_view bundle);

// What is sent. All edits keep whatever else the resource says (sync.md decision 3).

Result<std::string> taken(const Seat& seat);
Result<std::string> freed(const Seat& seat);
Result<std::string> lent(const Seat& seat, const SeatHolder& holder);
Result<std::string> with_seat(const Booking& booking, std::string_view slot);
/// `pending` with the seat, until then.
Result<std::string> offered(const Booking& booking, std::string_view slot,
                            Instant until);
/// `booked`, with the seat it holds.
Result<std::string> accepted(const Booking& booking);
Result<std::string> missed(const Booking& booking, Instant at);
/// `noshow`.
Result<std::string> released(const Booking& booking, Instant at);
/// Again on the wait list, at its place, without a seat and with its offer accepted.
Result<std::string> put_back(const Booking& booking);
Result<std::string> moved(const Booking& booking, const ClassSession& to);
Result<std::string> given_up(const Booking& booking, Instant at);
Result<std::string> asked_earlier(const Booking& booking, const AskedAt& asked);

/// `urn:foyer:op|<unit>/<role>`, encoded for a query.
std::string op_token(std::string_view unit, std::string_view role);

/// A new Appointment: `booked` with a seat, else `waitlist` or `proposed`.
struct NewBooking {
    std::string unit, patient, status, slot;
    ClassSession session;
    AskedAt asked;
    ClassSchedule schedule;
};
std::string resource_of(const NewBooking& booking);

/// Who did it, for whom, to what.
struct SeatProvenance {
    std::string unit, patient, device;
    std::vector<std::string> targets;  ///< references
    Instant recorded{};
    const char* activity = "CREATE";  ///< of v3-DataOperation
    std::string act = {};  ///< "sign-up", "leave-class", "accept-offer", "offer", ...
    std::string by = {};   ///< who of the staff, in words
};
std::string resource_of(const SeatProvenance& provenance);

/// One entry of a transaction.
struct Change {
    std::string method, url, resource;
    std::string if_match = {};       ///< a version
    std::string if_none_exist = {};  ///< a query without "?"
    std::string full_url = {};
};
/// PUTs that hold only while the resource is as we saw it.
Result<Change> taking(const Seat& seat);
Result<Change> freeing(const Seat& seat);
Result<Change> seating(const Booking& booking, std::string_view slot);
Result<Change> changing(const Booking& booking, Result<std::string> resource);
std::string transaction_of(const std::vector<Change>& changes);

}  // namespace foyer
