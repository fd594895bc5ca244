#pragma once

#include <map>

#include "sync/records/audit_log.h"
#include "sync/records/database.h"
#include "sync/records/sealed.h"
#include "sync/records/sealed_rows.h"
#include "sync/records/store.h"

namespace foyer {

/// "check-in|Appointment/17": two kiosks at which one patient checks in for one visit
/// name the same act.
std::string act_of_check_in(const SealedVisit& visit);

/// A Slot that was opened before, by the nonce of its sealed form.
struct HeldSeat {
    enum class Status { none, free, busy, blocked } status = Status::none;
    std::array<std::uint8_t, 24> nonce{};
    ClassSession session;
};

/// What the parts of the store share; only sync/records/*.cpp sees it.
struct Store::Inside {
    std::filesystem::path file;
    Database database;
    DeviceKeys device;
    SiteKeys site;
    SiteTime time;
    int device_index;
    /// The latest time seen, and whether the clock stands before it (housekeeping.cpp).
    Instant clock_mark{};
    bool clock_doubted = false;
    Instant clock_written{};               ///< the mark as the database has it
    std::map<Alias, HeldSeat> seats = {};  ///< by resource.id; see look_at_slots()

    /// A row's text, and a text for a row.
    Result<PlainText> open(std::string_view table, const Alias& row,
                           std::span<const std::uint8_t> sealed) const;
    Bytes seal(std::string_view table, const Alias& row, std::string_view text) const;

    Alias patient_alias(std::string_view id) const {
        return site.alias_of("Patient", id);
    }
    /// A visit's row: the same whether or not the Appointment is shared.
    Alias visit_row(std::string_view appointment, std::string_view patient) const;
    /// What slips carry, and Visit::id.
    Alias slip_alias(const SealedVisit& visit) const;

    /// A visit without its names, with the alias of its row.
    struct Found {
        Alias row;
        SealedVisit sealed;
        std::optional<CheckIn> check_in;
    };
    /// Reads "v.id, v.slip, v.sealed, c.sealed" (c: check_in, or null). `corrupt` if
    /// the row's aliases are not those of what is sealed in it.
    Result<Found> found_from(const Row& row) const;
    /// The visit that slips of this alias stand for, if it is held.
    Result<std::optional<Found>> visit_for(const Alias& slip);
    /// With the clinician's and the place's names as the resources have them now. A
    /// resource that is missing or damaged costs its name, never the visit.
    Visit with_names(const Found& found);
    Visit as_visit(const Found& found, std::string clinician, std::string place) const;
    /// The JSON of "Type/id"; empty if it is not held or damaged.
    std::string resource(std::string_view reference);

    Result<Patient> patient(const Alias& patient);
    /// Within the caller's transaction, as are all of these.
    Result<void> note(const DeskNote& note);

    // Steps of forms: forms.cpp.
    Alias draft_row(const Alias& patient, std::string_view form, Date day) const;
    Result<void> write_safety(const Alias& patient, const std::string& patient_id,
                              const std::vector<SafetyNote>& notes, Instant at);
    Result<void> queue_form(const FormUnit& unit, const Alias& patient,
                            const std::string& patient_id, const std::string& form,
                            const char* status, Instant at);

    /// The later of two ends of one form counts.
    Result<void> write_done(const Alias& patient, const FormDone& done);

    // Steps of Store::check_in: arrivals.cpp.
    Result<std::vector<Found>> found_for(const Arrival& arrival);
    Result<bool> is_given(const CallName& name, Date day);
    Result<CallName> call_name_of(Date day, const Alias& patient);
    Result<void> record(const Found& visit, Date day);

    // Steps of the lobby: lobby.cpp.
    Result<CallName> call_name_of_nobody(Date day);
    Result<void> note_lobby(const char* list, const std::string& body, Instant now);

    /// The note of begun visits goes when its day is over: waits.cpp.
    Result<void> forget_waits(Date today);

    // Arrivals taken elsewhere: heard_arrivals.cpp.
    /// None while the visit is not in the schedule here.
    Result<std::optional<Taken>> hear(const ArrivalSeen& arrival, Instant now);
    /// The patient is called today as they were at the first of their arrivals.
    Result<void> settle_call_name(Date day, const Alias& patient);
    Result<void> keep_waiting(const ArrivalSeen& arrival, Instant now);
    /// Those that wait for their visits, once more.
    Result<void> hear_waiting(Instant now);

