#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/clinic/site.h"

namespace foyer {

/// What an Appointment or HealthcareService says a patient comes for: by the first code
/// that the clinic's own list, `urn:foyer:service` or the HL7 and HCPCS codes of
/// service_codes.cpp know, else by the words of `text` and `display`. Each looks at
/// serviceType (`type` of a HealthcareService), then appointmentType, then
/// serviceCategory (`category`). Service::other if nothing is known.
Service service_of(const nlohmann::json& resource, const std::vector<ServiceCode>& own);

/// Whether an Appointment says that it is by video or telephone: by codes of its
/// service type, category or appointment type, the clinic's own among them.
bool is_virtual(const nlohmann::json& resource, const std::vector<ServiceCode>& own);

/// The service that a schedule's words speak of ("IOP evening group"); none if unknown.
std::optional<Service> service_from_words(std::string_view words);

}  // namespace foyer
