#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/seats/seat_resources.h"
#include "sync/server/fhir_server.h"

namespace foyer {

/// What the seats of classes ask of the clinic's server, read into their own types. One
/// request a call, one a page for what finds several.
///
/// All fail as FhirServer does, and with
/// - `refused` when the server does not let us in (401, 403),
/// - `busy` when it asks us to wait (429, 503; retry_after() says how long),
/// - `bad_input` for whatever else is of no use here: a search refused, another 5xx,
///   what is no FHIR.
class SeatServer {
public:
    explicit SeatServer(FhirServer& server) : server_(server) {}

    /// The Appointment that a sign-up made, if it did (sync.md decision 2). Of several,
    /// which no server should have, the one that holds a seat.
    Result<std::optional<Booking>> booking_of(std::string_view unit);
    Result<std::optional<Booking>> booking(std::string_view id);
    Result<std::vector<Booking>> bookings(const std::vector<std::string>& ids);
    /// The wait lists of sessions that start in [from, until), in their order, and who
    /// holds an offer among them. Only what kiosks wrote: other Appointments do not say
    /// which session they wait for.
    Result<std::vector<Booking>> lines(Instant from, Instant until);
    /// Without offers.
    Result<std::vector<Booking>> waiting(Instant from, Instant until);
    Result<std::vector<Booking>> waiting(const ClassSession& session);
    /// Appointments that name one of these Slots, called off or not.
    Result<std::vector<Booking>> on_seats(const std::vector<std::string>& slots);
    /// Whether anything at the server says that the patient came: its status, the
    /// Provenance of a check-in or a sign-in, an attendance Observation.
    Result<bool> has_come(const Booking& booking);

    /// Every Slot of a Schedule that starts in [from, until), by id.
    Result<std::vector<Seat>> seats(const std::string& schedule, Instant from,
                                    Instant until);
    Result<std::vector<Seat>> seats(const ClassSession& session);
    Result<std::optional<Seat>> seat(std::string_view id);
    /// None if it is not there.
    Result<std::optional<ClassSchedule>> schedule(std::string_view id);
    /// A Location as JSON. None if it is not there.
    Result<std::optional<std::string>> place(std::string_view id);

    /// What came of a change. `unknown`: a 5xx that says nothing; look before you try
    /// again.
    enum class Outcome { done, lost, refused, unknown };
    Result<Outcome> change(const std::vector<Change>& changes);
    Result<Outcome> put(const Seat& seat, const std::string& resource);
    Result<Outcome> put(const Booking& booking, const std::string& resource);
    Result<Outcome> create(const std::string& resource, const std::string& unless);

    /// The version that the last put() made; may be empty.
    const std::string& new_version() const { return new_version_; }
    /// Why the last change was refused, in the server's words.
    const std::string& why() const { return why_; }
    std::optional<std::chrono::seconds> retry_after() const { return retry_after_; }

    FhirServer& server() { return server_; }

private:
    Result<std::vector<std::string>> found(const std::string& query);
    Result<std::vector<Booking>> bookings_of(const std::string& query);
    Result<void> must_be_good(const Answer& answer);
    Result<std::optional<Answer>> one(std::string_view type, std::string_view id);
    Result<Outcome> outcome(const Answer& answer);

    FhirServer& server_;
    std::string new_version_, why_;
    std::optional<std::chrono::seconds> retry_after_;
};

}  // namespace foyer
