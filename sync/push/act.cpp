#include "sync/push/act.h"

#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

Result<Act> act_of(const Unit& unit) {
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    Act act;
    act.name = text_of(body, "act");
    if (act.name.empty())
        return fail(Error::Code::bad_input, "push: a unit does not say its act");
    act.patient = text_of(body, "patient");
    act.appointment = text_of(body, "appointment");
    for (const auto* id : {&act.patient, &act.appointment})
        if (!id->empty() && !is_fhir_id(*id))
            return fail(Error::Code::bad_input,
                        "push: a unit holds an id that is none");
    act.at = text_of(body, "at");
    if (act.at.empty()) act.at = format_instant(unit.at);
    if (!parse_instant(act.at))
        return fail(Error::Code::bad_input, "push: a unit holds a time that is none");
    act.trusted = text_of(body, "clock") != code(ClockQuality::untrusted);
    act.shared = is_true(body, "shared");
    if (const auto device = body.find("device");
        device != body.end() && device->is_number_integer())
        act.device = device->get<int>();
    act.form = text_of(body, "form");
    act.service = service(text_of(body, "service"));
    return act;
}

}  // namespace foyer
