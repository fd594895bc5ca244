#pragma once

#include <string>
#include <vector>

#include "kiosk/forms/view.h"

namespace foyer {

/// One screenful of a form: usually one question with the displays that lead into it.
/// Made by walk.h from the session's item states.
struct FormPage {
    std::string title;       ///< of the form
    std::string section;     ///< of the group the page lies in, may be empty
    std::string lead;        ///< the text that leads into the question, may be empty
    int number = 1, of = 1;  ///< page of the form, from 1, of those enabled now
    /// The same within the section ("Question 2 of 9"); `section_of` is 0 for a page
    /// that asks nothing.
    int section_number = 1, section_of = 1;
    int minutes_left = 1;            ///< about, for the rest of the form
    int form_number = 1, forms = 1;  ///< which of today's forms
    bool whole = false;              ///< many questions on one page
    bool can_be_whole = false;       ///< the patient may ask for the whole page
    int utc_offset = 0;              ///< minutes: of the times that are typed
    std::vector<ItemState> items;    ///< in order; parents within the page by index
    /// What is wrong with a group of which this is the first page.
    std::vector<FormIssue> issues;
    /// "guardian" or "teen" where the form is split between them (domain.md W8).
    std::string part;
};

/// All answers of one item instance, each as FormSession::set takes it. None: cleared.
struct FormAnswer {
    ItemPath path;
    std::vector<std::string> values;
    bool operator==(const FormAnswer&) const = default;
};

/// Text being typed that is not an answer yet: lost at worst.
struct FormTyping {
    /// What of an answer is typed. A date and a time have parts of their own; `unit` is
    /// the chosen unit of a quantity without a number yet (its valueCoding as JSON);
    /// `other` the text of "something else"; `filter` finds an option and is no answer.
    enum class Part : std::uint8_t {
        value,
        month,
        day,
        year,
        hour,
        minute,
        half,
        unit,
        other,
        filter,
    };
    ItemPath path;
    int answer = 0;  ///< which answer of a question that repeats
    Part part = Part::value;
    std::string text;
    bool operator==(const FormTyping&) const = default;
};

/// A line of the review page.
struct FormReviewLine {
    std::string text;    ///< the question, short
    std::string answer;  ///< as people read it; empty: not answered
    bool declined = false;
    bool problem = false;  ///< must be looked at before finishing
    int page = 0;          ///< where to change it, from 0
};

/// Shows an answer on the page before the session has taken it: marks the chosen
/// options and says numbers and texts, so that a tap is seen in the next frame. The
/// page that the session answers with is the truth.
void mark_answer(FormPage& page, const FormAnswer& answer);
/// The same for "I'd rather not answer".
void mark_declined(FormPage& page, const ItemPath& path);

/// What is being typed on a page, as answers: for Continue, Back, and whatever else
/// leaves the page.
struct TypedAnswers {
    std::vector<FormAnswer> answers;  ///< one an item, in the page's order
    /// Something typed is no answer (a date without a year, "12-"): the page is not
    /// left, and show_issues has the screen say so at the item. Nothing of it is lost.
    bool unreadable = false;
};
TypedAnswers typed_answers(const FormPage& page, const std::vector<FormTyping>& typing);

/// Puts a piece of typing in the place of an older one of the same item, answer and
/// part.
void keep_typing(std::vector<FormTyping>& typing, FormTyping piece);
/// Forgets what was typed at an item: its answer is given.
void drop_typing(std::vector<FormTyping>& typing, const ItemPath& path);

}  // namespace foyer
