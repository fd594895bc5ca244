#pragma once

#include <optional>
#include <string>

#include "kiosk/event.h"
#include "kiosk/form_screens.h"
#include "kiosk/ui/ui.h"

// The controls of a form's questions, for form_questions.cpp: one function a kind of
// answer. Each builds its control and answers what the patient did with it.

namespace foyer {

/// A question on the screen.
struct Asked {
    const ItemState& item;
    const FormQuestions& screen;
    Ui& ui;
    std::string key;     ///< of the item's node; its parts add ".1", ".other", ...
    bool alone = false;  ///< the only question of the page
};

/// "form.phq9-1", "form.meds:1/dose": the path as a node's key.
std::string item_key(const ItemPath& path);

/// What a form says: with its lines where it has some.
inline const std::string& words_of(const ItemState& item) {
    return item.rich.empty() ? item.text : item.rich;
}

/// What a control is called: its question, or what the form says in its place.
std::string name_of(const ItemState& item, const Ui& ui);

/// Whether it is answered by typing, so that the keyboard comes at once.
bool is_typed(const ItemState& item);

std::optional<Event> ask_options(const Asked& asked);
std::optional<Event> ask_yes_no(const Asked& asked);
std::optional<Event> ask_text(const Asked& asked);
std::optional<Event> ask_number(const Asked& asked);
std::optional<Event> ask_moment(const Asked& asked);  ///< date, time, or both
std::optional<Event> ask_slider(const Asked& asked);
std::optional<Event> ask_photo(const Asked& asked);

}  // namespace foyer
