#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/forms/page.h"

namespace foyer {

struct Screen;
using Before = std::shared_ptr<const Screen>;

/// A form that the patient is asked to fill in today.
struct FormOffer {
    std::string canonical;  ///< Questionnaire.url
    std::string title{};    ///< in the session's language
    int minutes = 1;        ///< about how long it takes, at least 1
    bool begun = false;     ///< answers were saved before
};

// --- screens -------------------------------------------------------------------------
// `after` is where the patient goes when the forms are over or put off: "You're checked
// in". The answers themselves live with the worker and the store, not in the screen.

/// "There are 2 short forms for today, about 5 minutes."
struct FormsOffered {
    Before after{};
    std::vector<FormOffer> forms{};
};

/// Reading the form or the saved answers; nothing to show yet.
struct FormOpening {
    Before after{};
};

/// A page of questions.
struct FormQuestions {
    Before after{};
    FormPage page{};
    std::vector<FormTyping> typing{};
    bool saving = false;       ///< an answer is on its way to the disk
    bool show_issues = false;  ///< "Continue" was tapped: say what is wrong
    bool camera = false;       ///< a photo is being taken
};

/// Everything answered so far, to look over before it is given to the clinic.
struct FormReview {
    Before after{};
    std::string title{};
    std::vector<FormReviewLine> lines{};
    bool can_finish = true;  ///< no line has a problem
    bool signature = false;  ///< to be signed before it is finished
    int form_number = 1, forms = 1;
};

/// A stroke of a drawn signature, points in 0..1 of the pad's width and height.
struct SignatureStroke {
    std::vector<std::pair<float, float>> points;
};

/// Typed or drawn; typing the name and one tap is enough (WCAG 2.5.7).
struct FormSign {
    Before after{};
    std::string title{};
    std::string name{};  ///< as typed
    std::vector<SignatureStroke> strokes{};
    bool draw = false;  ///< drawing instead of typing
    int form_number = 1, forms = 1;
};

/// "You would rather not fill in this form?": put off, or refuse. Care goes on.
struct FormLeaving {
    Before after{};
    Before back{};  ///< to the question
    bool required = false;
};

/// The kiosk changes hands between guardian and teen (domain.md W8).
struct FormHandOver {
    Before after{};
    bool to_teen = true;
};

/// A form ended: kept, or kept as `stopped`. Says so; a copy can be printed of what was
/// signed.
struct FormEnded {
    Before after{};
    std::string title{};
    bool stopped = false;
    bool signed_copy = false;  ///< something was signed: a copy is offered
    bool more = false;         ///< another form is waiting
    bool printing = false, printed = false, print_failed = false;
};

/// An answer could not be saved: what was saved before is kept, a person helps.
struct FormTrouble {
    Before after{};
};

}  // namespace foyer
