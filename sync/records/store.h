#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/visit.h"
#include "sync/records/attendance_records.h"
#include "sync/records/desk_note.h"
#include "sync/records/form_records.h"
#include "sync/records/keys.h"
#include "sync/records/lobby_records.h"
#include "sync/records/outbox.h"
#include "sync/records/site_records.h"
#include "sync/records/sync_records.h"

namespace foyer {

/// One order to record arrivals. All visits are of one patient.
struct Arrival {
    std::vector<Alias> visits;
    std::vector<Alias> late;  ///< those of `visits` that are late
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    AttendanceMethod method = AttendanceMethod::name;
    /// Of groups and program days: the patient said that it is they who sign in.
    bool attested = false;
    /// And signed the sheet of those whose hours count: a PNG in base64; empty: by a
    /// tap.
    std::string signature = {};
};

enum class AuditAction : std::int64_t;

/// What the store holds, for `foyer status`.
struct StoreCounts {
    std::int64_t patients = 0, visits = 0, visits_today = 0, check_ins_today = 0;
    std::int64_t waiting_units = 0;  ///< outbox units nobody has taken yet
    std::optional<Instant> oldest_waiting;
    std::int64_t parked_units = 0;    ///< of those, refused by the server
    std::int64_t open_conflicts = 0;  ///< staff decides
    std::int64_t settled_conflicts = 0;
    std::int64_t drafts = 0;         ///< forms that were begun and are not over
    std::int64_t safety_events = 0;  ///< answers the clinic hears of at once, held here
    std::int64_t audit_entries = 0;
    std::int64_t bytes = 0;  ///< database and WAL on disk
};

/// What an imported resource became.
enum class Taken { added, changed, unchanged };

/// The kiosk's own records: SQLite in WAL mode, one `sealed` BLOB a row for all that
/// names a person. One Store is used by one thread at a time; several processes may
/// open the same directory (an import beside a running kiosk waits at most 5 s for a
/// lock, then `busy`).
///
/// Every verb that changes something is one transaction: the change, its outbox unit
/// and its audit entry, or nothing.
class Store {
public:
    /// How long a verb waits while another process writes.
    static constexpr std::chrono::milliseconds lock_wait{5000};

    /// Opens or makes `directory/foyer.db` (0600) and brings its schema up to date.
    /// Fails with `wrong_key` when the database was made under other keys, `read_only`,
    /// `disk_full`, `busy`, `corrupt`, or `refused` when a newer version made it; what
    /// is stored is left as it was.
    static Result<Store> open(const std::filesystem::path& directory, DeviceKeys device,
                              SiteKeys site, SiteTime time, int device_index,
                              std::chrono::milliseconds wait = lock_wait);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    // --- finding -----------------------------------------------------------------

    /// The blind index of what a patient typed; normalised for case, accents, hyphens,
    /// apostrophes and spaces.
    BlindIndex index_of(std::string_view family, Date born) const;
    /// Everybody behind an index: empty if none match, two if two share name and birth
    /// date. In the order of their aliases.
    Result<std::vector<Alias>> patients_behind(const BlindIndex& who);
    Result<Patient> patient(const Alias& patient);
    /// The patient's visits of a day, earliest first, cancelled ones included. Names of
    /// clinician and place are looked up now: a missing resource leaves them empty.
    Result<std::vector<Visit>> visits_on(Date day, const Alias& patient);
    /// The visit behind a slip; none if the slip's visit is not (or no longer) held
    /// here.
    Result<std::optional<Visit>> visit_behind(const Alias& slip);
    /// The visit of an Appointment id as the clinic writes it; for `foyer slip`. An
    /// Appointment of several patients needs `patient_id`.
    Result<Visit> visit_of(std::string_view appointment_id,
                           std::string_view patient_id);

    // --- the patient acts --------------------------------------------------------

