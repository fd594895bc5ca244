#include <algorithm>

#include "kiosk/forms/typing.h"
#include "kiosk/forms/walk.h"
#include "kiosk/screens/form_item.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

// A page of a form: what is asked, the ways back and on, and out.

namespace foyer {

namespace {

bool is_error(const FormIssue& issue) {
    return issue.severity == FormIssue::Severity::error;
}

/// What is missing is said once the patient wants to go on; what is wrong, at once.
bool is_said(const FormIssue& issue, bool show_all) {
    return show_all || (issue.code != "required" && is_error(issue));
}

const char* not_an_answer(const ItemState& item) {
    switch (item.type) {
        case ItemType::date:
        case ItemType::date_time:
            return "form.bad_date";
        case ItemType::time:
            return "form.bad_time";
        case ItemType::integer:
            return "form.bad_whole_number";
        case ItemType::quantity:
            return item.units.size() > 1 ? "form.bad_quantity" : "form.bad_number";
        default:
            return "form.bad_number";
    }
}

/// What is wrong with what stands at an item, or with what is typed there.
void say_problems(const Asked& asked) {
    const auto& item = asked.item;
    const auto& screen = asked.screen;
    const bool typing = is_typing(screen.typing, item.path);
    // While a patient types, the answer before is not the matter.
    const bool here = asked.ui.focused().starts_with(asked.key);
    if (typing) {
        if ((screen.show_issues || !here) &&
            typed_answer(item, screen.typing, screen.page.utc_offset).unreadable)
            asked.ui.problem(not_an_answer(item));
        return;
    }
    if (item.declined) return;
    int number = 0;
    for (const auto& issue : item.issues)
        if (is_said(issue, screen.show_issues))
            asked.ui.problem_said(asked.key + ".issue." + std::to_string(++number),
                                  issue.message);
}

std::optional<Event> ask_control(const Asked& asked) {
    const auto& item = asked.item;
    if (!item.options.empty()) return ask_options(asked);
    switch (item.type) {
        case ItemType::boolean:
            return ask_yes_no(asked);
        case ItemType::integer:
        case ItemType::decimal:
        case ItemType::quantity:
            return item.control == ItemControl::slider ? ask_slider(asked)
                                                       : ask_number(asked);
        case ItemType::date:
        case ItemType::date_time:
        case ItemType::time:
            return ask_moment(asked);
        case ItemType::attachment:
            return ask_photo(asked);
        default:
            return ask_text(asked);
    }
}

/// "I'd rather not answer" is quiet; once it is the answer it is plain to see, and
/// taken back with a tap.
std::optional<Event> take_back_declining(const Asked& asked) {
    if (!asked.item.declined) return std::nullopt;
    asked.ui.private_next();
    if (asked.ui.choice(asked.key + ".decline", asked.ui.tr("form.decline"), true))
        return AnswerGiven{asked.item.path, {}};
    return std::nullopt;
}

void say_unasked(const ItemState& item, Ui& ui) {
    if (item.type == ItemType::display) {
        ui.paragraph(words_of(item));
        return;
    }
    // A value that is there to be read.
    if (!item.text.empty()) ui.paragraph(item.text, Color::mute);
    for (const auto& answer : item.answers) {
        ui.private_next();
        ui.words(answer.text, Align::start, 600, 34);
    }
}

std::string question_of(const ItemState& item) {
    const auto& words = words_of(item);
    return item.prefix.empty() ? words : item.prefix + " " + words;
}

/// One more of a repeating group, or one less.
std::optional<Event> ask_for_instances(const ItemState& group, Ui& ui) {
    if (!group.can_add && !group.can_remove) return std::nullopt;
    const auto key = item_key(group.path);
    const auto row = ui.links();
    if (group.can_add && ui.link(key + ".another", ui.tr("form.another"), icon::plus))
        return InstanceAdded{group.path};
    if (group.can_remove &&
        ui.link(key + ".remove", ui.tr("form.remove"), icon::remove))
        return InstanceRemoved{group.path};
    return std::nullopt;
}

/// Displays inside a question stand between it and its answers.
void say_inside(const FormPage& page, const ItemState& item, Ui& ui) {
    const auto place = int(&item - page.items.data());
    for (const auto& inner : page.items)
        if (inner.parent == place && inner.type == ItemType::display)
            ui.paragraph(words_of(inner), Color::mute);
    if (!item.help.empty()) ui.paragraph(item.help, Color::mute);
}

bool is_inside_a_question(const FormPage& page, const ItemState& item) {
    return item.type == ItemType::display && item.parent >= 0 &&
           is_asked(page.items[std::size_t(item.parent)]);
}

/// The only question of its page: large, its answers beneath.
std::optional<Event> ask_alone(const FormQuestions& screen, const ItemState& item,
                               Ui& ui) {
    const Asked asked{item, screen, ui, item_key(item.path), true};
    ui.question(screen.page.lead, question_of(item));
    say_inside(screen.page, item, ui);
    if (item.repeats && !item.options.empty()) ui.small_within("form.choose_any");
    if (auto event = ask_control(asked)) return event;
    say_problems(asked);
    return take_back_declining(asked);
}

/// One of several questions of a page: what belongs to it stays with it.
std::optional<Event> ask_among(const FormQuestions& screen, const ItemState& item,
                               Ui& ui) {
    const Asked asked{item, screen, ui, item_key(item.path), false};
    const auto block = ui.part();
    {
        const auto row = ui.question_row();
        ui.question_among(question_of(item));
        if (item.can_decline && !item.declined &&
            ui.link(asked.key + ".decline", ui.tr("form.skip"), nullptr,
                    ui.tr("form.decline")))
            return AnswerDeclined{item.path};
    }
    say_inside(screen.page, item, ui);
    if (auto event = ask_control(asked)) return event;
    say_problems(asked);
    return take_back_declining(asked);
}

/// The quiet ways out: of the question, of the form, of one question a page.
std::optional<Event> ask_ways_out(const FormQuestions& screen, const ItemState* alone,
                                  Ui& ui) {
    const auto row = ui.links();
    if (alone != nullptr && alone->can_decline && !alone->declined &&
        ui.link(item_key(alone->path) + ".decline", ui.tr("form.decline")))
        return AnswerDeclined{alone->path};
    if (screen.page.can_be_whole && screen.page.section_number == 1) {
        ui.spare_next();
        if (ui.link("form.whole",
                    ui.tr(screen.page.whole ? "form.one_by_one" : "form.whole"),
                    icon::list))
            return WholePageToggled{};
    }
    if (ui.link("form.leave", ui.tr("form.leave"))) return FormLeaveTapped{};
    return std::nullopt;
}

void say_where(const FormPage& page, Ui& ui) {
    const auto left =
        ui.tr("form.minutes_left", {{"minutes", std::to_string(page.minutes_left)}});
    // A section of one question says nothing of how far one is.
    const bool by_section = page.section_of > 1;
    const int number = by_section ? page.section_number : page.number;
    const int of = by_section ? page.section_of : page.of;
    const auto place = page.section_of == 0
                           ? std::string{}
                           : ui.tr("form.question_of", {{"n", std::to_string(number)},
                                                        {"of", std::to_string(of)}});
    ui.progress(page.section.empty() ? page.title : page.section, place, left,
                float(page.number - 1) / float(std::max(1, page.of)));
}

/// A patient who goes on to another field has answered the one before.
std::optional<Event> give_what_was_left(const FormQuestions& screen, Ui& ui) {
    const auto left = ui.left_field();
    if (left.empty()) return std::nullopt;
    for (const auto& item : screen.page.items) {
        const auto key = item_key(item.path);
        const auto belongs = [&](const std::string& field) {
            return field == key || field.starts_with(key + ".");
        };
        if (!belongs(left) || belongs(ui.focused()) ||
            !is_typing(screen.typing, item.path))
            continue;
        auto typed = typed_answer(item, screen.typing, screen.page.utc_offset);
        if (!typed.unreadable) return AnswerGiven{item.path, std::move(typed.values)};
    }
    return std::nullopt;
}

}  // namespace

std::string item_key(const ItemPath& path) {
    std::string key = "form";
    for (const auto& step : path) {
        key += "/" + step.link_id;
        if (step.nth > 1) key += "#" + std::to_string(step.nth);
        if (step.index > 0) key += ":" + std::to_string(step.index);
    }
    return key;
}

std::string name_of(const ItemState& item, const Ui& ui) {
    for (const auto* words : {&item.text, &item.short_text, &item.placeholder})
        if (!words->empty()) return *words;
    return ui.tr("form.your_answer");
}

std::optional<Event> show(const FormQuestions& screen, Ui& ui) {
    const auto& page = screen.page;
    ui.chapter(item_key(place_of(page)) + (page.whole ? " whole" : ""));
    check_in_steps(ui, screen.after, 3);
    say_where(page, ui);

    const auto asked = std::ranges::count_if(page.items, is_asked);
    const auto first = std::ranges::find_if(page.items, is_asked);
    const bool types_at_once = asked == 1 && is_typed(*first);
    if (!types_at_once) ui.typing_waits();
    if (asked == 0) ui.one_column();
    if (auto event = give_what_was_left(screen, ui)) return event;

    for (const auto& issue : page.issues)
        if (is_said(issue, screen.show_issues))
            ui.problem_said("form.issue." + issue.code, issue.message);
    if (asked != 1 && !page.lead.empty()) ui.paragraph(page.lead, Color::mute);
    for (const auto& item : page.items) {
        std::optional<Event> event;
        if (item.type == ItemType::group) {
            if (page.whole && !item.text.empty() && item.text != page.section)
                ui.question({}, words_of(item));
        } else if (!is_asked(item)) {
            if (!is_inside_a_question(page, item)) say_unasked(item, ui);
        } else if (asked == 1) {
            event = ask_alone(screen, item, ui);
        } else {
            event = ask_among(screen, item, ui);
        }
        if (event) return event;
    }
    for (const auto& item : page.items)
        if (item.type == ItemType::group)
            if (auto event = ask_for_instances(item, ui)) return event;
    if (auto event = ask_ways_out(screen, asked == 1 ? &*first : nullptr, ui))
        return event;

    if (ui.submitted()) {
        if (types_at_once) return FormNextTapped{};
        ui.unfocus();
    }
    if (ui.back()) return BackTapped{};
    if (ui.primary("form.continue", icon::forward)) return FormNextTapped{};
    return std::nullopt;
}

}  // namespace foyer
