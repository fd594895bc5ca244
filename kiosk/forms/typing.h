#pragma once

#include <string>
#include <vector>

#include "kiosk/forms/page.h"

// What stands in the fields of a page: what is typed, or else what was answered.

namespace foyer {

/// A part of an answer as the patient would type it: the year of a date, the number of
/// a quantity, the text of "something else". Empty if there is none.
std::string answered_part(const ItemState& item, int answer, FormTyping::Part part);

/// What a field shows: the piece being typed, or else answered_part().
std::string shown_part(const ItemState& item, const std::vector<FormTyping>& typing,
                       int answer, FormTyping::Part part);

/// The piece being typed, or null.
const FormTyping* typing_of(const std::vector<FormTyping>& typing, const ItemPath& path,
                            int answer, FormTyping::Part part);
/// Whether anything of an item is being typed, a filter aside.
bool is_typing(const std::vector<FormTyping>& typing, const ItemPath& path);

/// How many fields a question of text or number shows: its answers, and one more while
/// it is typed in; at least one.
int fields_of(const ItemState& item, const std::vector<FormTyping>& typing);

/// What is typed at one item, as its whole answer. `unreadable` if it cannot be one.
/// Without typing: the answers as they stand.
struct TypedAnswer {
    std::vector<std::string> values;
    bool unreadable = false;
};
TypedAnswer typed_answer(const ItemState& item, const std::vector<FormTyping>& typing,
                         int utc_offset);

/// JSON of an answer of this item: {"valueInteger":12}. `text` as typed.
std::string number_answer(const ItemState& item, const std::string& number);
std::string text_answer(const ItemState& item, const std::string& text);
std::string boolean_answer(bool yes);

/// What one tap on an option makes of the answers: another choice of a question with
/// one answer, or one more or less of a question that repeats. An exclusive option
/// takes all others back, and is taken back by them. What was typed as something else
/// stays beside options of a question that repeats.
std::vector<std::string> answers_after(const ItemState& item,
                                       const OptionState& tapped);

/// The answer of "something else" as it stands, empty if there is none.
std::string other_answer(const ItemState& item);

/// Whether the form asks for a date's day, and its month, by its entryFormat.
bool wants_day(const ItemState& item);
bool wants_month(const ItemState& item);

/// A slider's bounds and step as numbers; 0 to 10 by 1 where the form says nothing.
struct SliderScale {
    double least = 0, most = 10, step = 1;
    /// The nearest value on the scale, as a literal without needless digits.
    std::string literal(double value) const;
};
SliderScale scale_of(const ItemState& item);

}  // namespace foyer
