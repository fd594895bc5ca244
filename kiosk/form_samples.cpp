#include "kiosk/form_samples.h"

namespace foyer {

std::vector<Sample> form_question_samples(const Before& after) {
    return {{"form", FormQuestions{.after = after}}};
}

std::vector<Sample> form_review_samples(const Before& after) {
    return {{"form_review", FormReview{.after = after, .title = "How you have been"}}};
}

std::vector<Sample> form_sign_samples(const Before& after) {
    return {{"form_sign", FormSign{.after = after, .title = "Consent to care"}}};
}

}  // namespace foyer
