#pragma once

#include <string>
#include <vector>

#include "kiosk/forms/instance.h"
#include "kiosk/forms/scores.h"
#include "kiosk/forms/session.h"

namespace foyer {

/// What a response says about itself.
struct ResponseHead {
    std::string id, status, authored, language;
    std::string subject;  ///< reference, may be empty
    std::string author;   ///< reference, may be empty
};

/// The QuestionnaireResponse as JSON; the tree must be refreshed.
std::string write_response(const FormTree& tree, const ResponseHead& head);

/// A score as it stands. `value` in full digits; none while incomplete.
struct Total {
    const ScoreRule* rule = nullptr;
    std::optional<fhirpath::Decimal> value;
    int answered = 0, of = 0;
    bool complete = false;
    const ScoreRule::Band* band = nullptr;
};
Total total_of(const FormTree& tree, const ScoreOfForm& score);

/// Observations of complete scores, of items that a score rule or observationExtract
/// names; each once, all derivedFrom the response.
std::vector<std::string> write_observations(const FormTree& tree,
                                            const std::vector<ScoreOfForm>& scores,
                                            const ResponseHead& head);

/// "2026-11-23T10:00:00-05:00"
std::string instant_text(Instant at, std::chrono::minutes offset);

/// A random UUID, version 4.
std::string random_id();

}  // namespace foyer