    /// Records arrivals. Repeating it changes nothing and answers the first check-in: a
    /// patient is never checked in twice. One patient has one call name a day, at
    /// whatever kiosk they got it, as far as this one has heard. Fails with `not_found`
    /// if a visit is gone, `refused` if it was cancelled meanwhile, `bad_input` if
    /// there is none or they are of several patients; then none of them is recorded.
    Result<std::vector<Visit>> check_in(const Arrival& arrival);
    Result<void> tell_desk(const DeskNote& note);
    Result<void> confirm_contact(const Alias& patient, Instant at);

    // --- the lobby -----------------------------------------------------------------

    /// Somebody comes in without a visit of their own: gets the device's next call name
    /// of the day, and the desk hears of it (arrivals lane, so that the site's own
    /// network carries it too). Every call is one more person. Answers how they wait.
    Result<LobbyEntry> come_in(const LobbyArrival& who);
    /// Who waits today without a visit, at whatever device of the site they came in as
    /// far as this one has heard; earliest first.
    Result<std::vector<LobbyEntry>> lobby(Instant now);
    /// Staff are done with somebody, or they went; the site's other devices are told.
    /// `not_found` if nobody of that name waits.
    Result<void> leave_lobby(const CallName& name, Instant at);

    /// Staff let a guest go in with a patient: the audit log and the clinic's Tasks say
    /// so, with who decided it where no release allows it (else empty).
    Result<void> admit_guest(const LobbyEntry& guest, std::string_view decided_by,
                             Instant at);
    /// The visits of a day, by the alias that a slip carries.
    Result<std::vector<Alias>> visits_of(Date day);

    // --- the wait --------------------------------------------------------------------

    /// How long the patients of today's visits waited that have begun: from arriving
    /// (as they checked in here or at another kiosk, else as the clinic wrote it) to
    /// the begin. Visits that nobody waits for (is_waited_for(), by video), and those
    /// whose arrival is not known or was told by a clock in doubt, are left out.
    Result<std::vector<std::chrono::minutes>> waits_today(Instant now);
    /// Appointments of today whose patient has arrived and of whose begin nothing is
    /// known, latest first: what the clinic's Encounters are asked for.
    Result<std::vector<std::string>> not_known_begun(Instant now, int at_most);

    // --- attendance ----------------------------------------------------------------

    /// A patient leaves for a break, comes back, or signs out. One event a tap: the
    /// same kind while it stands already changes nothing and answers that event.
    /// `not_found` without the visit, `refused` for a visit at which nobody signs.
    Result<AttendanceEvent> attend(const AttendanceAct& act);
    /// What a facilitator says by name. `not_found` without the visit or the event
    /// amended; `bad_input` without a name, or an amendment without a reason.
    Result<AttendanceEvent> attest(const FacilitatorAct& act);
    /// All that is known of one visit, wherever it was told; by time.
    Result<std::vector<AttendanceEvent>> attendance_of(const Alias& visit);
    /// Of all patients, of sessions that start on these days of the site.
    Result<std::vector<AttendanceEvent>> attendance_between(Date first, Date last);
    /// All that is known of one patient, of sessions that start on `first` or later; in
    /// no order. Kept for 100 days.
    Result<std::vector<AttendanceEvent>> attendance_of_patient(const Alias& patient,
                                                               Date first);
    /// What one unit says; none if it is not held.
    Result<std::optional<AttendanceEvent>> attendance_event(std::string_view unit);
    /// Sessions of a day at which attendance is taken, earliest first. Where each
    /// patient has an Appointment of their own (classes, many groups), those of one
    /// service, time, place and clinician are one session, under the least of their
    /// ids.
    Result<std::vector<RosterSession>> roster_sessions(Date day);
    /// Everybody of the session that an Appointment belongs to, by family name.
    /// Cancelled visits are left out. `not_found`.
    Result<std::vector<RosterLine>> roster(std::string_view appointment);
    /// Tells the clinic of everybody who was there from when to when that was, as one
    /// unit a patient behind their check-in (sync.md decision 5). Closing again without
    /// a change is the same act. `not_found`; `bad_input` without a name.
    Result<SessionClosing> close_attendance(const SessionClose& close);

    // --- forms -------------------------------------------------------------------

