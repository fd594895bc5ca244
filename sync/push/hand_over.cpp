#include "sync/push/hand_over.h"

#include <nlohmann/json.hpp>

#include "sync/push/resources.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

/// The unit of the same answers as documents; its Bundle is put in as text, since a
/// JSON library would rewrite the digits of decimals.
Result<Unit> as_documents(const Unit& refused, Instant now, const std::string& act) {
    const auto bundle = TRY(form_bundle(refused));
    const auto documents = TRY(
        within_abilities(bundle, {"QuestionnaireResponse", "Consent", "Observation"}));
    auto body = nlohmann::json::parse(refused.body, nullptr, false);
    if (!body.is_object())
        return fail(Error::Code::bad_input, "push: a parked form without its body");
    body.erase("bundle");
    body["after"] = "";
    std::string text = body.dump();
    text.pop_back();
    text += ",\"bundle\":" + documents + "}";
    return Unit{.id = unit_id(act),
                .lane = Lane::forms,
                .at = now,
                .visit = refused.visit,
                .patient = refused.patient,
                .body = std::move(text),
                .after = {},
                .attempts = 0};
}

}  // namespace

Result<int> hand_over_parked(Store& store, Instant now) {
    int queued = 0;
    const auto parked = TRY(store.parked_units());
    for (const auto& each : parked) {
        const bool answers =
            each.unit.lane == Lane::forms || each.unit.lane == Lane::consents;
        if (!answers || now - each.parked < tuning::parked_answers_go_to_desk_after)
            continue;
        const std::string act = "handed-over|" + each.unit.id;
        const auto before = TRY(store.memo(act));
        if (before) continue;
        const auto unit = as_documents(each.unit, now, act);
        if (!unit) continue;  // staff has it as it is: foyer sync parked
        TRY(store.queue_unit(*unit, act, format_instant(now)));
        ++queued;
    }
    return queued;
}

}  // namespace foyer
