#pragma once

#include <string>
#include <vector>

#include "kiosk/form_screens.h"
#include "sync/clinic/visit.h"

namespace foyer {

// Orders of the form flow. The worker holds the form being filled in (form_desk.h); the
// screen holds a page of it. Every order that changes an answer saves it before its
// outcome is posted. Outcomes of all that show a page: FormPageShown, or
// FormReviewShown past the last page, FormPartEnded between guardian and teen, FormsDue
// before the first, FormFailed.

/// Tells again which forms are due, in the session's language. Outcomes: FormsDue,
/// FormsOver.
struct OfferForms {};
/// The first form due, or the next one after one that ended; goes on where it was left
/// today.
struct OpenForm {};

/// Where to go in the form.
struct FormMove {
    enum class To {
        stay,  ///< the same page again, as it is now
        next,  ///< stays, with show_issues, if an answer of the page will not do
        back,
        page,    ///< `page`, from 0
        whole,   ///< a section on one page, or one by one again
        beyond,  ///< past a hand-over, once the kiosk has changed hands
    };
    To to = To::stay;
    int page = 0;
};

/// Answers of a page, none or more; then a move.
struct SaveAnswers {
    std::vector<FormAnswer> answers{};
    FormMove then{};
};
struct DeclineItem {
    ItemPath path;
};
struct AddInstance {
    ItemPath path;
};
struct RemoveInstance {
    ItemPath path;
};
/// Takes a picture as the answer of an attachment.
struct TakePhoto {
    ItemPath path;
};
/// Outcomes: FormKept, FormReviewShown if something will not do, FormFailed.
struct FinishForm {};
/// The same, signed: typed, or drawn if there are strokes.
struct SignForm {
    std::string name{};
    std::vector<SignatureStroke> strokes{};
};
/// The patient would rather not: kept as far as it is, as stopped; the desk is told.
/// Outcomes: FormKept, FormFailed.
struct StopForm {};
/// Not now: what was answered stays saved for today, and goes from memory.
struct LeaveForms {};
/// Prints what was signed last. Outcomes: CopyPrinted, CopyFailed.
struct PrintCopy {};

}  // namespace foyer
