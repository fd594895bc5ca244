#include "sync/seats/sending.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/tuning.h"

namespace foyer {

Result<ClassAct> class_act_from(std::string_view body) {
    const auto parsed = parse_json(body);
    const auto missing = [](const char* what) {
        return fail(Error::Code::bad_input,
                    std::string("a unit about a class lacks its ") + what);
    };
    if (!parsed) return missing("body");
    ClassAct act;
    act.act = text_of(*parsed, "act");
    act.patient = text_of(*parsed, "patient");
    act.session.schedule = text_of(*parsed, "schedule");
    act.leased = text_of(*parsed, "leased");
    act.sign_up = text_of(*parsed, "sign_up");
    act.appointment = text_of(*parsed, "appointment");
    act.here = is_true(*parsed, "here");
    if (const auto by = parse_instant(text_of(*parsed, "accept_by")))
        act.accept_by = *by;
    if (act.patient.empty()) return missing("patient");
    if (act.session.schedule.empty()) return missing("session");
    const auto starts = parse_instant(text_of(*parsed, "starts"));
    const auto ends = parse_instant(text_of(*parsed, "ends"));
    const auto at = parse_instant(text_of(*parsed, "at"));
    if (!starts || !ends || !at) return missing("times");
    act.session.starts = *starts;
    act.session.ends = *ends;
    act.at = *at;
    const auto nth = parsed->find("nth");
    if (nth != parsed->end() && nth->is_number_integer()) act.nth = nth->get<int>();
    if (text_of(*parsed, "clock") != code(ClockQuality::trusted))
        act.clock = ClockQuality::untrusted;
    return act;
}

std::string sign_up_unit(const ClassAct& act, int nth) {
    return unit_id("sign-up|" + act.session.key() + "|Patient/" + act.patient + "|" +
                   std::to_string(nth));
}

Settled Sending::acknowledged() const {
    Settled settled;
    settled.unit = unit.id;
    settled.how = Settled::How::acknowledged;
    return settled;
}

Settled Sending::later() const {
    constexpr int doublings = 16;
    const std::chrono::milliseconds most = tuning::unit_again_at_most;
    const auto wait =
        std::min(most, std::chrono::milliseconds(tuning::unit_again_after) *
                           (1 << std::clamp(unit.attempts, 0, doublings)));
    Settled settled;
    settled.unit = unit.id;
    settled.how = Settled::How::later;
    // Full jitter, as for every other unit (push.h).
    settled.next_at =
        now + std::chrono::milliseconds(
                  std::uniform_int_distribution<std::int64_t>(0, wait.count())(dice));
    return settled;
}

Settled Sending::parked() const {
    Settled settled;
    settled.unit = unit.id;
    settled.how = Settled::How::parked;
    settled.next_at = now;
    settled.why = server.why();
    return settled;
}

Conflict Sending::conflict(const char* kind, std::string ours, std::string theirs,
                           const char* settled_by) const {
    Conflict conflict;
    conflict.id =
        unit_id(std::string("conflict|") + kind + "|" + unit.id + "|" + theirs);
    conflict.kind = kind;
    conflict.at = now;
    conflict.unit = unit.id;
    conflict.ours = std::move(ours);
    conflict.theirs = std::move(theirs);
    conflict.settled = settled_by;
    conflict.patient = unit.patient;
    return conflict;
}

Unit Sending::desk_task(const Conflict& conflict) const {
    const std::string reason =
        conflict.kind == "left-after-arrival" ? conflict.kind : "seat-lost";
    const nlohmann::json body = {{"act", "desk"},
                                 {"reason", reason},
                                 {"at", format_instant(act.at)},
                                 {"clock", code(act.clock)},
                                 {"patient", act.patient},
                                 {"of", act.act},
                                 {"of_unit", unit.id}};
    return {.id = unit_id("desk|" + reason + "|" + unit.id),
            .lane = Lane::desk,
            .at = act.at,
            .visit = std::nullopt,
            .patient = unit.patient,
            .body = body.dump()};
}

Change Sending::provenance(std::vector<std::string> targets, Instant recorded,
                           const char* activity, const std::string& unit_id) const {
    Change change{.method = "POST",
                  .url = "Provenance",
                  .resource = resource_of(SeatProvenance{.unit = unit_id,
                                                         .patient = act.patient,
                                                         .device = device,
                                                         .targets = std::move(targets),
                                                         .recorded = recorded,
                                                         .activity = activity,
                                                         .act = act.act})};
    if (abilities.tag_search)
        change.if_none_exist = "_tag=" + op_token(unit_id, "provenance");
    return change;
}

}  // namespace foyer