    /// Keeps a form as far as it is, over what was kept of it this site day, with the
    /// answers that the clinic is to hear of at once (safety lane). `patient_id` is
    /// filled in. `not_found` without the patient.
    Result<void> save_draft(const FormDraft& draft,
                            const std::vector<SafetyNote>& safety);
    /// What a patient began on a site day and can go on with.
    Result<std::optional<FormDraft>> draft_of(const Alias& patient,
                                              std::string_view form, Date day);
    Result<std::vector<FormDraft>> drafts_of(const Alias& patient, Date day);
    /// A form is over: its draft goes, when and how it ended stays, its units are
    /// queued; of one that was refused the desk is told.
    Result<void> end_form(const FormEnd& end);
    /// When and how forms of a patient last ended, one line a form.
    Result<std::vector<FormDone>> forms_done(const Alias& patient);
    /// Forms begun before a site day; nobody goes on with them.
    Result<std::vector<FormDraft>> drafts_before(Date day);
    /// The draft of another day goes to the clinic as far as it is, and goes from here.
    Result<void> park_draft(const FormDraft& draft, const FormUnit& unit, Instant now);

    /// What the clinic does not know of yet, most urgent lane first, oldest first
    /// within it.
    Result<std::vector<Unit>> waiting_units(int at_most);

    // --- exchange with the server (sync/push, sync/pull) ----------------------------

    /// Units that may be tried now: neither parked, nor before their time, nor behind a
    /// unit that is still here. Most urgent lane first, oldest first within it.
    Result<std::vector<Unit>> ready_units(Instant now, int at_most);
    /// When the next unit becomes ready; none if no unit will by itself. A time that
    /// has passed: now.
    Result<std::optional<Instant>> next_ready();
    /// Counts a try of each, durable before this returns: from here on its outcome is
    /// unknown until it is settled.
    Result<void> begin_tries(const std::vector<Unit>& units);
    /// One transaction for all. A unit that is not here (any more) is passed over; its
    /// conflicts and follow-ups are recorded all the same.
    Result<void> settle(const std::vector<Settled>& all);
    /// Whether everything up to that lane that was done here is at the server.
    Result<bool> nothing_waits(Lane up_to);
    /// Whether the clinic still lacks the arrival of a visit made here.
    Result<bool> arrival_waits(const Alias& visit);
    /// Staff: tries a parked unit again now, or gives it up for good (`reason` goes to
    /// the audit log's action only). `not_found`.
    Result<void> retry_unit(std::string_view unit, Instant now);
    Result<void> give_up_unit(std::string_view unit, Instant now);
    Result<std::vector<ParkedUnit>> parked_units();
    /// All that waits, for people.
    Result<std::vector<WaitingUnit>> waiting(int at_most);
    /// Every unit may be tried at once: the network is back, or somebody asked.
    Result<void> hurry(Instant now);

    Result<std::vector<Conflict>> conflicts(bool open_only);
    Result<void> settle_conflict(std::string_view id, std::string_view decision,
                                 Instant now);

    /// The paperwork of these visits is done (or none is due): queues "checked-in"
    /// behind each arrival (sync.md, check-in). Repeating it changes nothing. Visits
    /// without a check-in here are passed over.
    Result<void> paperwork_done(const std::vector<Alias>& visits, Instant at);
    /// A patient asks for another phone number or e-mail address: queued as a proposal.
    struct ContactChange {
        Alias patient;
        std::string phone = {}, email = {};  ///< new values; empty: as it is
        Instant at{};
    };
    Result<void> propose_contact(const ContactChange& change);
    /// Queues what the engine itself has to say (audit segments, its Device).
    /// `memo_name` and its text are set in the same transaction.
    Result<void> queue_unit(const Unit& unit, std::string_view memo_name = {},
                            std::string_view memo_text = {});

    // --- classes -------------------------------------------------------------------

