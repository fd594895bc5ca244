#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/forms/issue_words.h"
#include "kiosk/forms/path.h"
#include "kiosk/forms/view.h"
#include "platform/clock.h"
#include "platform/result.h"

namespace foyer {

class Questionnaire;
class Scores;
struct Element;

/// Why a command of a session was not carried out; nothing was changed then. `code` is
/// stable: "unknown-path", "ambiguous", "wrong-type", "read-only", "occurs",
/// "not-an-option", "finished", "required", "bad-json".
struct FormFault {
    std::string code;
    ItemPath path;
    std::string message;
};
template <class T = void>
using FormResult = tl::expected<T, FormFault>;

/// An answer that the clinic has to hear of at once (domain.md W4), by the rules of
/// scores.json and the clinic's own. Written with the answer in one transaction.
struct SafetyAnswer {
    std::string form;  ///< canonical
    ItemPath path;
    std::string rule;    ///< "phq-9/item-9"
    std::string level;   ///< the rule's own word, may be empty
    std::string answer;  ///< JSON of the value; empty when declined
    enum class What { given, changed, declined, abandoned } what = What::given;
};

/// Everything a finished (or stopped) form is for the clinic: R4 resources as JSON.
struct FormOutput {
    std::string response;                   ///< QuestionnaireResponse
    std::vector<std::string> observations;  ///< scores and extracted items
    std::vector<SafetyAnswer> safety;       ///< as they stand at the end
};

/// One patient filling in one form. Holds the answers; does not save them. Main memory
/// only, used by one thread at a time; expressions are evaluated as answers change.
class FormSession {
public:
    struct Options {
        std::string language = "en";
        Instant now{};
        std::chrono::minutes offset_from_utc{0};
        std::string subject;  ///< Patient resource as JSON, may be empty
        /// Launch contexts by name: resources as JSON ("patient", "encounter", ...).
        std::map<std::string, std::string> contexts;
        std::string
            bundle;  ///< a Bundle as JSON that resolve() and x-fhir-query search
        std::string response;  ///< a QuestionnaireResponse to go on with, or empty
        std::string author;    ///< reference for QuestionnaireResponse.author, or empty
        std::string subject_reference;  ///< "Patient/1"; default: of `subject`
        std::string response_id;        ///< of the response; empty: a random one
        IssueWords words;               ///< of issues; empty: plain English
    };
    /// `scores` outlives the session and may be null. Fails with `bad_input` when a
    /// context, the bundle or the response cannot be read.
    static Result<FormSession> start(std::shared_ptr<const Questionnaire> form,
                                     const Scores* scores, Options options);
    FormSession(FormSession&&) noexcept;
    FormSession& operator=(FormSession&&) noexcept;
    ~FormSession();

    // --- the patient acts ------------------------------------------------------------

    /// Replaces all answers of an item instance; each value is the text of a JSON
    /// value:
    /// {"valueX": ...}, or a plain one (a string on a choice is a code or a display, a
    /// number on a quantity takes the default unit). No values: cleared.
    FormResult<> set(const ItemPath& path, const std::vector<std::string>& values);
    /// A new instance of a repeating group; answers its path.
    FormResult<ItemPath> add(const ItemPath& path);
    FormResult<> remove(const ItemPath& path);
    FormResult<> decline(const ItemPath& path);
    FormResult<> reset(const ItemPath& path);
    void set_language(const std::string& language);
    void set_now(Instant now);

    /// Checks everything and ends the session: FormFault "required" or another code if
    /// an error stands, with all issues in issues().
    FormResult<FormOutput> finish();
    /// The form as far as it is, status `stopped` (refused) or `in-progress` (saved to
    /// go on later); the session goes on.
    enum class Ending { stopped, in_progress };
    FormOutput so_far(Ending ending);

    // --- what there is to see
    // ---------------------------------------------------------

    /// Every instance, depth-first in form order.
    std::vector<ItemState> items() const;
    /// All that is wrong now, in form order.
    std::vector<FormIssue> issues() const;
    std::vector<ScoreState> scores() const;
    /// Safety answers that were given, changed or declined since the last call.
    std::vector<SafetyAnswer> take_safety();
    const std::string& language() const;
    const Questionnaire& form() const;
    bool finished() const;

    /// The path that a lone linkId means, if it is unique.
    FormResult<ItemPath> find(std::string_view link_id) const;
    /// The same for what is to be added: instances of one repeating group side by side
    /// are one place.
    FormResult<ItemPath> find_group(std::string_view link_id) const;

private:
    struct Inside;
    explicit FormSession(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
