#include <utility>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

namespace foyer {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A sentence begins with a capital.
bool starts_a_sentence(std::string_view before_caret) {
    while (before_caret.ends_with(' ')) before_caret.remove_suffix(1);
    return before_caret.empty() || before_caret.ends_with('.') ||
           before_caret.ends_with('?') || before_caret.ends_with('!');
}

/// A name begins with a capital, also its second part.
bool starts_a_name(std::string_view before_caret) {
    return before_caret.empty() || before_caret.back() == ' ' ||
           before_caret.back() == '-' || before_caret.back() == '\'';
}

}  // namespace

std::optional<std::string> Ui::field(const char* key, const std::string& value,
                                     const Field& how) {
    const auto label = tr(key);
    return field_said(key, label, label, value, how);
}

std::optional<std::string> Ui::field_said(const std::string& key,
                                          const std::string& label,
                                          const std::string& spoken,
                                          const std::string& value, const Field& how) {
    fields_.emplace_back(key);
    auto [found, fresh] = editing_.try_emplace(key);
    auto& editing = found->second;
    if (fresh) editing.edit = TextEdit(how.max);
    editing.kind = how.kind;
    editing.max = how.max;
    editing.decimal = how.decimal;
    editing.negative = how.negative;
    if (fresh || editing.known != value) {
        // Typed since the last frame, or given by the screen: typing wins.
        const bool typed = !fresh && editing.edit.text() != editing.known;
        if (!typed) editing.edit.set_text(value);
        editing.known = value;
    }
    std::optional<std::string> changed;
    if (editing.edit.text() != value) {
        changed = editing.edit.text();
        editing.known = *changed;
    }
    if (focus_.empty() && !typing_waits_) focus(key);

    const bool focused = focus_ == key;
    const bool stark = scene_.comfort.high_contrast;
    const bool row = tree_[open_.back()].flow == Flow::row;
    Node part;
    part.before = row ? 0.0F : 28.0F;
    part.gap = 12;
    if (row) {
        part.grow = how.share > 0 ? how.share : 1;
    }
    const Inside inside(*this, add(std::move(part)));
    const bool cramped = typing_width(scene_.display) / scene_.display.scale() <
                         460 * text_scale(scene_.comfort.text);
    const bool narrow = cramped || margin_units(scene_.display) < 64;
    const float pad = !how.small_label ? 40 : narrow ? 22 : 32;
    if (!how.small_label && !label.empty()) {
        const auto id = add_words({}, label, Face::text, 600, 30, Color::ink);
        tree_[id].label.clear();
        tree_[id].keeps_next = true;
    }
    Node box;
    box.key = key;
    box.role = Role::text_field;
    box.label = spoken;
    box.is_private = how.is_private;
    box.actions.edit = true;
    box.focused = focused;
    box.value = editing.edit.text();
    box.min_h = 118;
    box.tight_h = 84;
    box.min_w = 100;
    box.pad = Insets::sides(pad, how.small_label ? 14 : 24);
    box.radius = 24;
    box.along = Place::center;
    box.fill = Color::card;
    box.border = focused ? Color::pine : stark ? Color::ink : Color::outline;
    box.border_w = focused ? (stark ? 10.0F : 4.0F) : (stark ? 4.0F : 2.0F);
    box.border_means = true;
    if (!how.unit.empty()) {
        box.flow = Flow::row;
        box.gap = 20;
        box.across = Place::center;
        box.along = Place::start;
    }
    const Inside framed(*this, add(std::move(box)));
    if (how.small_label) {
        const auto& shown = cramped && how.abbreviation ? tr(how.abbreviation) : label;
        const auto id = add_words({}, shown, Face::text, 400, 28, Color::mute);
        tree_[id].label.clear();
        tree_[inside.id()].min_w = longest_word(shown, tree_[id].style) + 2 * pad;
    }
    Node line;
    line.content = Content::field;
    line.style = {Face::text, 500, how.small_label ? 40.0F : 44.0F, 1.25F,
                  Align::start};
    line.ink = Color::ink;
    line.focused = focused;
    line.is_private = how.is_private;
    line.words = editing.edit.text();
    line.caret = editing.edit.caret();
    line.anchor = editing.edit.anchor();
    line.composing = editing.edit.composing();
    line.lines = how.lines;
    if (!how.unit.empty()) line.grow = 1;
    if (how.hidden) {
        const auto dots = graphemes(editing.edit.text());
        line.words.clear();
        for (std::size_t i = 0; i < dots; ++i) line.words += "\u2022";
        line.caret = line.anchor = line.words.size();
    }
    add(std::move(line));
    if (!how.unit.empty()) {
        const auto id = add_words({}, how.unit, Face::text, 400, 34, Color::mute);
        tree_[id].label.clear();
    }
    return changed;
}

