#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/push/act.h"

namespace foyer {

/// What of an Appointment, as the server has it now, decides about an act.
struct SeenAppointment {
    std::string status;  ///< FHIR code
    std::optional<Instant> starts;
    Service service = Service::other;
    struct Participant {
        std::string patient;    ///< FHIR id; empty: no Patient
        std::size_t place = 0;  ///< in `participant`
        std::string status;
    };
    std::vector<Participant> patients;

    /// Several patients: its status is shared, and no kiosk's to change (decision 5).
    bool shared() const { return patients.size() > 1; }
    const Participant* participant(std::string_view patient) const;
};
/// `bad_input` when it is no Appointment.
Result<SeenAppointment> seen_appointment(std::string_view json,
                                         const std::vector<ServiceCode>& own_codes);

/// Whether what a check-in, or done paperwork, asks for is so already.
bool holds_already(const Act& act, const SeenAppointment& seen);

/// Why nothing is changed at the server, as the kind of a Conflict; empty: the act goes
/// on. The day that the patient came for is the day of the act.
std::string objection(const Act& act, const SeenAppointment& seen,
                      const SiteTime& time);

}  // namespace foyer
