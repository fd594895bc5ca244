#include "sync/push/seen_appointment.h"

#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"
#include "sync/fhir/service_codes.h"

namespace foyer {

const SeenAppointment::Participant* SeenAppointment::participant(
    std::string_view patient) const {
    for (const auto& one : patients)
        if (one.patient == patient) return &one;
    return nullptr;
}

Result<SeenAppointment> seen_appointment(std::string_view json,
                                         const std::vector<ServiceCode>& own_codes) {
    const auto tree = parse_json(json);
    if (!tree || text_of(*tree, "resourceType") != "Appointment")
        return fail(Error::Code::bad_input, "push: the server sent no Appointment");
    SeenAppointment seen;
    seen.status = text_of(*tree, "status");
    if (const auto starts = parse_instant(text_of(*tree, "start")))
        seen.starts = *starts;
    seen.service = service_of(*tree, own_codes);
    const auto participants = tree->find("participant");
    if (participants == tree->end() || !participants->is_array()) return seen;
    for (std::size_t i = 0; i < participants->size(); ++i) {
        const auto& one = (*participants)[i];
        const auto* actor = object_of(one, "actor");
        const auto who =
            actor ? read_reference(*actor) : tl::unexpected<std::string>("nobody");
        if (who && who->type == "Patient")
            seen.patients.push_back({who->id, i, std::string(text_of(one, "status"))});
    }
    return seen;
}

bool holds_already(const Act& act, const SeenAppointment& seen) {
    if (seen.status == "checked-in" || seen.status == "fulfilled") return true;
    return act.name == "check-in" && seen.status == "arrived";
}

std::string objection(const Act& act, const SeenAppointment& seen,
                      const SiteTime& time) {
    if (seen.status == "cancelled" || seen.status == "entered-in-error")
        return "visit-cancelled";
    if (seen.status == "noshow") return "visit-no-show";
    if (seen.participant(act.patient) == nullptr) return "not-a-participant";
    // A clock that nobody trusts does not know which day it is.
    const auto at = parse_instant(act.at);
    if (act.trusted && at && seen.starts &&
        time.day_of(*at) != time.day_of(*seen.starts))
        return "visit-moved";
    return {};
}

}  // namespace foyer