    /// The sessions of classes that are known (from the Slots held) and not over at
    /// `after`, earliest first: also one that runs, for walk-ins, and one that is
    /// called off. Seats that are not to be given away (`busy-unavailable`) are not
    /// counted; a lease counts once it may be used at `after`. 500 sessions of 12 seats
    /// take milliseconds but for the first call, which opens every Slot.
    Result<std::vector<SessionSeats>> sessions(Instant after);
    /// How many wait for which session (ClassSession::key()), as the exchange saw it.
    Result<void> set_class_lines(const std::map<std::string, int>& lines);
    /// A patient wants to be in a session: records it and queues it. Uses up a lease
    /// held here if there is one, the clock is trusted and the lease lasts more than
    /// tuning::lease_stops_before: then it is confirmed at once. A patient who is
    /// signed up already stays so: the answer is how that stands. `not_found` without
    /// the patient. Whether the session is joinable is for the caller to see.
    struct WantedClass {
        Alias patient;
        ClassSession session;
        Instant at{};
        ClockQuality clock = ClockQuality::trusted;
        bool here = false;  ///< at the door: the session may run already
    };
    Result<SignUp> ask_sign_up(const WantedClass& wanted);
    /// The patient says yes to an offer; queued. Confirmed at once by a trusted clock
    /// before `accept_by`, else asked for. Repeating it changes nothing. `not_found`;
    /// `refused` when there is no offer (any more). No is leave_class().
    Result<SignUp> accept_offer(std::string_view unit, Instant at, ClockQuality clock);
    /// A patient signs in to a class by their sign-up: for classes whose Appointment is
    /// not in the schedule here yet (else check_in()). Once; repeating it answers that
    /// event. `not_found`; `refused` without a seat.
    Result<AttendanceEvent> class_sign_in(std::string_view unit, Instant at,
                                          ClockQuality clock, AttendanceMethod method);
    /// The patient gives it up; queued behind the sign-up. Repeating it changes
    /// nothing. `not_found`; `refused` when there is nothing to give up.
    Result<SignUp> leave_class(std::string_view unit, Instant at);
    /// A sign-up made at another kiosk, as the server has it, so that its patient is
    /// told here too. One that is known, or of a patient who is not: nothing.
    Result<void> adopt_sign_up(const SignUp& sign_up);
    /// Whether anything here says that a patient came to a class: a check-in or a
    /// sign-in, taken here or heard of.
    Result<bool> has_come(std::string_view patient, std::string_view appointment,
                          std::string_view sign_up);
    Result<std::optional<SignUp>> sign_up(std::string_view unit);
    /// Of one patient, earliest session first, those given up included.
    Result<std::vector<SignUp>> sign_ups_of(const Alias& patient);
    /// All of which something may come and whose session is not over at `after`.
    Result<std::vector<SignUp>> open_sign_ups(Instant after);
    /// Whatever the patient has not seen yet, also of what is over, while the session
    /// is not.
    Result<std::vector<SignUp>> untold_sign_ups(Instant after);
    /// Staff did something that no verb of the store does.
    Result<void> log_staff_act(AuditAction action, std::optional<Alias> subject,
                               Instant at);
    /// The patient has seen how it stands, and when it starts. `not_found`.
    Result<void> mark_told(std::string_view unit);
    /// What the exchange learned of a sign-up, outside of a unit's settling.
    Result<void> update_sign_up(const SignUp& sign_up,
                                const std::vector<Conflict>& conflicts = {});

    Result<std::vector<Lease>> leases();
    /// Takes a lease into the records, or its new version and expiry.
    Result<void> keep_lease(const Lease& lease);
    /// It is no longer ours. One that is not held: nothing.
    Result<void> drop_lease(std::string_view slot,
                            const std::vector<Conflict>& conflicts = {});

    /// A note by name ("cursor|Appointment"); none if there is none.
    Result<std::optional<std::string>> memo(std::string_view name);
    Result<void> set_memo(std::string_view name, std::string_view text);

