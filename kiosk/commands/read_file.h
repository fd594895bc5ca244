#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/forms/questionnaire.h"
#include "platform/result.h"

namespace foyer {

/// A whole text file, up to json_limits::bytes and a little more, so that whoever
/// parses it sees that it is too large. Errors name the file.
Result<std::string> read_file(const std::filesystem::path& path);

/// A form from a file; errors name the file, the place and the reason.
Result<std::shared_ptr<const Questionnaire>> read_form_file(
    const std::filesystem::path& path);

}  // namespace foyer
