#include <array>

#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

const char* words_for(FindMeProblem problem) {
    switch (problem) {
        case FindMeProblem::none:
            return nullptr;
        case FindMeProblem::name_missing:
            return "identify.name_missing";
        case FindMeProblem::date_missing:
            return "identify.date_missing";
        case FindMeProblem::date_impossible:
            return "identify.date_impossible";
    }
    return nullptr;
}

struct DatePart {
    const char* key;
    const char* abbreviation;
    std::string FindMeEdited::*text;
    std::size_t digits;
    float share;
};

/// In the order the language writes a date.
std::array<DatePart, 3> date_parts(const std::string& language) {
    const DatePart month{"identify.month", "identify.month_short", &FindMeEdited::month,
                         2, 1.0F};
    const DatePart day{"identify.day", "identify.day_short", &FindMeEdited::day, 2,
                       1.0F};
    const DatePart year{"identify.year", "identify.year_short", &FindMeEdited::year, 4,
                        1.4F};
    if (language == "en") return {month, day, year};
    return {day, month, year};
}

}  // namespace

std::optional<Event> show(const FindMe& screen, Ui& ui) {
    if (screen.purpose == Purpose::check_in) ui.steps(1, 4);
    ui.heading("identify.title");
    ui.spare_next();
    ui.lead("identify.lead");

    FindMeEdited typed{screen.family, screen.month, screen.day, screen.year};
    bool edited = false;
    if (const auto text = ui.field("identify.last_name", screen.family, {})) {
        typed.family = *text;
        edited = true;
    }
    {
        const auto block = ui.block();
        ui.label("identify.born");
        const auto row = ui.beside(130);
        for (const auto& part : date_parts(ui.language())) {
            const auto text = ui.field(part.key, typed.*part.text,
                                       {.kind = FieldKind::digits,
                                        .max = part.digits,
                                        .small_label = true,
                                        .abbreviation = part.abbreviation,
                                        .share = part.share});
            if (!text) continue;
            typed.*part.text = *text;
            edited = true;
        }
    }
    if (const auto* problem = words_for(screen.problem)) ui.problem(problem);
    ui.spare_next();
    ui.note(icon::lock, "identify.private");

    if (edited) return typed;
    if (ui.submitted()) return FindMeDone{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
