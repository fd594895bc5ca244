#include <algorithm>

#include "kiosk/forms/typing.h"
#include "kiosk/screens/form_item.h"
#include "kiosk/ui/icons.h"

// Answers that are chosen: one of several, any of several, yes or no.

namespace foyer {

namespace {

using Part = FormTyping::Part;

/// More options than this are found by typing, or by turning pages.
constexpr std::size_t many_options = 12;
/// So many choices may stand side by side.
constexpr std::size_t most_across = 5;

std::string text_of(const OptionState& option) {
    return option.prefix.empty() ? option.text : option.prefix + " " + option.text;
}

/// ASCII letters as small ones: for finding an option. Others stand for themselves.
std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return text;
}

bool begins_a_word(const std::string& text, const std::string& wanted) {
    for (auto at = text.find(wanted); at != std::string::npos;
         at = text.find(wanted, at + 1))
        if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' ||
            text[at - 1] == '-')
            return true;
    return false;
}

/// The options to show. Of many: those that are chosen first, and, while the list is
/// open, those that match what is typed.
std::vector<const OptionState*> listed(const ItemState& item, bool many, bool open,
                                       const std::string& filter) {
    std::vector<const OptionState*> list;
    for (const auto& option : item.options)
        if (!many || option.chosen) list.push_back(&option);
    if (!many || !open) return list;
    for (const auto& option : item.options)
        if (!option.chosen &&
            (filter.empty() || begins_a_word(lower(option.text), lower(filter))))
            list.push_back(&option);
    return list;
}

/// "Something else": whether it is what the patient answers, typed yet or not.
bool is_other(const Asked& asked) {
    return asked.item.type == ItemType::open_choice &&
           (typing_of(asked.screen.typing, asked.item.path, 0, Part::other) !=
                nullptr ||
            !other_answer(asked.item).empty());
}

/// What is chosen beside "something else".
std::vector<std::string> chosen_options(const ItemState& item) {
    std::vector<std::string> values;
    for (const auto& option : item.options)
        if (option.chosen) values.push_back(option.json);
    return values;
}

std::optional<Event> ask_other(const Asked& asked, bool chosen) {
    const auto& item = asked.item;
    auto& ui = asked.ui;
    const auto label =
        item.open_label.empty() ? ui.tr("form.something_else") : item.open_label;
    const auto key = asked.key + ".other", field = asked.key + ".other_text";
    ui.private_next();
    if (ui.choice(key, label, chosen, nullptr, item.repeats ? Mark::any : Mark::one)) {
        if (chosen) {
            if (!item.repeats) return std::nullopt;
            return AnswerGiven{item.path, chosen_options(item)};
        }
        ui.type_into(field);
        return AnswerTyped{{item.path, 0, Part::other, {}}};
    }
    if (!chosen) return std::nullopt;
    if (const auto text = ui.field_said(
            field, {}, label, shown_part(item, asked.screen.typing, 0, Part::other),
            {.kind = FieldKind::text}))
        return AnswerTyped{{item.path, 0, Part::other, *text}};
    return std::nullopt;
}

std::optional<Event> ask_filter(const Asked& asked, const std::string& filter) {
    if (const auto text = asked.ui.field_said(
            asked.key + ".filter", asked.ui.tr("form.filter"),
            asked.ui.tr("form.filter"), filter, {.kind = FieldKind::name, .max = 40}))
        return AnswerTyped{{asked.item.path, 0, Part::filter, *text}};
    return std::nullopt;
}

/// Side by side where the form wants it so, or where questions stand in a grid.
bool stands_across(const Asked& asked) {
    const auto& item = asked.item;
    if (item.options.size() < 2 || item.options.size() > most_across ||
        item.type == ItemType::open_choice)
        return false;
    const int parent = item.parent;
    const bool grid =
        parent >= 0 &&
        asked.screen.page.items[std::size_t(parent)].control == ItemControl::grid;
    if (!item.across && !grid) return false;
    std::vector<std::string> labels;
    for (const auto& option : item.options) labels.push_back(text_of(option));
    return asked.ui.fits_across(labels);
}

std::optional<Event> ask_across(const Asked& asked) {
    const auto& item = asked.item;
    const auto row = asked.ui.across();
    int number = 0;
    for (const auto& option : item.options) {
        asked.ui.private_next();
        if (asked.ui.cell(asked.key + "." + std::to_string(++number), text_of(option),
                          option.chosen && !item.declined,
                          item.repeats ? Mark::any : Mark::one))
            return AnswerGiven{item.path, answers_after(item, option)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Event> ask_options(const Asked& asked) {
    const auto& item = asked.item;
    auto& ui = asked.ui;
    if (stands_across(asked)) return ask_across(asked);

    const bool many = item.options.size() > many_options;
    const bool other = is_other(asked);
    const auto* filter = typing_of(asked.screen.typing, item.path, 0, Part::filter);
    // A long list closes once something is chosen.
    const bool open = !many || filter != nullptr || item.declined ||
                      std::ranges::none_of(item.options, &OptionState::chosen);
    if (many && open)
        if (auto event = ask_filter(asked, filter ? filter->text : "")) return event;
    const auto in_order = listed(item, many, open, filter ? filter->text : "");
    for (const auto* option : in_order) {
        const bool chosen =
            option->chosen && !item.declined && (item.repeats || !other);
        const auto number = option - item.options.data() + 1;
        ui.private_next();
        if (ui.choice(asked.key + "." + std::to_string(number), text_of(*option),
                      chosen, nullptr, item.repeats ? Mark::any : Mark::one)) {
            // The list closes up again round what was chosen.
            ui.unfocus();
            return AnswerGiven{item.path, answers_after(item, *option)};
        }
    }
    if (in_order.empty()) ui.small("form.none_found");
    if (!open) {
        const auto row = ui.links();
        if (ui.link(asked.key + ".open", ui.tr("form.choose_again"), icon::list))
            return AnswerTyped{{item.path, 0, Part::filter, {}}};
    }
    if (item.type == ItemType::open_choice) return ask_other(asked, other);
    return std::nullopt;
}

std::optional<Event> ask_yes_no(const Asked& asked) {
    const auto& item = asked.item;
    auto& ui = asked.ui;
    const auto answer =
        item.declined ? std::string{} : answered_part(item, 0, Part::value);
    const auto row = ui.beside(230);
    ui.private_next();
    if (ui.choice(asked.key + ".yes", ui.tr("form.yes"), answer == "true", nullptr,
                  Mark::one))
        return AnswerGiven{item.path, {boolean_answer(true)}};
    ui.private_next();
    if (ui.choice(asked.key + ".no", ui.tr("form.no"), answer == "false", nullptr,
                  Mark::one))
        return AnswerGiven{item.path, {boolean_answer(false)}};
    return std::nullopt;
}

}  // namespace foyer