    /// What is held of a type, longest unread first; at most so many.
    Result<std::vector<Known>> known(std::string_view type,
                                     std::optional<Instant> read_before = {},
                                     int at_most = 1'000'000);
    Result<std::optional<Known>> known_of(std::string_view type, std::string_view id);
    /// A resource kept whole, as JSON; none if it is not held.
    Result<std::optional<std::string>> resource(std::string_view type,
                                                std::string_view id);
    /// All that is kept whole of a type, as JSON.
    Result<std::vector<std::string>> resources(std::string_view type);
    /// FHIR ids of all patients held.
    Result<std::vector<std::string>> patient_ids();
    /// FHIR ids of the patients with a visit on these days.
    Result<std::vector<std::string>> patient_ids_of(Date first, Date last);
    /// The parts of an Appointment to which somebody has checked in, and by which act.
    struct Here {
        Visit visit;
        std::string patient;  ///< FHIR id
        std::string unit;     ///< of the check-in
    };
    Result<std::vector<Here>> checked_in(std::string_view appointment_id);

    /// Audit entries after `seq`, oldest first: what of the chain the server lacks.
    struct AuditLine {
        std::int64_t seq = 0;
        Instant at{};
        std::string action;
        std::string subject;  ///< alias in hex, may be empty
        int device = 0;
        std::string mac;  ///< hex
    };
    Result<std::vector<AuditLine>> audit_after(std::int64_t seq, int at_most);

    /// Called after each commit that changed something, on the committing thread, with
    /// no lock held; where a sender is woken and a test cuts the power. Empty: nobody.
    void on_commit(std::function<void()> told);

    // --- the site's own network (sync/site) ----------------------------------------

    /// The devices that are to be told from now on; those that are not among them are
    /// forgotten. While there are none, nothing is kept for them.
    Result<void> set_site_peers(const std::vector<SitePeer>& peers);
    Result<void> saw_site_peer(std::string_view public_key, Instant at);
    Result<std::vector<SitePeerStatus>> site_status();
    /// Keeps what only the site is to hear (a patient is called, a seat is held).
    /// Units of the lanes safety to sign-ups are kept by whatever queues them.
    Result<void> tell_site(const Unit& unit);
    /// What a peer has not got yet, most urgent lane first, oldest first within it.
    Result<std::vector<SiteUnit>> site_waiting(std::string_view peer, SiteRole role,
                                               int at_most);
    /// Of the safety lane: what a desk has got and nobody there has seen yet.
    Result<std::vector<SiteUnit>> site_unseen(std::string_view peer, int at_most);
    /// A peer has it; or needs not have it.
    Result<void> site_heard(std::string_view peer, const Alias& unit, Hearing hearing);
    /// Whether a front desk has a visit's arrival.
    Result<bool> desk_heard_arrival(const Alias& slip);
    /// Whether a person at a desk has the newest call for help since then before them;
    /// none: nobody called.
    Result<std::optional<bool>> desk_sees_call(Instant since);

    /// Takes what a peer says, once: of the same unit from the same peer it answers
    /// false. An arrival checks the visit in, without a unit of its own; if the patient
    /// arrived here too, the earliest trusted time wins and a conflict "two-arrivals"
    /// stays. Of a visit that is not in the schedule yet it is kept for later. With
    /// `carrying`, units of the lanes safety to attendance wait here for the server
    /// too. `bad_input`: its id is not the one that `ref` stands for.
    Result<bool> take_from_site(const SiteUnit& heard, std::string_view peer,
                                const Carrying& carrying, Instant now);
    /// Arrivals heard before their visits came; answers how many found theirs.
    Result<int> apply_heard_arrivals(Instant now);
    /// All that was heard of late, most urgent lane first.
    Result<std::vector<HeardUnit>> heard_from_site();
    /// A person here has it before them.
    Result<void> show_heard_unit(const Alias& unit);
    Result<bool> heard_unit_shown(const Alias& unit);

    /// Units, own and carried, that the server has had since this was last said.
    Result<std::vector<Alias>> newly_at_server();
    Result<void> said_at_server(const std::vector<Alias>& units);
    /// A peer says that the server has it: it is carried no further.
    Result<void> at_server(const Alias& unit);
    /// Deletes what everybody has had for a day, what is two days old, and what was
    /// heard four days ago. `refused` while the clock is in doubt.
    Result<void> purge_site(Instant now);

