#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/view.h"
#include "platform/result.h"

namespace foyer {

struct FormModel;

/// What a form has that could not be used as it is written.
struct FormNotice {
    enum class Severity { error, warning, information };
    Severity severity = Severity::warning;
    std::string place;  ///< "item 'phq9-1', enableWhen 2"
    std::string what;   ///< "the extension ... is not supported"
};

/// A form, read from a FHIR R4 Questionnaire; immutable, may be shared by threads.
class Questionnaire {
public:
    /// Reads leniently: deviations and what is not understood become notices(). Fails
    /// with `bad_input` (place and reason) if it cannot be used: not JSON, not a
    /// Questionnaire, no items, an item without a type.
    static Result<std::shared_ptr<const Questionnaire>> read(std::string_view json);
    ~Questionnaire();

    const std::string& url() const;
    const std::string& version() const;
    /// In `language`, falling back to the form's own.
    std::string title(const std::string& language) const;
    /// Languages whose text is whole and approved (urn:foyer:form-language); empty for
    /// a form that is structure only and is not offered.
    const std::vector<std::string>& languages() const;
    /// Root extensions of ours and their values as text ("urn:foyer:consent"), "" if
    /// there is none.
    std::string mark(std::string_view url) const;
    bool has_mark(std::string_view url) const;
    bool signature_required() const;
    bool part2() const;  ///< meta.security 42CFRPart2
    int question_count() const;
    const std::vector<FormNotice>& notices() const;

    const FormModel& model() const { return *model_; }

private:
    explicit Questionnaire(std::unique_ptr<FormModel> model);
    std::unique_ptr<FormModel> model_;
};

}  // namespace foyer