    // Steps of attendance: attendance.cpp.
    /// Reads "id, sealed".
    Result<AttendanceEvent> attendance_row(const Row& row) const;
    /// By the visit's row; in the order of their times.
    Result<std::vector<AttendanceEvent>> attendance_of(const Alias& visit);
    Result<AttendanceEvent> attested(const FacilitatorAct& act,
                                     const std::vector<AttendanceEvent>& known);
    Result<AttendanceEvent> amended(const FacilitatorAct& act,
                                    const std::vector<AttendanceEvent>& known);
    /// The row. A unit known already stays as it is; of two sign-ins under one act the
    /// earliest trusted time stands, as of the arrivals that they are.
    Result<Taken> keep(const AttendanceEvent& event);
    /// The row, its unit and its audit entry.
    Result<void> say(const AttendanceEvent& event, AuditAction action);
    /// By its row, whether or not its patient is known; without its check-in.
    Result<std::optional<Found>> visit_at(const Alias& row);
    Result<bool> is_shared(const AttendanceEvent& event,
                           const std::optional<Found>& visit);
    Result<Taken> hear(const AttendanceEvent& event, Instant now);
    /// An arrival where people sign in is that too; elsewhere nothing.
    Result<void> sign_in(const Found& visit, const ArrivalSeen& arrival);
    // Rosters: rosters.cpp.
    Result<std::vector<RosterLine>> roster_of(const Found& asked);
    /// Tells the clinic from when to when one patient was there.
    Result<void> close(const SessionClose& close, const RosterLine& line,
                       const Attended& attended);

    // Steps of classes: classes.cpp.
    Result<SignUp> sign_up_from(const Row& row) const;
    Result<Lease> lease_from(const Row& row) const;
    Alias session_alias(const ClassSession& session) const {
        return site.alias_of("Session", session.key());
    }
    Result<void> look_at_slots();
    /// Whose session is not over then, by day.
    Result<std::vector<SignUp>> sign_ups_after(Instant after);
    Result<void> write(const SignUp& sign_up);
    /// Keeps a sign-up that the clinic knows, and queues what the patient says of it.
    Result<void> tell(const SignUp& sign_up, const std::string& act, Instant at,
                      std::string body, AuditAction action);
    /// How a sign-up stands now; one given up here meanwhile stays given up.
    Result<void> apply(const SignUp& sign_up);

    Result<void> recall_clock();
    Result<void> write_clock(Instant mark, bool doubted, Instant now);
    ClockQuality clock_quality() const;

    // Steps of the exchange: exchange.cpp, pulled.cpp.
    Result<void> settle(const Settled& settled);
    Result<void> record(const Conflict& conflict);
    Result<std::optional<std::string>> read_memo(std::string_view name);
    Result<void> write_memo(std::string_view name, std::string_view text);
    Result<Known> known_from(const Row& row) const;
    /// Under which alias a resource is held: of patient, visit.appointment, resource.
    Alias held_as(std::string_view type, std::string_view id) const;

    // Steps of the site's own network: site_records.cpp.
    Alias peer_row(std::string_view public_key) const;
    Result<std::vector<SitePeer>> site_peers();
    Result<void> tell_site(const Unit& unit);
    /// Reads "unit, lane, sealed" of site_outbox.
    Result<SiteUnit> site_unit(const Row& row) const;
    Result<bool> apply_arrival(const SiteUnit& heard, const Alias& from, Instant now);
    Result<void> carry(const SiteUnit& heard, const Carrying& carrying, Instant now);
    /// Rows of "unit, lane, peer, shown, sealed".
    Result<std::vector<HeardUnit>> inbox(const char* sql);

    /// For the server, and for the devices of the site if there are any.
    Result<void> queue(const Unit& unit) {
        TRY(foyer::queue(database, unit, device, site));
        return tell_site(unit);
    }
    Result<void> audit(AuditAction action, Instant at,
                       std::optional<Alias> subject = {});
};

/// What the parts of a batch share: batch.cpp, pulled.cpp.
struct Store::Batch::Inside {
    Store::Inside& store;
    Transaction transaction;
    Instant now;
    bool changed = false;
    bool visits_added = false;

    Result<Taken> taken(Taken what) {
        changed = changed || what != Taken::unchanged;
        return what;
    }
    Result<Taken> put_visit(const SealedVisit& visit);
    Result<bool> call_off_others(const Appointment& appointment);
    Result<void> visits_gone(const Alias& appointment);

    // Rows of "id, sealed".
    Result<Patient> patient_in(const Row& row) const {
        const auto text = TRY(store.open("patient", row.alias(0), row.blob(1)));
        return patient_from(text.view());
    }
    Result<SealedVisit> visit_in(const Row& row) const {
        const auto text = TRY(store.open("visit", row.alias(0), row.blob(1)));
        return visit_from(text.view());
    }
};

}  // namespace foyer
