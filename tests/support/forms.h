#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/forms/questionnaire.h"
#include "kiosk/forms/scores.h"
#include "kiosk/forms/session.h"

namespace foyer::support {

/// The folder of test data that lies beside the project ($FOYER_SHARED, else
/// ../shared); none if it is not there, and then a test skips itself.
std::optional<std::filesystem::path> shared_folder();

std::string text_of(const std::filesystem::path& file);

/// A form of these items, each R4 JSON; ends the test program if it cannot be read.
std::shared_ptr<const Questionnaire> form_of(const std::string& items,
                                             const std::string& more = {});
std::shared_ptr<const Questionnaire> form_file(const std::filesystem::path& file);
/// A form that is shipped, by its file's name ("phq-9").
std::shared_ptr<const Questionnaire> shipped(const std::string& name);
/// assets/forms/scores.json
const Scores& shipped_scores();

/// 2026-11-23T10:00 in New York, in English, without a patient.
FormSession::Options at_the_clinic();

/// The state of the first instance of a linkId; ends the test program if there is none.
ItemState item(const FormSession& session, const std::string& link_id);
/// Its answers as JSON, joined by commas; "" without one.
std::string answers(const FormSession& session, const std::string& link_id);

/// Answers every question that can be answered, as long as there are any: the first
/// choice, the lowest number, a real date. Answers what could not be answered.
std::vector<std::string> fill_in(FormSession& session);

}  // namespace foyer::support
