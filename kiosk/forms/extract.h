#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/questionnaire.h"
#include "kiosk/forms/session.h"

namespace foyer {

/// What a person put under a form.
struct FormSignature {
    std::string png;  ///< bytes of the picture
    bool drawn = false;
};

/// Everything that decides what a form becomes at the clinic, besides its answers.
struct FormDelivery {
    std::string unit;  ///< UUID of the act; later Bundles get others, made by `uuid`
    /// A UUID of an act, the same for the same text (sync/records/outbox.h unit_id).
    std::function<std::string(std::string_view)> uuid;
    std::string patient;  ///< FHIR id, without "Patient/"
    std::string device;   ///< "site/kiosk-0"
    std::string at;       ///< FHIR instant: when it ended
    bool clock_trusted = true;
    std::string language;  ///< the text was shown in
    std::optional<FormSignature> signature;
};

/// One atomic Bundle for the server.
struct FormBundle {
    std::string unit;
    std::string json;   ///< transaction, at most 8 entries
    std::string after;  ///< unit that must be there before, or empty
};

/// What a patient decided in a consent form.
enum class ConsentDecision {
    none,  ///< it is no consent, or nothing was decided
    yes,
    no,
};
ConsentDecision decision_in(const Questionnaire& form,
                            const std::vector<ItemState>& items);

/// Whether the form, as it is answered, is to be signed: it says so as a whole, or on
/// a group that is enabled now.
bool needs_signature(const Questionnaire& form, const std::vector<ItemState>& items);

/// The response, its Observations, and for a consent the Consent (active or rejected),
/// with a Provenance of who gave them and the signature; as few Bundles as there can
/// be. All that is created carries `urn:foyer:op|<unit>/<role>` and is created once
/// (ifNoneExist); 42 CFR Part 2 forms mark everything (sync.md decisions 1 and 10).
/// Strictly R4. Fails with `bad_input` when `output` is not JSON of the resources it
/// must be.
Result<std::vector<FormBundle>> bundles_of(const Questionnaire& form,
                                           const std::vector<ItemState>& items,
                                           const FormOutput& output,
                                           const FormDelivery& how);

/// The same for a form that nobody goes on with: the response so far, status
/// in-progress, as it was saved. `part2`: its Questionnaire may be gone meanwhile.
Result<FormBundle> bundle_of_draft(std::string_view response, bool part2,
                                   const FormDelivery& how);

}  // namespace foyer
