#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// What a key of the on-screen keyboard does.
enum class KeyAction { insert, shift, accents, space, erase, next };

/// One key. `width` in units of a letter key.
struct KeyCap {
    std::string name;   ///< stable: "key.a", "key.shift", ...
    std::string label;  ///< what it shows; empty for those with an icon
    std::string text;   ///< what it types
    KeyAction action = KeyAction::insert;
    float width = 1.0F;
};

enum class KeyPage { lower, upper, accents_lower, accents_upper };

/// The rows of the on-screen keyboard for names, as design picture 02: ten letter keys
/// wide, with an accents page holding what Spanish, French, Portuguese, German, Polish and
/// Vietnamese names need most.
std::vector<std::vector<KeyCap>> name_keyboard(std::string_view language, KeyPage page);

/// 1 2 3 / 4 5 6 / 7 8 9 / erase 0 next.
std::vector<std::vector<KeyCap>> number_pad();

}  // namespace foyer
