#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/forms/instance.h"
#include "kiosk/forms/model.h"

namespace foyer {

/// The type of value[x] that a question's answers have ("Coding").
std::string_view answer_type(ItemType type);

/// How values given as text become answers of one question.
struct AnswerContext {
    const Instance& question;
    std::string language;
    std::chrono::minutes offset_from_utc{0};
};

/// Reads one JSON value for a question, made in `home`; see FormSession::set. A chosen
/// option is answered by the option's own element, so that its weight stays with it.
/// The FormFault's code is "wrong-type", "not-an-option" or "ambiguous"; its path is
/// left empty. An empty text is no answer: a FormValue without element.
FormResult<FormValue> read_answer(const AnswerContext& context, std::string_view json,
                                  Elements& home);

/// A value that an expression or `initial` gives, fitted to the question's type
/// ("Integer" for a decimal question); none if it does not fit.
std::optional<FormValue> fit_answer(const Instance& question, const FormValue& value,
                                    Elements& home);

/// The option that a value means: a Coding by system and code, others by their text.
const FormOption* option_for(const std::vector<FormOption>& options,
                             const FormValue& value);

/// An answer as people read it.
std::string answer_text(const FormValue& value, const std::vector<FormOption>& options,
                        const std::string& language);

/// Whether both say the same: of a Coding system and code count.
bool same_value(const FormValue& a, const FormValue& b);

/// a < b: negative; none if the types or precisions do not allow an order.
std::optional<int> compare_values(const FormValue& a, const FormValue& b);

/// {"valueX": ...}
std::string value_json(const FormValue& value);

}  // namespace foyer