    // --- the schedule comes in ---------------------------------------------------

    /// A batch of imported resources in one transaction; dropped without commit() it
    /// changes nothing. See fhir/import.h for who calls it. `busy` while another one of
    /// this store is open. `now` goes to the audit log; without it the latest time seen
    /// by see_clock().
    class Batch;
    Result<Batch> begin(std::optional<Instant> now = {});

    // --- keeping house -----------------------------------------------------------

    /// Deletes what lies outside the schedule window (yesterday to +14 site days of
    /// `now`) and nobody waits for any more: visits with unsent units stay, patients go
    /// with their last visit unless they were here today, the audit log stays. Answers
    /// how many visits went. `refused` while the clock is in doubt: a clock set back
    /// would delete the schedule.
    Result<std::int64_t> purge(Instant now);
    /// Remembers `now`. A clock that went back more than two minutes is `untrusted`
    /// until it passes the latest time seen, also after a restart. The store writes
    /// that time at most once in 15 s.
    Result<ClockQuality> see_clock(Instant now);
    /// The server has told the time: `now` is right, whatever was seen before. Other
    /// stores of the same records believe it at their next see_clock().
    Result<void> set_clock(Instant now);
    Result<StoreCounts> counts(Instant now);

private:
    struct Inside;
    explicit Store(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// See Store::begin(). `Patient`s and `Visit`s may come in any order.
class Store::Batch {
public:
    Batch(Batch&&) noexcept;
    ~Batch();

    /// A confirmation of the phone number made here outlives an older one from outside.
    Result<Taken> put(const Patient& patient);
    /// `patient_ids` and the rest as the Appointment has them: one Visit a patient is
    /// kept with its times, status, service and the ids of its clinician and place. A
    /// visit already checked in here keeps its check-in. A patient who is no longer
    /// among them keeps the visit as a cancelled one, so that their slip is answered.
    struct Appointment {
        std::string id;
        std::vector<std::string> patients;
        Instant starts{}, ends{};
        AppointmentStatus status{};
        Service service{};
        std::string
            practitioner;      ///< "Practitioner/id" or "PractitionerRole/id", or empty
        std::string location;  ///< FHIR id or empty
        std::string healthcare_service;  ///< FHIR id or empty
        bool virtual_visit = false;
    };
    Result<Taken> put(const Appointment& appointment);
    /// A resource kept whole, as JSON, for lookups by type and id.
    Result<Taken> put(std::string_view type, std::string_view id,
                      std::string_view json);

    // What a pull adds, in the same transaction as the page it read.

    /// The server showed `known` just now.
    Result<void> saw(const Known& known);
    /// The server no longer has it, or no longer shows it to us. A visit goes; one that
    /// was checked in to stays as a cancelled one, with a conflict. `now` as begin().
    Result<void> gone(std::string_view type, std::string_view id);
    /// An arrival taken at another device: the visit is checked in to, without a unit
    /// of its own, and the patient has that call name today. With a check-in here the
    /// earliest trusted time stands, and a conflict "two-arrivals" says both, once. Of
    /// a visit that is not held it waits, at most two days, for the batch that brings
    /// it.
    Result<Taken> put(const ArrivalSeen& arrival);
    /// What another device of the site said of attendance; once, by its unit.
    Result<Taken> put(const AttendanceEvent& event);
    /// A visit has begun. Kept are two instants until the day is over, of a visit that
    /// is held here and began today; of others nothing.
    Result<Taken> put(const BegunVisit& visit);
    /// A form that ended elsewhere; the later of two counts. Without the patient:
    /// nothing.
    Result<void> put_form_done(std::string_view patient_id, const FormDone& done);
    Result<void> set_memo(std::string_view name, std::string_view text);
    Result<void> record(const Conflict& conflict);

    Result<void> commit();

    /// After the last batch of an import: appointments whose patient never came, by
    /// Appointment id; they are removed.
    Result<std::vector<std::string>> drop_orphans();

private:
    friend class Store;
    struct Inside;
    explicit Batch(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
