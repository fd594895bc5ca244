#include "kiosk/forms/page.h"

#include <algorithm>

#include "kiosk/forms/element.h"
#include "kiosk/forms/typing.h"

namespace foyer {

namespace {

ItemState* item_at(FormPage& page, const ItemPath& path) {
    const auto found = std::ranges::find(page.items, path, &ItemState::path);
    return found == page.items.end() ? nullptr : &*found;
}

/// An answer as people read it, without the session's knowledge of the language.
std::string read_aloud(const ItemState& item, const std::string& json) {
    Elements elements;
    const auto read = read_json(json, elements);
    // A bare number takes the default unit.
    if (!read) return item.unit.empty() ? json : json + " " + item.unit;
    if ((*read)->fields.empty()) return {};
    const auto* value = (*read)->fields.front().values.front();
    if (value->has_value()) return std::string(value->text);
    if (const auto* number = value->one("value")) {
        std::string text(number->text);
        if (const auto unit = value->text_of("unit"); !unit.empty())
            text.append(" ").append(unit);
        return text;
    }
    return std::string(value->text_of("display"));
}

}  // namespace

void mark_answer(FormPage& page, const FormAnswer& answer) {
    auto* item = item_at(page, answer.path);
    if (item == nullptr) return;
    item->declined = false;
    for (auto& option : item->options)
        option.chosen =
            std::ranges::find(answer.values, option.json) != answer.values.end();
    item->answers.clear();
    for (const auto& value : answer.values) {
        const auto option = std::ranges::find(item->options, value, &OptionState::json);
        item->answers.push_back({value, option != item->options.end()
                                            ? option->text
                                            : read_aloud(*item, value)});
    }
    // What was wrong was about the answer before.
    item->issues.clear();
}

void mark_declined(FormPage& page, const ItemPath& path) {
    mark_answer(page, {path, {}});
    if (auto* item = item_at(page, path)) item->declined = true;
}

TypedAnswers typed_answers(const FormPage& page,
                           const std::vector<FormTyping>& typing) {
    TypedAnswers all;
    for (const auto& item : page.items) {
        if (!is_typing(typing, item.path)) continue;
        auto typed = typed_answer(item, typing, page.utc_offset);
        if (typed.unreadable)
            all.unreadable = true;
        else
            all.answers.push_back({item.path, std::move(typed.values)});
    }
    return all;
}

void keep_typing(std::vector<FormTyping>& typing, FormTyping piece) {
    const auto same = std::ranges::find_if(typing, [&](const FormTyping& known) {
        return known.path == piece.path && known.answer == piece.answer &&
               known.part == piece.part;
    });
    if (same == typing.end())
        typing.push_back(std::move(piece));
    else
        *same = std::move(piece);
}

void drop_typing(std::vector<FormTyping>& typing, const ItemPath& path) {
    std::erase_if(typing, [&](const FormTyping& piece) { return piece.path == path; });
}

}  // namespace foyer
