#pragma once

#include <optional>
#include <string>

#include "platform/result.h"
#include "sync/clinic/visit.h"
#include "sync/records/outbox.h"

namespace foyer {

/// What the bodies of units have in common.
struct Act {
    std::string name;  ///< "check-in", "desk", "form", ...
    /// FHIR ids without their type; empty where the act is not about one.
    std::string patient, appointment;
    std::string at;       ///< FHIR instant
    bool trusted = true;  ///< the clock that said so
    bool shared = false;  ///< the Appointment has several patients
    int device = -1;      ///< index of the device it was done at; -1: this one
    std::string form;     ///< Questionnaire.url
    std::optional<Service> service = {};  ///< of the visit, where the act says it
};

/// Fails with `bad_input` when a body is no JSON, says no act, or an id or time in it
/// is none.
Result<Act> act_of(const Unit& unit);

}  // namespace foyer
