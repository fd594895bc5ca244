#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/clinic/visit.h"
#include "sync/fhir/reference.h"
#include "sync/fhir/service_codes.h"

namespace foyer {

/// An Appointment as the kiosk needs it, its references still as the file writes them.
struct ReadAppointment {
    std::string id;
    AppointmentStatus status = AppointmentStatus::booked;
    /// Absent only for statuses that may lack a time (R4 app-3, and the wait list).
    std::optional<Instant> starts, ends;
    Service service = Service::other;
    bool virtual_visit = false;
    /// Never empty. Patients, and addresses that do not say what they refer to.
    std::vector<Reference> patients;
    Reference practitioner, location, healthcare_service;  ///< may be empty
    std::vector<std::string> remarks;
};

/// Reads an Appointment whose id has been checked. The error says which element is at
/// fault and why. Refused: an unknown or missing status, a start that is missing or no
/// instant (unless proposed, cancelled or on the wait list), an end before the start,
/// and no participant who is a Patient that can be referred to. A missing end becomes
/// minutesDuration or an hour after the start.
tl::expected<ReadAppointment, std::string> read_appointment(
    const nlohmann::json& resource, const std::vector<ServiceCode>& own_codes);

}  // namespace foyer
