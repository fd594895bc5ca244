#include "sync/pull/visit_conflicts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace foyer {

namespace {

struct Against {
    std::string kind;  ///< empty: nothing speaks against it
    std::string theirs, settled;
};

Against against(const Store::Here& here, const Store::Batch::Appointment& theirs,
                const SiteTime& time) {
    using nlohmann::json;
    const Visit& held = here.visit;
    if (std::ranges::find(theirs.patients, here.patient) == theirs.patients.end()) {
        if (held.status == AppointmentStatus::cancelled) return {};
        return {"not-a-participant", json{{"participant", false}}.dump(), {}};
    }
    if (theirs.status != held.status) {
        const auto said = json{{"status", code(theirs.status)}}.dump();
        if (theirs.status == AppointmentStatus::cancelled ||
            theirs.status == AppointmentStatus::entered_in_error)
            return {"visit-cancelled", said, {}};
        if (theirs.status == AppointmentStatus::noshow)
            return {"visit-no-show", said, {}};
    }
    if (theirs.starts == held.starts) return {};
    const bool same_day = time.day_of(theirs.starts) == time.day_of(held.starts);
    return {"visit-moved", json{{"start", format_instant(theirs.starts)}}.dump(),
            same_day ? "same-day" : ""};
}

}  // namespace

Result<void> record_conflicts(Store& store, Store::Batch& batch,
                              const Store::Batch::Appointment& theirs,
                              const SiteTime& time, Instant now) {
    const auto all = TRY(store.checked_in(theirs.id));
    for (const auto& here : all) {
        const auto found = against(here, theirs, time);
        if (found.kind.empty()) continue;
        std::string id = found.kind + "|" + theirs.id + "|" + here.patient;
        if (found.kind == "visit-moved") id += "|" + format_instant(theirs.starts);
        const nlohmann::json ours{{"arrived", format_instant(here.visit.check_in->at)},
                                  {"start", format_instant(here.visit.starts)}};
        TRY(batch.record({.id = std::move(id),
                          .kind = found.kind,
                          .at = now,
                          .unit = here.unit,
                          .ours = ours.dump(),
                          .theirs = found.theirs,
                          .settled = found.settled,
                          .visit = here.visit.id,
                          .patient = here.visit.patient}));
    }
    return {};
}

}  // namespace foyer
