#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site_time.h"
#include "sync/fhir/appointment_reader.h"
#include "sync/fhir/begun_reader.h"
#include "sync/fhir/bundle_reader.h"
#include "sync/fhir/service_codes.h"
#include "sync/records/store.h"

namespace foyer {

/// The days that are held: from yesterday to 14 days after the site's today (sync.md,
/// decision 4), the window that Store::purge() keeps.
struct ScheduleWindow {
    Date first, last;
    bool holds(Date day) const { return first <= day && day <= last; }
};
ScheduleWindow schedule_window(const SiteTime& time, Instant now);

/// A resource being looked at; for messages.
struct Subject {
    FilePlace place;
    std::string type, id;
    /// "Patient/p1", or the type alone.
    std::string label() const { return id.empty() ? type : type + "/" + id; }
};

/// Whose batch resources go into, and who hears what becomes of each.
class IntakeListener {
public:
    virtual ~IntakeListener() = default;

    /// The open batch for the next put. A failure ends the intake and is its answer.
    virtual Result<Store::Batch*> batch() = 0;
    /// Just before it is put. A failure ends the intake.
    virtual Result<void> on_appointment(const Subject& subject,
                                        const Store::Batch::Appointment& appointment);
    /// It is in the batch; may commit it. A failure ends the intake.
    virtual Result<void> on_taken(const Subject& subject, Taken taken) = 0;
    /// Its `type` is empty if the resource does not say it.
    virtual void on_refused(const Subject& subject, std::string why) = 0;
    virtual void on_remark(const Subject& subject, std::string what) = 0;
    enum class LeftOut { unused, older, outside_window, without_time };
    virtual void on_left_out(const Subject& subject, LeftOut why) = 0;
};

/// Takes FHIR R4 resources, one by one, into a Store::Batch: what a file and what a
/// page of a server's answer have in common. Remembers of a file or page what its
/// resources say of each other (addresses, services), so it lives as long as one of
/// them.
class Intake {
public:
    struct Settings {
        SiteTime time;
        Instant now{};
        const std::vector<ServiceCode>* service_codes = nullptr;  ///< outlives it
        /// Resources of a server: what a HealthcareService held here says is used for
        /// Appointments.
        bool from_server = false;
    };
    Intake(Store& store, const Settings& settings, IntakeListener& listener);

    /// Fails only as the store or the listener does; what is wrong with the resource
    /// goes to the listener.
    Result<void> take(const RawResource& raw);
    /// The same, parsed already; `subject.id` and its type are good.
    Result<void> take(const Subject& subject, const nlohmann::json& resource,
                      std::string_view text);
    /// Nothing more comes: takes those that waited for an address.
    Result<void> finish();

private:
    /// The latest version of a resource seen so far.
    struct Seen {
        FilePlace place;
        std::optional<Instant> updated;
    };
    struct Waiting {
        Subject subject;
        ReadAppointment appointment;
    };

    bool is_kept_whole(std::string_view type) const;
    bool is_used(std::string_view type) const;
    bool is_outdated(const Subject& subject, const nlohmann::json& resource);
    void refuse(const FilePlace& place, std::string type, std::string why);
    Result<void> take_begun(const Subject& subject, const nlohmann::json& resource);
    Result<void> put_begun(const Subject& subject, ReadBegun begun);
    Result<void> take_patient(const Subject& subject, const nlohmann::json& resource);
    Result<bool> is_in_window(const Subject& subject, const nlohmann::json& slot);
    Result<void> take_appointment(const Subject& subject, ReadAppointment appointment,
                                  bool is_over);
    Result<void> put_appointment(const Subject& subject,
                                 const ReadAppointment& appointment);
    Result<void> take_times_from_store(ReadAppointment& appointment);
    Result<bool> is_held(const ReadAppointment& appointment);
    Result<Service> service_named(const std::string& healthcare_service);
    bool resolve(Reference& reference) const;
    std::optional<std::string> resolve_all(ReadAppointment& appointment, bool& wait);
    void leave_out_unexplained(ReadAppointment& appointment) const;

    template <class... What>
    Result<void> put(const Subject& subject, const What&... what);

    Store& store_;
    const Settings settings_;
    IntakeListener& listener_;
    const Date today_;
    const ScheduleWindow window_;

    std::unordered_map<std::size_t, Seen> seen_;
    std::unordered_map<std::string, Reference> addresses_;
    std::unordered_map<std::string, Service> services_;  ///< by HealthcareService id
    std::vector<Waiting> waiting_;
    struct Begun {
        Subject subject;
        ReadBegun begun;
    };
    std::vector<Begun> begun_;  ///< after the visits
};

/// Whether a text can be a resourceType.
bool is_type_name(std::string_view text);

}  // namespace foyer
