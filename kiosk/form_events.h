#pragma once

#include <string>
#include <variant>
#include <vector>

#include "kiosk/form_screens.h"
#include "platform/result.h"

namespace foyer {

// --- what the patient does in a form
// ---------------------------------------------------

struct FormsStarted {};
struct FormsPutOff {};
/// Every answer of one item instance; each is JSON as FormSession::set takes it
/// ("{\"valueCoding\":...}", "12", "\"2026-11-23\""). Empty: cleared.
struct AnswerGiven {
    ItemPath path;
    std::vector<std::string> values;
};
/// Typing goes into FormQuestions.typing (keep_typing) and is saved by nobody. The
/// screen sends AnswerGiven when the patient goes on to another field; whatever leaves
/// the page (FormNextTapped, BackTapped, a cover, idling) is to give typed_answers() of
/// forms/page.h first. AnswerGiven ends the typing of its item (drop_typing).
struct AnswerTyped {
    FormTyping typing;
};
struct AnswerDeclined {
    ItemPath path;
};
struct InstanceAdded {
    ItemPath path;
};
struct InstanceRemoved {
    ItemPath path;
};
struct PhotoAsked {
    ItemPath path;
};
/// Continue. If typed_answers() says `unreadable`, the page stays with show_issues.
struct FormNextTapped {};
struct FormPageChosen {  ///< from the review
    int page = 0;
};
/// All questions of a section on one page, or one by one again.
struct WholePageToggled {};
struct FormLeaveTapped {};   ///< "I'd rather not fill this in"
struct FormRefused {};       ///< kept as stopped, the desk is told
struct FormLater {};         ///< kept, to go on later today
struct FormFinishTapped {};  ///< from the review
struct SignatureTyped {
    std::string name;
};
struct SignatureStrokeMade {
    SignatureStroke stroke;
};
struct SignatureCleared {};
struct SignatureModeToggled {};
struct SignatureDone {};
struct HandedOver {};
struct FormCopyTapped {};

// --- what an effect came to
// ------------------------------------------------------------

/// Forms are due after a check-in; never empty.
struct FormsDue {
    std::vector<FormOffer> forms;
};
/// The page to show now: after opening, an answer, a change of page or of language.
struct FormPageShown {
    FormPage page;
    bool show_issues = false;  ///< it could not be left as it is
};
struct FormReviewShown {
    std::string title;
    std::vector<FormReviewLine> lines;
    bool can_finish = true;
    bool signature = false;
    int form_number = 1, forms = 1;
};
struct FormPartEnded {
    bool to_teen = true;
};
/// Finished or stopped, and stored.
struct FormKept {
    std::string title;
    bool stopped = false;
    bool signed_copy = false;
    bool more = false;
};
struct FormFailed {
    Error::Code code = Error::Code::corrupt;
};
/// All forms of today are behind the patient.
struct FormsOver {};
struct CopyPrinted {};
struct CopyFailed {};

}  // namespace foyer
