#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// What is inside the sealed BLOB of a visit: the Appointment as one patient's part in
/// it, by FHIR ids.
struct SealedVisit {
    std::string appointment, patient;
    Instant starts{}, ends{};
    AppointmentStatus status{};
    Service service{};
    bool shared = false;
    std::string practitioner;  ///< "Practitioner/id", "PractitionerRole/id" or empty
    std::string location;      ///< id or empty
    std::string healthcare_service;  ///< id or empty
    bool virtual_visit = false;

    bool operator==(const SealedVisit&) const = default;
};

/// JSON, so that a later version can add a field; equal values give equal text. Reading
/// fails with `corrupt`.
std::string to_text(const Patient& patient);
std::string to_text(const SealedVisit& visit);
std::string to_text(const CheckIn& check_in);
Result<Patient> patient_from(std::string_view text);
Result<SealedVisit> visit_from(std::string_view text);
Result<CheckIn> check_in_from(std::string_view text);

}  // namespace foyer
