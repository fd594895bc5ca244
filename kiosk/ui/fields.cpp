#include <utility>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

namespace foyer {

namespace {

bool only_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A name begins with a capital, also its second part.
bool starts_a_name(std::string_view before_caret) {
    return before_caret.empty() || before_caret.back() == ' ' ||
           before_caret.back() == '-' || before_caret.back() == '\'';
}

}  // namespace

std::optional<std::string> Ui::field(const char* key, const std::string& value,
                                     const Field& how) {
    fields_.emplace_back(key);
    auto [found, fresh] = editing_.try_emplace(key);
    auto& editing = found->second;
    if (fresh) editing.edit = TextEdit(how.max);
    editing.kind = how.kind;
    editing.max = how.max;
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
    if (focus_.empty()) focus(key);

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
    const auto label = tr(key);
    const bool cramped = typing_width(scene_.display) / scene_.display.scale() <
                         460 * text_scale(scene_.comfort.text);
    const bool narrow = cramped || margin_units(scene_.display) < 64;
    const float pad = !how.small_label ? 40 : narrow ? 22 : 32;
    if (!how.small_label) {
        const auto id = add_words({}, label, Face::text, 600, 30, Color::ink);
        tree_[id].label.clear();
        tree_[id].keeps_next = true;
    }
    Node box;
    box.key = key;
    box.role = Role::text_field;
    box.label = label;
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
    if (how.hidden) {
        const auto dots = graphemes(editing.edit.text());
        line.words.clear();
        for (std::size_t i = 0; i < dots; ++i) line.words += "\u2022";
        line.caret = line.anchor = line.words.size();
    }
    add(std::move(line));
    return changed;
}

void Ui::problem(const char* key) {
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
    add_words(std::move(said), tr(key), Face::text, 500, 30, Color::clay_deep);
}

bool Ui::submitted() {
    return std::exchange(submitted_, false);
}

void Ui::focus(const std::string& key) {
    if (focus_ == key) return;
    focus_ = key;
    accents_ = false;
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
}

void Ui::begin_names_with_capitals() {
    const auto* editing = focused_edit();
    if (editing == nullptr || editing->kind != FieldKind::name) return;
    const std::string_view text = editing->edit.text();
    upper_ = starts_a_name(text.substr(0, editing->edit.caret()));
}

bool Ui::typed(std::string_view utf8) {
    auto* editing = focused_edit();
    if (editing == nullptr) return false;
    if (editing->kind == FieldKind::digits) {
        // One at a time, so that a full part hands over to the next.
        for (const char c : utf8) {
            auto* part = focused_edit();
            if (part == nullptr || !only_digits(std::string_view(&c, 1))) continue;
            part->edit.insert(std::string_view(&c, 1));
            after_typing();
        }
        return true;
    }
    editing->edit.insert(utf8);
    after_typing();
    return true;
}

bool Ui::composed(std::string_view utf8) {
    auto* editing = focused_edit();
    if (editing == nullptr || editing->kind == FieldKind::digits) return false;
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
