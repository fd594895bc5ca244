#pragma once

#include <string>
#include <vector>

#include "kiosk/forms/model.h"
#include "platform/clock.h"

namespace foyer {

/// One issue of an OperationOutcome.
struct OutcomeIssue {
    std::string severity;  ///< "error", "warning", "information"
    std::string code;      ///< R4 issue-type: "required", "invariant", "structure", ...
    std::string expression;  ///< "QuestionnaireResponse.item[0].answer[1]"
    std::string text;
};

/// Checks a QuestionnaireResponse against its Questionnaire, by R4's text and with the
/// severities, codes and places of HL7's validator. Where the two differ (`!=` of an
/// unanswered question) either reading is taken, with an information issue. Required
/// items are asked for once the response is completed or amended.
/// `now`: for constraints that ask the time.
std::vector<OutcomeIssue> validate_response(const FormModel& form,
                                            const Element& response, Instant now);

bool has_errors(const std::vector<OutcomeIssue>& issues);

/// An OperationOutcome as JSON; without issues, one that says so.
std::string write_outcome(const std::vector<OutcomeIssue>& issues);

}  // namespace foyer
