#pragma once

#include <memory>
#include <string_view>

#include "kiosk/forms/model.h"
#include "platform/result.h"

namespace foyer {

/// What a form may have at most. The largest public one seen (WHO IMCI) has 1,500
/// items.
namespace form_limits {
inline constexpr std::size_t items = 100'000;
inline constexpr int depth = 100;                    ///< items within items
inline constexpr std::size_t options = 20'000;       ///< of one item
inline constexpr std::size_t all_options = 500'000;  ///< of one form
/// The same remark is made this often, then counted.
inline constexpr int notices_of_a_kind = 20;
}  // namespace form_limits

/// Reads a Questionnaire; see Questionnaire::read().
Result<std::unique_ptr<FormModel>> read_form(std::string_view json);

}  // namespace foyer
