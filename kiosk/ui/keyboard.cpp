#include <algorithm>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// The on-screen keyboard: its keys as nodes, and what they do to the field in focus.

namespace foyer {

namespace {

constexpr float key_gap = 12;
constexpr float keyboard_pad = 24;
/// Least distance of a word from the edge of its key.
constexpr float word_pad = 18;

const char* icon_of(KeyAction action) {
    switch (action) {
        case KeyAction::shift:
            return icon::text_size;
        case KeyAction::erase:
            return icon::backspace;
        case KeyAction::insert:
        case KeyAction::accents:
        case KeyAction::symbols:
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
        case KeyAction::symbols:
            return "keyboard.symbols";
        case KeyAction::space:
            return "keyboard.space";
        case KeyAction::next:
            return "keyboard.next";
        case KeyAction::insert:
            return nullptr;
    }
    return nullptr;
}

/// The number pad's keys are wider than letters, as far as the screen allows.
constexpr float widest_digit = 200, widest_letter = 130;

}  // namespace

float Ui::keyboard_unit(const std::vector<KeyRow>& rows, float widest) const {
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
                    widest);
}

/// A key's letter grows with the text, as far as its key allows.
float Ui::label_size(const KeyCap& key) const {
    const float scaled = text_scale(scene_.comfort.text);
    return graphemes(key.label) > 2 ? 32 * std::min(scaled, 1.32F)
                                    : 40 * std::min(scaled, 1.25F);
}

/// Widths of a row's keys. A word too long for its key takes room from the space bar.
std::vector<float> Ui::key_widths(const KeyRow& keys, float unit) {
    std::vector<float> widths;
    for (const auto& key : keys)
        widths.push_back(unit * key.width + key_gap * (key.width - 1));
    const auto space = std::ranges::find(keys, KeyAction::space, &KeyCap::action);
    if (space == keys.end()) return widths;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].action != KeyAction::next) continue;
        const TextStyle style{Face::text, 600, label_size(keys[i])};
        const float needed = longest_word(keys[i].label, style, true) + 2 * word_pad;
        const float more = std::max(0.0F, needed - widths[i]);
        widths[i] += more;
        widths[std::size_t(space - keys.begin())] -= more;
    }
    return widths;
}

void Ui::build_keyboard() {
    auto* editing = focused_edit();
    if (editing == nullptr) {
        keyboard_.clear();
        return;
    }
    const auto& how = *editing;
    const bool digits = how.kind == FieldKind::digits || how.kind == FieldKind::number;
    const auto page = accents_
                          ? (upper_ ? KeyPage::accents_upper : KeyPage::accents_lower)
                          : (upper_ ? KeyPage::upper : KeyPage::lower);
    keyboard_ = how.kind == FieldKind::digits ? number_pad(language())
                : how.kind == FieldKind::number
                    ? number_keyboard(language(), how.decimal, how.negative)
                : how.kind == FieldKind::code ? code_keyboard(language())
                : how.kind == FieldKind::name ? name_keyboard(language(), page)
                : symbols_                    ? symbols_keyboard(language())
                                              : text_keyboard(language(), page);
    const float unit = keyboard_unit(keyboard_, digits ? widest_digit : widest_letter);

    const auto region_inside = region(Region::keyboard);
    for (const auto& keys : keyboard_) {
        const auto widths = key_widths(keys, unit);
        Node row;
        row.flow = Flow::row;
        row.gap = key_gap;
        row.along = Place::center;
        const Inside inside(*this, add(std::move(row)));
        for (const auto& key : keys) {
            const char* glyph = icon_of(key.action);
            const char* spoken = spoken_name(key.action);
            auto node = control(key.name, spoken ? tr(spoken) : key.label, Role::key);
            const bool special =
                key.action == KeyAction::shift || key.action == KeyAction::erase ||
                key.action == KeyAction::accents || key.action == KeyAction::symbols;
            const bool stark = scene_.comfort.high_contrast;
            node.width = widths[std::size_t(&key - keys.data())];
            node.min_h = 104;
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
            if (glyph)
                add_words(std::move(face), glyph, Face::icon, 400, 44, ink);
            else {
                // A space bar too short for its word goes without.
                const bool fits =
                    key.action != KeyAction::space ||
                    longest_word(key.label, {Face::text, 500, label_size(key)}, true) <
                        widths[std::size_t(&key - keys.data())];
                const auto id =
                    add_words(std::move(face), fits ? key.label : "", Face::text,
                              key.action == KeyAction::next ? 600 : 500,
                              label_size(key), ink, Align::center);
                tree_[id].label.clear();
                tree_[id].style.line_height = 1.1F;
            }
        }
    }
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
            begin_names_with_capitals();
            restless_ = true;
            return;
        case KeyAction::shift:
            upper_ = !upper_;
            return;
        case KeyAction::accents:
            accents_ = !accents_;
            symbols_ = false;
            return;
        case KeyAction::symbols:
            symbols_ = !symbols_;
            accents_ = false;
            return;
        case KeyAction::next:
            focus_next();
            return;
    }
}

}  // namespace foyer