void Ui::problem(const char* key) {
    problem_said(key, tr(key));
}

void Ui::problem_said(const std::string& key, const std::string& words_of_it) {
    Node row;
    row.flow = Flow::row;
    row.gap = 16;
    row.before = 16;
    row.across = Place::center;
    const Inside inside(*this, add(std::move(row)));
    add_words({}, icon::information, Face::icon, 400, 36, Color::clay_deep);
    Node said;
    said.key = key;
    said.role = Role::status;
    said.live = true;
    said.grow = 1;
    add_words(std::move(said), words_of_it, Face::text, 500, 30, Color::clay_deep);
}

bool Ui::submitted() {
    return std::exchange(submitted_, false);
}

void Ui::focus(const std::string& key) {
    if (focus_ == key) return;
    left_ = std::exchange(focus_, key);
    accents_ = symbols_ = false;
    begin_names_with_capitals();
    restless_ = true;
}

void Ui::focus_next() {
    const auto& fields = fields_.empty() ? fields_shown_ : fields_;
    const auto here = std::ranges::find(fields, focus_);
    if (here == fields.end() || here + 1 == fields.end()) {
        submitted_ = true;
        return;
    }
    const auto next = *(here + 1);
    focus(next);
    // The page of the next field is turned to.
    for (const auto& node : shown_.nodes)
        if (node.key == next && node.page >= 0) page_ = node.page;
}

Ui::Editing* Ui::focused_edit() {
    const auto found = editing_.find(focus_);
    return found == editing_.end() ? nullptr : &found->second;
}

void Ui::after_typing() {
    auto* editing = focused_edit();
    if (editing == nullptr) return;
    restless_ = true;
    const auto& text = editing->edit.text();
    if (editing->kind == FieldKind::digits) {
        // A full part of a date moves on by itself, but never off the last one.
        if (editing->edit.caret() == text.size() && text.size() == editing->max &&
            !fields_shown_.empty() && fields_shown_.back() != focus_)
            focus_next();
        return;
    }
    begin_names_with_capitals();
    accents_ = false;
    // A sign at the end of a word leads back to the letters.
    if (symbols_ && text.ends_with(' ')) symbols_ = false;
}

void Ui::begin_names_with_capitals() {
    const auto* editing = focused_edit();
    if (editing == nullptr) return;
    const auto before =
        std::string_view(editing->edit.text()).substr(0, editing->edit.caret());
    if (editing->kind == FieldKind::name) upper_ = starts_a_name(before);
    if (editing->kind == FieldKind::text) upper_ = starts_a_sentence(before);
}

bool Ui::typed(std::string_view utf8) {
    auto* editing = focused_edit();
    if (editing == nullptr) return false;
    if (editing->kind == FieldKind::digits) {
        // One at a time, so that a full part hands over to the next.
        for (const char c : utf8) {
            auto* part = focused_edit();
            if (part == nullptr || !is_digit(c)) continue;
            part->edit.insert(std::string_view(&c, 1));
            after_typing();
        }
        return true;
    }
    if (editing->kind == FieldKind::number) {
        std::string kept;
        for (const char c : utf8)
            if (is_digit(c) || (editing->decimal && (c == '.' || c == ',')) ||
                (editing->negative && c == '-'))
                kept += c;
        editing->edit.insert(kept);
    } else {
        editing->edit.insert(utf8);
    }
    after_typing();
    return true;
}

bool Ui::composed(std::string_view utf8) {
    auto* editing = focused_edit();
    if (editing == nullptr || editing->kind == FieldKind::digits ||
        editing->kind == FieldKind::number)
        return false;
    editing->edit.compose(utf8);
    return true;
}

bool Ui::stroke(Stroke key, bool shift) {
    auto* editing = focused_edit();
    if (editing == nullptr) return false;
    auto& edit = editing->edit;
    switch (key) {
        case Stroke::back:
            edit.erase_back();
            break;
        case Stroke::del:
            edit.erase_forward();
            break;
        case Stroke::left:
            edit.left(shift);
            break;
        case Stroke::right:
            edit.right(shift);
            break;
        case Stroke::home:
            edit.home(shift);
            break;
        case Stroke::end:
            edit.end(shift);
            break;
        case Stroke::all:
            edit.select_all();
            break;
        case Stroke::undo:
            edit.undo();
            break;
        case Stroke::redo:
            edit.redo();
            break;
        case Stroke::copy:
            clipboard_ = edit.selected();
            return false;
        case Stroke::cut:
            clipboard_ = edit.selected();
            if (!clipboard_.empty()) edit.erase_back();
            break;
        case Stroke::paste:
            return typed(std::string(clipboard_));
        case Stroke::tab:
        case Stroke::enter:
            focus_next();
            break;
    }
    return true;
}

}  // namespace foyer
