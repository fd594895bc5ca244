#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/fhirpath/decimal.h"
#include "kiosk/forms/model.h"
#include "platform/result.h"

namespace foyer {

/// One total of scores.json: which number of a form is a score, and how it is read.
struct ScoreRule {
    struct Band {
        fhirpath::Decimal from, to;
        std::string code;
        std::map<std::string, std::string> label;  ///< by language
    };
    /// An item whose answer is an Observation of its own (PHQ-9 item 9).
    struct ItemObservation {
        std::string link_id, token, loinc;
    };
    std::string form;               ///< canonical
    std::vector<std::string> also;  ///< "http://loinc.org|44249-1": codes of such forms
    std::string code;               ///< "phq-9"
    std::string display;
    std::vector<std::string> items;        ///< linkIds
    std::vector<std::string> item_tokens;  ///< "system|code", in the order of `items`
    std::map<std::string, fhirpath::Decimal>
        weights;                 ///< by "system|code" of an answer
    std::string loinc;           ///< of the total; empty: `coding`
    std::string system, coding;  ///< where LOINC has none that is certain
    std::string unit;
    std::vector<Band> bands;
    std::string zero_link_id, zero_token, zero_answer;  ///< this answer makes it 0
    std::vector<ItemObservation> observations;
};

/// An answer that the clinic hears of at once (domain.md W4).
struct SafetyRule {
    std::string form;
    std::vector<std::string> also;
    std::string rule;  ///< "phq-9/item-9"
    std::string link_id, token;
    std::optional<fhirpath::Decimal> at_least;
    std::vector<std::string> answers;  ///< "system|code"
    bool yes = false;                  ///< a boolean answer of true
    bool any = false;                  ///< any answer at all
    std::string level, declined;       ///< "alert", "notify"; empty: not told
};

/// A rule and the items of one form that it means.
struct ScoreOfForm {
    const ScoreRule* rule = nullptr;
    std::vector<int> items;
    int zero_item = -1;
};
struct SafetyOfForm {
    const SafetyRule* rule = nullptr;
    int item = -1;
};

/// Which numbers are scores, and which answers are about safety:
/// assets/forms/scores.json and the clinic's own rules. Immutable once read.
class Scores {
public:
    /// `bad_input` with the place if it is not such a file.
    static Result<Scores> read(std::string_view json);
    /// The clinic's own rules, beside those of the file.
    void add(SafetyRule rule) { safety_.push_back(std::move(rule)); }

    /// The scores of a form: by its canonical (any version), its code, or because it
    /// has all items of the measure. A measure whose items are part of a larger one
    /// that is there too is not counted twice.
    std::vector<ScoreOfForm> of(const FormModel& form) const;
    std::vector<SafetyOfForm> safety_of(const FormModel& form) const;

private:
    std::vector<ScoreRule> scores_;
    std::vector<SafetyRule> safety_;
};

/// "system|code" of a Coding.
std::string token_of(const Element& coding);

/// The weight of an answer: of its option, its own, or by its code; numbers weigh
/// themselves. None if it has none.
std::optional<fhirpath::Decimal> weight_of_answer(
    const FormValue& answer, const std::vector<FormOption>& options,
    const ScoreRule* rule);

}  // namespace foyer
