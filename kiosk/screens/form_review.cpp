#include <algorithm>

#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Everything answered so far. A line leads back to its page; what must still be looked
/// at stands out, and nothing says "error".
std::optional<Event> show(const FormReview& screen, Ui& ui) {
    check_in_steps(ui, screen.after, 3);
    ui.heading("form_review.title");
    ui.lead(screen.can_finish ? "form_review.lead" : "form_review.lead_problem");
    int number = 0;
    for (const auto& line : screen.lines) {
        const bool empty = line.answer.empty();
        const Ui::ReviewRow row{
            .question = line.text,
            .answer = line.problem && empty ? ui.tr("form_review.missing")
                      : line.declined       ? ui.tr("form_review.declined")
                      : empty               ? ui.tr("form_review.empty")
                                            : line.answer,
            .problem = line.problem,
            .quiet = empty,
            .change = ui.tr("form_review.change")};
        if (ui.review_row("form_review.line." + std::to_string(++number), row))
            return FormPageChosen{line.page};
    }
    {
        const auto row = ui.links();
        if (ui.link("form.leave", ui.tr("form.leave"))) return FormLeaveTapped{};
    }
    if (ui.back()) return BackTapped{};
    if (!screen.can_finish) {
        const auto first =
            std::ranges::find(screen.lines, true, &FormReviewLine::problem);
        if (ui.primary("form_review.fix", icon::forward))
            return FormPageChosen{first == screen.lines.end() ? 0 : first->page};
        return std::nullopt;
    }
    if (ui.primary(screen.signature ? "form_review.sign" : "form_review.finish",
                   screen.signature ? icon::pencil : icon::check))
        return FormFinishTapped{};
    return std::nullopt;
}

}  // namespace foyer
