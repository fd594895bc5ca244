#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "platform/clock.h"

namespace foyer {

/// `foyer fhirpath EXPR FILE [--questionnaire Q.json] [--types]`
struct FhirpathOptions {
    std::string expression;
    std::filesystem::path file;  ///< a FHIR resource as JSON
    std::filesystem::path
        questionnaire;    ///< %questionnaire, for weight(); may be empty
    bool strict = false;  ///< an element that its type does not have is a fault
    bool types = false;   ///< each value as {"type": "FHIR.code", "value": ...}
    Instant now{};        ///< of now() and today(), in UTC
};

/// Prints what the expression makes of the resource, a JSON array on one line. Answers
/// the exit code:
///   0  done
///   1  a file cannot be read, or the evaluation came to a fault
///   2  the expression is none
/// The fault is one line on `err` with its line and column in the expression.
int fhirpath_command(const FhirpathOptions& options, std::ostream& out,
                     std::ostream& err);

}  // namespace foyer
