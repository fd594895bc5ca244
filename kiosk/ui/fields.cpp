#include <utility>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

namespace foyer {

namespace {

constexpr float key_gap = 12;
constexpr float keyboard_pad = 24;

bool only_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A name begins with a capital, also its second part.
bool starts_a_name(std::string_view before_caret) {
    return before_caret.empty() || before_caret.back() == ' ' ||
           before_caret.back() == '-' || before_caret.back() == '\'';
}

const char* icon_of(KeyAction action) {
    switch (action) {
        case KeyAction::shift:
            return icon::text_size;
        case KeyAction::erase:
            return icon::backspace;
        case KeyAction::insert:
        case KeyAction::accents:
        case KeyAction::space:
        case KeyAction::next:
            return nullptr;
    }
    return nullptr;
}

const char* spoken_name(KeyAction action) {
    switch (action) {
        case KeyAction::shift:
            return "keyboard.shift";
        case KeyAction::erase:
            return "keyboard.erase";
        case KeyAction::accents:
            return "keyboard.accents";
        case KeyAction::space:
            return "keyboard.space";
        case KeyAction::next:
            return "keyboard.next";
        case KeyAction::insert:
            return nullptr;
    }
    return nullptr;
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
        part.min_w = 150;
    }
    const Inside inside(*this, add(std::move(part)));
    const auto label = tr(key);
    if (!how.small_label) {
        const auto id = add_words({}, label, Face::text, 600, 30, Color::ink);
        tree_[id].label.clear();
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
    box.pad = Insets::sides(how.small_label ? 32 : 40, how.small_label ? 14 : 24);
    box.radius = 24;
    box.along = Place::center;
    box.fill = Color::card;
    box.border = focused ? Color::pine : stark ? Color::ink : Color::outline;
    box.border_w = focused ? (stark ? 10.0F : 4.0F) : (stark ? 4.0F : 2.0F);
    box.border_means = true;
    const Inside framed(*this, add(std::move(box)));
    if (how.small_label) {
        const auto id = add_words({}, label, Face::text, 400, 28, Color::mute);
        tree_[id].label.clear();
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
    add_words({}, icon::information, Face::icon, 400, 36, Color::clay);
    Node said;
    said.key = key;
    said.role = Role::status;
    said.live = true;
    said.grow = 1;
    add_words(std::move(said), tr(key), Face::text, 500, 30, Color::clay);
}

bool Ui::submitted() {
    return std::exchange(submitted_, false);
}

float Ui::keyboard_unit(const std::vector<KeyRow>& rows) const {
    const float width =
        keyboard_width(scene_.display) / scene_.display.scale() - 2 * keyboard_pad;
    float most = 0;
    for (const auto& row : rows) {
        float units = 0;
        for (const auto& key : row) units += key.width;
        // The gaps inside a wide key count as part of it.
        most = std::max(most, units);
    }
    // Never wider than a hand is comfortable with on a large landscape screen. A pixel
    // less, because every key is rounded to whole pixels.
    return std::min((width - (most - 1) * key_gap) / most - 1 / scene_.display.scale(),
                    130.0F);
}

void Ui::build_keyboard() {
    auto* editing = focused_edit();
    if (editing == nullptr) {
        keyboard_.clear();
        return;
    }
    const auto page = accents_
                          ? (upper_ ? KeyPage::accents_upper : KeyPage::accents_lower)
                          : (upper_ ? KeyPage::upper : KeyPage::lower);
    keyboard_ = editing->kind == FieldKind::digits ? number_pad(language())
                                                   : name_keyboard(language(), page);
    const bool digits = editing->kind == FieldKind::digits;
    const float unit = digits ? 200.0F : keyboard_unit(keyboard_);
    const float scaled = text_scale(scene_.comfort.text);

    const auto region_inside = region(Region::keyboard);
    for (const auto& keys : keyboard_) {
        Node row;
        row.flow = Flow::row;
        row.gap = key_gap;
        row.along = Place::center;
        const Inside inside(*this, add(std::move(row)));
        for (const auto& key : keys) {
            const char* glyph = icon_of(key.action);
            const char* spoken = spoken_name(key.action);
            auto node = control(key.name, spoken ? tr(spoken) : key.label, Role::key);
            const bool special = key.action == KeyAction::shift ||
                                 key.action == KeyAction::erase ||
                                 key.action == KeyAction::accents;
            const bool stark = scene_.comfort.high_contrast;
            node.width = unit * key.width + key_gap * (key.width - 1);
            node.min_h = 104;
            node.tight_h = 62;  // 15 mm
            node.radius = 18;
            node.across = Place::center;
            node.along = Place::center;
            node.fill = key.action == KeyAction::next ? Color::pine
                        : special                     ? Color::tray_key
                                                      : Color::card;
            node.border = stark ? Color::ink : Color::card_border;
            node.border_w = stark ? 3.0F : 2.0F;
            if (key.action == KeyAction::shift) node.checked = upper_;
            const Color ink =
                key.action == KeyAction::next ? Color::on_pine : Color::ink;
            const Inside cap(*this, add(std::move(node)));
            Node face;
            face.fixed_size = true;
            // A key's letter grows with the text, as far as its key allows.
            const bool word = key.label.size() > 3;
            const float size =
                word ? 32 * std::min(scaled, 1.32F) : 40 * std::min(scaled, 1.25F);
            if (glyph)
                add_words(std::move(face), glyph, Face::icon, 400, 44, ink);
            else {
                const auto id = add_words(std::move(face), key.label, Face::text,
                                          key.action == KeyAction::next ? 600 : 500,
                                          size, ink, Align::center);
                tree_[id].label.clear();
            }
        }
    }
}

void Ui::focus(const std::string& key) {
    if (focus_ == key) return;
    focus_ = key;
    accents_ = false;
    if (const auto* editing = focused_edit())
        upper_ = starts_a_name(editing->edit.text());
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
    upper_ = starts_a_name(std::string_view(text).substr(0, editing->edit.caret()));
    accents_ = false;
}

void Ui::press_key(const KeyCap& key) {
    auto* editing = focused_edit();
    if (editing == nullptr) return;
    switch (key.action) {
        case KeyAction::insert:
        case KeyAction::space:
            editing->edit.insert(key.text);
            after_typing();
            return;
        case KeyAction::erase:
            if (editing->edit.text().empty()) {
                // Erasing an empty part of a date goes back to the one before.
                const auto here = std::ranges::find(fields_shown_, focus_);
                if (here != fields_shown_.begin() && here != fields_shown_.end())
                    focus(*(here - 1));
                return;
            }
            editing->edit.erase_back();
            if (editing->kind == FieldKind::name) {
                const auto& text = editing->edit.text();
                upper_ = starts_a_name(
                    std::string_view(text).substr(0, editing->edit.caret()));
            }
            restless_ = true;
            return;
        case KeyAction::shift:
            upper_ = !upper_;
            return;
        case KeyAction::accents:
            accents_ = !accents_;
            return;
        case KeyAction::next:
            focus_next();
            return;
    }
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
