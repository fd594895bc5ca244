#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// A Patient as the kiosk needs it. `remarks` say what is missing and what follows from
/// it, never what a field holds.
struct ReadPatient {
    Patient patient;
    std::vector<std::string> remarks;
};

/// Reads a Patient whose id has been checked. Nothing but a missing id refuses a
/// patient:
///
/// - family: the official name's, else the usual one's, else that of a name without
/// `use`;
///   maiden, old, anonymous and ended names count only if there is nothing else.
///   Without `family` it is taken from `text`; a person with a single name has it as
///   both.
/// - given: first given name of `usual` or `nickname`, else of the official name.
/// - born: only a full date; anything less leaves it empty (a slip still works).
/// - phone: the first mobile, else home, else unmarked number. Never one of work or
/// old.
/// - inactive, deceased or replaced records are taken with a remark: the desk decides,
/// and
///   a wrong mark must lock nobody out.
/// - contact_confirmed stays empty: FHIR does not say when a patient confirmed a
/// number.
ReadPatient read_patient(const nlohmann::json& resource, Date today);

}  // namespace foyer
