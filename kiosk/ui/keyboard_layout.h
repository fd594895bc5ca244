#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// What a key of the on-screen keyboard does. `shift`, `accents` and `symbols` turn to
/// another page; on its own pages each turns back to the letters.
enum class KeyAction { insert, shift, accents, symbols, space, erase, next };

/// One key. `width` in units of a letter key with its gap; a full row is ten units, a
/// shorter one stands in the middle.
struct KeyCap {
    std::string name;  ///< stable and the same on both cases: "key.a", "key.shift", ...
    std::string label;  ///< what it shows; empty for those with an icon (shift, erase)
    std::string text;   ///< what it types
    KeyAction action = KeyAction::insert;
    float width = 1.0F;
};
using KeyRow = std::vector<KeyCap>;

enum class KeyPage { lower, upper, accents_lower, accents_upper };

/// The four rows of the on-screen keyboard for names, as design picture 02, with an
/// accents page holding what Spanish, French, Portuguese, German, Polish and Vietnamese
/// names need most. (Finding a patient ignores accents, so that nobody must find them.)
/// `language` is that of the words on the keys; the letters stand where they are.
std::vector<KeyRow> name_keyboard(std::string_view language, KeyPage page);

/// The page after a key was pressed. A name starts with a capital, so a capital once
/// typed gives way to small letters, and a space or hyphen asks for the next capital;
/// an accent once typed gives way to the letters.
KeyPage page_after(KeyPage page, const KeyCap& pressed);

/// The same for whole sentences: with comma, full stop, and a page of digits and signs
/// instead of apostrophe and hyphen.
std::vector<KeyRow> text_keyboard(std::string_view language, KeyPage page);
/// The digits and signs of text_keyboard().
std::vector<KeyRow> symbols_keyboard(std::string_view language);

/// Digits and capitals on one page, for a code that was handed out.
std::vector<KeyRow> code_keyboard(std::string_view language);

/// Digits with what a number may need: a decimal point, a minus.
std::vector<KeyRow> number_keyboard(std::string_view language, bool decimal,
                                    bool negative);

/// 1 2 3 / 4 5 6 / 7 8 9 / erase 0 next.
std::vector<KeyRow> number_pad(std::string_view language);

}  // namespace foyer
