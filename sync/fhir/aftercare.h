#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/records/store.h"

namespace foyer {

/// What a patient has to finish after residential care (domain.md W14): the
/// descriptions of their open Tasks under `urn:foyer:task|aftercare`, most urgent
/// first, oldest first, at most so many; in `language` where the Task translates it
/// (extension translation).
Result<std::vector<std::string>> aftercare_tasks(Store& store, std::string_view patient,
                                                 std::string_view language,
                                                 std::size_t at_most);

}  // namespace foyer
